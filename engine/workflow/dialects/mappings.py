"""What goes into a step and what comes out of it: `in`, `out`, input and output parameters, ioMapping."""

from __future__ import annotations

from typing import Final

from lxml import etree

from engine.workflow.bpmn import tag_of, text_of
from engine.workflow.dialects.juel import is_juel
from engine.workflow.dialects.repairs import Repairs
from engine.workflow.dialects.vocabulary import ours, parts_of_name, vendor_word
from engine.workflow.dialects.words import (
    add_mapping,
    attributes,
    extensions_of,
    feel_of,
    take,
    take_parts,
    vendor_children,
    write,
)
from engine.workflow.expressions import compiled

_INSIDE: Final = frozenset({"callActivity", "subProcess", "transaction"})
_ACTIVITIES: Final = _INSIDE | frozenset(
    {"userTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask", "scriptTask", "manualTask", "task"}
)


def mappings(element: etree._Element, repairs: Repairs) -> None:
    """Translate every mapping of one activity or event."""
    tag = tag_of(element)
    _call_mappings(element, tag, repairs)
    for holder in take_parts(element, "inputOutput"):
        for given in vendor_children(holder, "inputParameter"):
            _parameter(element, "input", given, repairs)
        for given in vendor_children(holder, "outputParameter"):
            _parameter(element, "output", given, repairs)
    for holder in take_parts(element, "ioMapping"):
        for given in vendor_children(holder, "input"):
            _mapped(element, "input", given, given.get("source") or "", given.get("target") or "", repairs)
        for given in vendor_children(holder, "output"):
            _mapped(element, "output", given, given.get("source") or "", given.get("target") or "", repairs)


def _call_mappings(element: etree._Element, tag: str, repairs: Repairs) -> None:
    given = take_parts(element, "in", "out")
    named = [part.get("target") or "" for part in given if _goes_in(part) and part.get("target")]
    everything = any(part.get("variables") == "all" for part in given)
    word, value = take(element, "inheritVariables")
    if word:
        everything = everything or value == "true"
        repairs.translated(element, word, value, "–")
    for part in given:
        word = vendor_word(part.tag)
        kind = "input" if _goes_in(part) else "output"
        if part.get("variables") == "all":
            repairs.translated(element, word, attributes(part), "–")  # what is called shares the dossier's data
        elif part.get("businessKey"):
            repairs.left_out(element, word, attributes(part))
        else:
            source, plain = part.get("source"), part.get("sourceExpression")
            text = source if source is not None else plain or ""
            literal = source is None and not is_juel(text)
            _mapped(element, kind, part, text, part.get("target") or "", repairs, literal=literal)
    if tag == "callActivity" and not everything and not _of_zeebe(element):
        repairs.decide("called_sees_all", element, "camunda:in" if not given else word, ", ".join(named) or "–")


def _goes_in(part: etree._Element) -> bool:
    return parts_of_name(part.tag)[1] == "in"


def _of_zeebe(element: etree._Element) -> bool:
    """Zeebe hands on all variables unless it is told not to."""
    parts = [part for part in element.iter() if vendor_word(part.tag) == "zeebe:calledElement"]
    return any(part.get("propagateAllParentVariables", "true") == "true" for part in parts)


def _parameter(element: etree._Element, kind: str, given: etree._Element, repairs: Repairs) -> None:
    """A parameter of inputOutput: its text, or a list, a map or a script inside it."""
    inside = [part for part in given if vendor_word(part.tag)]
    if inside:
        told = f"{given.get('name')} {' '.join(attributes(part) for part in inside)}"
        repairs.decide("mapping_by_hand", element, vendor_word(given.tag), told)
        return
    text = text_of(given)
    _mapped(element, kind, given, text, given.get("name") or "", repairs, literal=not is_juel(text))


def _mapped(
    element: etree._Element,
    kind: str,
    given: etree._Element,
    text: str,
    target: str,
    repairs: Repairs,
    *,
    literal: bool = False,
) -> None:
    """One value: where it comes from, in FEEL, and the variable that takes it."""
    word, tag = vendor_word(given.tag), tag_of(element)
    told = f"{text} → {target}"
    if literal is False and word.startswith("zeebe:") and not text.strip().startswith("="):
        literal = True  # Zeebe: without the mark it is a text
    source = feel_of(text, element, word, repairs, plain="text" if literal else "feel") if text.strip() else "null"
    if source is None:
        return
    if not target.isidentifier():
        repairs.decide("mapping_by_hand", element, word, told)
    elif tag in _ACTIVITIES:
        _on_activity(element, kind, word, told, target, source, repairs)
    elif kind == "output" and source == target:
        _declare(element, target)
        repairs.translated(element, word, told, f"motcua:outputs={target}")
    elif kind == "input" and tag in ("intermediateThrowEvent", "endEvent"):
        add_mapping(element, "input", target, source)
        repairs.translated(element, word, told, f"motcua:input {target}={source}")
    else:
        repairs.decide("mapping_by_hand", element, word, told)


def _on_activity(
    element: etree._Element, kind: str, word: str, told: str, target: str, source: str, repairs: Repairs
) -> None:
    add_mapping(element, kind, target, source)
    repairs.translated(element, word, told, f"motcua:{kind} {target}={source}")
    tag = tag_of(element)
    if kind != "output":
        if tag in ("userTask", "manualTask", "task", "receiveTask"):
            repairs.decide("input_of_task", element, word, told, target)
        return
    roots = [name for name in sorted(_roots(source)) if name.isidentifier()]
    if tag == "callActivity":
        for name in roots:  # what the called process writes under this name stays inside the call
            add_mapping(element, "input", name, "null")
    elif tag in ("serviceTask", "sendTask", "businessRuleTask", "receiveTask"):
        for name in roots:
            if name not in _written(element):
                _declare(element, name)
                add_mapping(element, "input", name, "null")
                repairs.decide("mapping_of_person", element, word, told, name)


def _roots(source: str) -> frozenset[str]:
    return frozenset(compiled(source, frozenset()).names)


def _written(element: etree._Element) -> set[str]:
    """The names of the inputs: an output may be made of them."""
    return {given.get("name") or "" for given in extensions_of(element).findall(ours("input"))}


def _declare(element: etree._Element, name: str) -> None:
    """Let the element write a variable."""
    known = [word.strip() for word in (element.get(ours("outputs")) or "").split(",") if word.strip()]
    if name not in known:
        element.set(ours("outputs"), ", ".join([*known, name]))
    else:
        write(element, "outputs", name)
