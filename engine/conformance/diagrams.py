"""One verdict for a diagram of others: as it is, with a process named, translated, and written again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from engine.workflow.bpmn import read_definitions
from engine.workflow.dialects import Repairs, translate
from engine.workflow.findings import Finding, ModelRefused
from engine.workflow.spec import check_model

_SEVERAL = "several_processes"


def judge_model(file: str) -> dict[str, Any]:
    """Say whether it is accepted, and why not; what `import-bpmn` makes of it; whether what is written holds it all."""
    try:
        xml = Path(file).read_bytes()
    except OSError as error:
        return {"file": file, "accepted": False, "named": False, "why": str(error), **_nothing()}
    errors = _errors(check_model(xml))
    named = bool(errors) and {error.code for error in errors} == {_SEVERAL} and _each_process_is_clean(xml)
    why = f"{errors[0].message_en} [{errors[0].element}]" if errors else ""
    return {"file": file, "accepted": not errors, "named": named, "why": why, **_imported(xml)}


def _nothing() -> dict[str, Any]:
    return {"foreign": False, "imported": False, "left": "", "kept": False}


def _errors(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


def _each_process_is_clean(xml: bytes) -> bool:
    """Several pools that each begin by themselves: whichever the person picks is accepted."""
    processes = [key for key, process in read_definitions(xml).processes.items() if len(process)]
    return all(not _errors(check_model(xml, process_id=process)) for process in processes)


def _imported(xml: bytes) -> dict[str, Any]:
    try:
        read_definitions(xml)
    except ModelRefused:
        return _nothing()
    (found,) = translate({"": xml})
    if found.xml is None:
        return _nothing()
    errors = _errors(check_model(found.xml))
    left = f"{errors[0].message_en} [{errors[0].element}]" if errors else ""
    foreign = any(repair.code != "left_out" or ":" in repair.word for repair in found.repairs)
    return {"foreign": foreign, "imported": not errors, "left": left, "kept": _kept(xml, found.xml, found.repairs)}


def _kept(before: bytes, after: bytes, repairs: Repairs) -> bool:
    """What was written holds every element and shape that was read; without a repair it is the same document."""
    if all(repair.kind == "left_out" and ":" not in repair.word for repair in repairs):
        return _content(before) == _content(after)
    return _ids(before) <= _ids(after)


def _parsed(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True))


def _content(xml: bytes) -> list[tuple[str, list[tuple[str, str]], str]]:
    """Every element with its attributes and its text, in the order of the file."""
    return [
        (str(one.tag), sorted((str(name), str(value)) for name, value in one.attrib.items()), (one.text or "").strip())
        for one in _parsed(xml).iter()
    ]


def _ids(xml: bytes) -> set[str]:
    return {str(element.get("id")) for element in _parsed(xml).iter() if element.get("id")}
