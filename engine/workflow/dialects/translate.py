"""Files of other engines into our own model: everything translated or listed, nothing passed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from engine.workflow.bpmn import children, read_definitions, tag_of
from engine.workflow.dialects import events, people, tasks
from engine.workflow.dialects.lanes import propose_lanes
from engine.workflow.dialects.mappings import mappings
from engine.workflow.dialects.merging import bring_in, called_by
from engine.workflow.dialects.people import Company
from engine.workflow.dialects.repairs import Repairs
from engine.workflow.dialects.repeats import repeats
from engine.workflow.dialects.slots import bare_gateways, slots
from engine.workflow.dialects.vocabulary import (
    moves,
    of_seven,
    parts_of_name,
    runs_elsewhere,
    stands_still,
    vendor_word,
)
from engine.workflow.dialects.words import attributes, remove, take
from engine.workflow.findings import Finding, ModelRefused

_KNOWN: Final = ("https://motcua.vn/", "http://www.omg.org/")
_MAPPED: Final = frozenset(
    [
        "userTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "scriptTask",
        "manualTask",
        "task",
        "callActivity",
        "subProcess",
        "transaction",
        "startEvent",
        "endEvent",
        "intermediateThrowEvent",
        "intermediateCatchEvent",
        "boundaryEvent",
    ]
)


@dataclass
class Translated:
    """One file after the translation. `xml` is None when it could not be read, or stands in those that call it."""

    file: str
    xml: bytes | None = None
    repairs: Repairs = field(default_factory=Repairs)
    forms: dict[str, dict[str, object]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    within: tuple[str, ...] = ()  # the files that call it and now hold it


def translate(files: Mapping[str, bytes], decisions: Mapping[str, tuple[str, ...]] | None = None) -> list[Translated]:
    """Translate diagrams given together, by their names; `decisions` are those of the DMN files beside them.

    A process that only other files call is put into each of those; a circle of files stays as it is.
    """
    done: list[Translated] = []
    trees: dict[str, etree._Element] = {}
    for name, xml in files.items():
        found = Translated(name)
        try:
            trees[name] = read_definitions(xml).definitions
        except ModelRefused as refused:
            found.findings = refused.findings
        done.append(found)
    owners = {
        process.get("id") or "": (name, tree) for name, tree in trees.items() for process in children(tree, "process")
    }
    for found in done:
        if found.file in trees:
            company = Company(frozenset(owners), dict(decisions or {}), found.forms)
            _one(trees[found.file], company, found.repairs)
    _together(done, trees, owners)
    return done


def _together(
    done: list[Translated], trees: dict[str, etree._Element], owners: dict[str, tuple[str, etree._Element]]
) -> None:
    """Put what is called into what calls it."""
    calling = {name: called_by(tree) for name, tree in trees.items()}
    elsewhere = {
        process for name, called in calling.items() for process in called if owners.get(process, (name,))[0] != name
    }
    inner = {
        name
        for name, tree in trees.items()
        if all(process.get("id") in elsewhere for process in children(tree, "process"))
    }
    if inner == set(trees):
        inner = set()
    within: dict[str, list[str]] = {}
    whole = {process: (name, etree.fromstring(etree.tostring(tree))) for process, (name, tree) in owners.items()}
    for found in done:
        if found.file not in trees or found.file in inner:
            continue
        for other in sorted(bring_in(trees[found.file], whole, found.repairs)):
            within.setdefault(other, []).append(found.file)
        found.xml = etree.tostring(trees[found.file], xml_declaration=True, encoding="UTF-8")
    for found in done:
        found.within = tuple(within.get(found.file, ())) if found.file in inner else ()


def _one(definitions: etree._Element, company: Company, repairs: Repairs) -> None:
    events.undeclared(definitions, repairs)
    events.correlations(definitions, repairs)
    events.names(definitions, repairs)
    for process in children(definitions, "process"):
        if runs_elsewhere(process):
            process.set("isExecutable", "true")
            repairs.translated(process, "isExecutable", "–", "true")
        if process.get("isExecutable") == "true" and of_seven(process):
            bare_gateways(process, repairs)
        slots(process, repairs)
        events.listeners(process, repairs)
        for element in list(process.iter()):
            if tag_of(element):
                _element(element, tag_of(element), company, repairs)
        propose_lanes(process, company, repairs)
    _sweep(definitions, repairs)


def _element(element: etree._Element, tag: str, company: Company, repairs: Repairs) -> None:
    """Everything that is known about one element of BPMN."""
    if tag != "process":
        events.listeners(element, repairs)
    events.texts(element, repairs)
    word, value = take(element, "skipExpression")
    if word:
        repairs.decide("moves_tokens", element, word, value)
    for loop in children(element, "multiInstanceLoopCharacteristics"):
        repeats(loop, repairs)
    if tag.endswith("Event"):
        events.signs(element, repairs)
    if tag in _MAPPED:
        mappings(element, repairs)
    if tag in _BY_TAG:
        _BY_TAG[tag](element, company, repairs)


def _machine(element: etree._Element, company: Company, repairs: Repairs) -> None:
    if tag_of(element) == "businessRuleTask" or tasks.asks_a_table(element):
        tasks.decision(element, company, repairs)
    tasks.service(element, repairs)


def _end(element: etree._Element, company: Company, repairs: Repairs) -> None:
    events.ends(element, repairs)
    tasks.service(element, repairs)


_BY_TAG: Final[dict[str, Callable[[etree._Element, Company, Repairs], object]]] = {
    "userTask": people.person,
    "manualTask": people.person,
    "task": people.person,
    "startEvent": people.filing,
    "endEvent": _end,
    "intermediateThrowEvent": lambda element, _, repairs: tasks.service(element, repairs),
    "serviceTask": _machine,
    "sendTask": _machine,
    "businessRuleTask": _machine,
    "scriptTask": lambda element, _, repairs: tasks.script(element, repairs),
    "callActivity": tasks.call,
}


def _sweep(definitions: etree._Element, repairs: Repairs) -> None:
    """Tell and take away every word of another engine that nobody translated."""
    strangers: dict[str, str] = {}
    for element in list(definitions.iter()):
        for name, value in list(element.attrib.items()):
            if vendor_word(name):
                del element.attrib[name]
                _left(element, name, str(value), repairs, attribute=True)
        if vendor_word(element.tag):
            _left(_owner(element, definitions), element.tag, attributes(element), repairs, attribute=False)
            remove(element)
        elif (holder := element.getparent()) is not None and tag_of(holder) == "extensionElements":
            namespace, local = parts_of_name(element.tag)
            strangers.setdefault(namespace, local)
    for namespace, local in strangers.items():
        if namespace and not namespace.startswith(_KNOWN):
            repairs.left_out(definitions, local, namespace)


def _owner(element: etree._Element, definitions: etree._Element) -> etree._Element:
    """The element of BPMN that a vendor's element says something about."""
    for around in element.iterancestors():
        if tag_of(around) and tag_of(around) != "extensionElements":
            return around
    return definitions


def _left(element: etree._Element, name: object, told: str, repairs: Repairs, *, attribute: bool) -> None:
    word = vendor_word(name)
    if stands_still(name, attribute=attribute):
        repairs.left_out(element, word, told)
    elif moves(name, attribute=attribute):
        repairs.decide("moves_values", element, word, told)
    else:
        repairs.decide("unknown_word", element, word, told)
