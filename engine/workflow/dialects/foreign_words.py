"""What `motcua check` says of words of other engines in a diagram: those that move something are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from engine.workflow.bpmn import children, tag_of
from engine.workflow.dialects.vocabulary import moves, ours, parts_of_name, stands_still, vendor_word
from engine.workflow.findings import Finding, finding_of

_TOLD: Final = frozenset(
    {"initiator", "decisionRef", "mapDecisionResult", "variableName", "variableEvents", "idVariableName", "value"}
)
"""They move something too, but the step they stand on is work by hand already, or nobody may ever read the variable."""
_TWINS: Final = {"collection": "collection", "elementVariable": "item", "resultVariable": "outputs"}


def foreign_words(definitions: etree._Element, severity: str) -> Iterator[Finding]:
    """One finding for each element whose words move a token or a value, and one for all other words of the file.

    `severity` is that of the first kind; in a drawing for people, and in what is already published, a warning.
    """
    others: dict[str, int] = {}
    for element in _said_of(definitions):
        moving = []
        for name, value in _words(element):
            word = vendor_word(name)
            local = parts_of_name(name)[1]
            attribute = value is not None
            if moves(name, attribute=attribute) and local not in _TOLD:
                if not _harmless(element, local, value):
                    moving.append(word)
            elif not stands_still(name, attribute=attribute):
                others[word] = others.get(word, 0) + 1
        if moving:
            owner = next((one for one in (element, *element.iterancestors()) if one.get("id")), element)
            listed = ", ".join(dict.fromkeys(moving))
            yield finding_of(
                "vendor_moves", owner.get("id") or "", owner.get("name") or "", severity=severity, what=listed
            )
    if others:
        told = ", ".join(f"{word} ({count})" for word, count in others.items())
        yield finding_of("vendor_words", definitions.get("id") or "definitions", severity="warning", what=told)


def _said_of(definitions: etree._Element) -> Iterator[etree._Element]:
    """Every element of BPMN but those of the drawing."""
    for part in definitions:
        if tag_of(part):
            yield from (element for element in part.iter() if tag_of(element))


def _words(element: etree._Element) -> Iterator[tuple[object, str | None]]:
    """The vendor words on an element: (name, value of an attribute) and (name, None of an extension)."""
    for name, value in element.attrib.items():
        if vendor_word(name):
            yield name, str(value)
    for holder in children(element, "extensionElements"):
        yield from ((part.tag, None) for part in holder if vendor_word(part.tag))


def _harmless(element: etree._Element, local: str, value: str | None) -> bool:
    """It is said in our words too, says no, or says what holds anyway."""
    if value is not None and (value.strip() == "false" or element.get(ours(_TWINS.get(local, "?")))):
        return True
    if local == "terminateAll":
        end = element.getparent()
        scope = None if end is None else end.getparent()
        return scope is not None and tag_of(scope) == "process"
    holders = children(element, "extensionElements")
    if local in ("in", "out", "inputOutput", "ioMapping"):
        mapped = any(holder.find(ours(kind)) is not None for holder in holders for kind in ("input", "output"))
        return mapped or _hands_on_everything(holders, local)
    return local == "calledElement" and bool(element.get("calledElement"))


def _hands_on_everything(holders: list[etree._Element], local: str) -> bool:
    """`<in variables="all"/>` is how it is here, `<in businessKey=…/>` names the instance."""
    parts = [part for holder in holders for part in holder if parts_of_name(part.tag)[1] == local]
    return local in ("in", "out") and all(part.get("variables") == "all" or part.get("businessKey") for part in parts)
