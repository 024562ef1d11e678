"""Form fields written into a diagram by other engines, as a form of ours."""

from __future__ import annotations

from typing import Final

from lxml import etree

from engine.workflow.bpmn import text_of
from engine.workflow.dialects.vocabulary import parts_of_name
from engine.workflow.dialects.words import vendor_children

_TYPES: Final = {
    "string": "textfield",
    "long": "number",
    "integer": "number",
    "int": "number",
    "double": "number",
    "boolean": "checkbox",
    "date": "date",
    "enum": "select",
}


def form_of(
    key: str, title: str, parts: list[etree._Element]
) -> tuple[tuple[str, ...], dict[str, object], tuple[str, ...]]:
    """The names of the fields, the form, and the fields whose type is not known here (they are texts)."""
    given = [inner for part in parts for inner in (vendor_children(part, "formField") or [part])]
    given = [one for one in given if parts_of_name(one.tag)[1] in ("formField", "formProperty") and one.get("id")]
    components, unknown = [], []
    for one in given:
        name, kind = one.get("id") or "", (one.get("type") or "string").lower()
        if kind not in _TYPES:
            unknown.append(name)
        components.append(_component(one, name, _TYPES.get(kind, "textfield")))
    schema: dict[str, object] = {
        "type": "default",
        "id": key,
        "schemaVersion": 16,
        "title": title,
        "title_en": title,
        "components": components,
    }
    return tuple(one.get("id") or "" for one in given), schema, tuple(unknown)


def _component(given: etree._Element, name: str, kind: str) -> dict[str, object]:
    words = given.get("label") or given.get("name") or name
    made: dict[str, object] = {"type": kind, "key": name, "label": words, "label_en": words}
    values = vendor_children(given, "value")
    if kind == "select":
        made["values"] = [
            {"value": one.get("id") or text_of(one), "label": told, "label_en": told}
            for one in values
            for told in [one.get("name") or one.get("id") or text_of(one)]
        ]
    rules = {one.get("name") for holder in vendor_children(given, "validation") for one in holder}
    if given.get("required") == "true" or "required" in rules:
        made["validate"] = {"required": True}
    return made
