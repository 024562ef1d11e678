"""Takes the words of other engines off an element, one by one, so that what nobody took can be told at the end."""

from __future__ import annotations

from typing import Final

from lxml import etree

from engine.workflow.bpmn import children, text_of
from engine.workflow.dialects import juel
from engine.workflow.dialects.camunda_feel import camunda_feel
from engine.workflow.dialects.juel import UntranslatableError
from engine.workflow.dialects.repairs import Repairs
from engine.workflow.dialects.vocabulary import SEVEN, VENDORS, ours, parts_of_name, vendor_word

_EXTENSIONS: Final = "extensionElements"


def take(element: etree._Element, local: str) -> tuple[str, str]:
    """Take an attribute of Camunda 7 or a relative: (word, value); ("", "") when it is not there."""
    for namespace in SEVEN:
        value = element.attrib.pop(f"{{{namespace}}}{local}", None)
        if value is not None:
            return f"{SEVEN[namespace]}:{local}", str(value).strip()
    return "", ""


def take_parts(element: etree._Element, *locals_: str) -> list[etree._Element]:
    """Take the extension elements of these names, in order."""
    found = [
        part
        for holder in children(element, _EXTENSIONS)
        for part in holder
        if vendor_word(part.tag) and parts_of_name(part.tag)[1] in locals_
    ]
    for part in found:
        remove(part)
    return found


def remove(part: etree._Element) -> None:
    """Take an element out, and the extensions around it when nothing else stands there."""
    parent = part.getparent()
    if parent is None:
        return
    if part.tail and part.tail.strip():
        before = part.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + part.tail
    parent.remove(part)
    if parts_of_name(parent.tag)[1] == _EXTENSIONS and not len(parent):
        remove(parent)


def vendor_children(part: etree._Element, *locals_: str) -> list[etree._Element]:
    """The vendor elements of these names inside another one."""
    return [inner for inner in part if vendor_word(inner.tag) and parts_of_name(inner.tag)[1] in locals_]


def attributes(part: etree._Element) -> str:
    """An element as one line: its attributes, its text."""
    told = [f'{parts_of_name(name)[1]}="{value}"' for name, value in part.attrib.items()]
    inside = text_of(part)
    return " ".join([*told, inside] if inside else told)


def feel_of(text: str, element: etree._Element, word: str, repairs: Repairs, *, plain: str = "feel") -> str | None:
    """The FEEL of a value of a vendor's word; None (and a line in the list) when there is none.

    `plain` says what a text without marks means there: an expression ("feel") or itself ("text").
    """
    source = text.strip()
    try:
        if source.startswith("="):
            return camunda_feel(source[1:].strip())
        if juel.is_juel(source):
            return juel.to_feel(source)
        return juel.quoted(source) if plain == "text" else juel.checked(source)
    except UntranslatableError:
        repairs.decide("expression_foreign", element, word, source)
        return None


def extensions_of(element: etree._Element) -> etree._Element:
    """The place for our own elements inside a BPMN element; made where the schema wants it."""
    found = children(element, _EXTENSIONS)
    if found:
        return found[0]
    namespace = parts_of_name(element.tag)[0]
    made = etree.Element(f"{{{namespace}}}{_EXTENSIONS}")
    element.insert(len(children(element, "documentation")), made)
    return made


def add_mapping(element: etree._Element, kind: str, name: str, value: str) -> None:
    """Write `<motcua:input>` or `<motcua:output>`; one of that name that stands there already stays alone."""
    place = extensions_of(element)
    if all(given.get("name") != name for given in place.findall(ours(kind))):
        made = etree.SubElement(place, ours(kind))
        made.set("name", name)
        made.set("value", value)


def write(element: etree._Element, local: str, value: str) -> bool:
    """Write an attribute of our own, unless its author already did."""
    if element.get(ours(local)):
        return False
    element.set(ours(local), value)
    return True


def is_vendor(element: etree._Element) -> bool:
    """Tell whether an element belongs to another engine."""
    return parts_of_name(element.tag)[0] in VENDORS
