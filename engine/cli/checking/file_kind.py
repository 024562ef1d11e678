"""Tells what kind of file this is by what stands in it; the name only decides where the content leaves it open."""

from __future__ import annotations

import codecs
import json
from typing import Final

_HEAD: Final = 16_384
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")
_YAML: Final = (".yaml", ".yml")


def kind_of(name: str, data: bytes) -> str:
    """Give bpmn, dmn, form, pack or rules; or why not: empty, archive, json, unknown."""
    if data.startswith(_ARCHIVES):
        return "archive"
    head = _text(data[:_HEAD]).lstrip()
    if head.startswith("<"):
        return _of_xml(name, head)
    if name.lower().endswith(_YAML):
        return "pack" if name == "procedure.yaml" else "rules"
    if name.lower().endswith((".form.json", ".form")):
        return "form"
    if head[:1] in ("{", "["):
        return _of_json(data)
    if name.lower().endswith(".dmn"):
        return "dmn"
    if name.lower().endswith((".bpmn", ".bpmn2", ".xml")):
        return "bpmn"  # its reader says best why this is no diagram
    return "unknown" if head else "empty"


def _text(head: bytes) -> str:
    coding = next((coding for mark, coding in _MARKS if head.startswith(mark)), "utf-8")
    return head.decode(coding, "replace").lstrip("\ufeff")


def _of_xml(name: str, head: str) -> str:
    if "BPMN/20100524/MODEL" in head:
        return "bpmn"
    if "omg.org/spec/DMN/" in head or name.lower().endswith(".dmn"):
        return "dmn"
    return "bpmn"


def _of_json(data: bytes) -> str:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return "form"  # its reader says at which place it is no JSON
    return "form" if isinstance(found, dict) and "components" in found else "json"
