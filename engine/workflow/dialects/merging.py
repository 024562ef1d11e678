"""Several files as one: what is called stands in the file that calls it. An id counts in its own file only."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from lxml import etree

from engine.workflow.bpmn import children, local_ref, tag_of
from engine.workflow.dialects.repairs import Repairs

_TEXTS: Final = frozenset(
    {"incoming", "outgoing", "flowNodeRef", "eventDefinitionRef", "source", "target", "sourceRef", "targetRef"}
)


def called_by(definitions: etree._Element) -> set[str]:
    """The ids of the processes that a file calls."""
    calls = (element for element in definitions.iter() if tag_of(element) == "callActivity")
    return {local_ref(call.get("calledElement")) for call in calls} - {""}


def bring_in(definitions: etree._Element, others: dict[str, tuple[str, etree._Element]], repairs: Repairs) -> set[str]:
    """Copy in every process that is called, and what is called from there; gives the files they came from."""
    came: set[str] = set()
    while True:
        here = {process.get("id") for process in children(definitions, "process")}
        wanted = sorted(name for name in called_by(definitions) - here if name in others)
        if not wanted:
            return came
        file, source = others[wanted[0]]
        _copy(definitions, source, wanted[0], file, repairs)
        came.add(file)


def _copy(definitions: etree._Element, source: etree._Element, process_id: str, file: str, repairs: Repairs) -> None:
    copied = deepcopy(source)
    for pool in children(copied, "collaboration"):
        copied.remove(pool)
    for process in children(copied, "process"):
        if process.get("id") != process_id:
            copied.remove(process)
    for part in list(copied):
        if tag_of(part) not in ("process", "message", "signal", "error", "escalation", "itemDefinition") and not tag_of(
            part
        ).endswith("EventDefinition"):
            copied.remove(part)  # the drawing stays in its own file
    own_ids(copied, _ids(definitions))
    moved = next(part for part in copied if tag_of(part) == "process")
    for part in list(copied):
        definitions.insert(len(children(definitions, "process")) + _before(definitions), part)
    repairs.translated(moved, "calledElement", file, process_id)


def _before(definitions: etree._Element) -> int:
    """How many elements stand before the first process."""
    for number, part in enumerate(definitions):
        if tag_of(part) == "process":
            return number
    return len(definitions)


def _ids(definitions: etree._Element) -> set[str]:
    return {str(element.get("id")) for element in definitions.iter() if element.get("id")}


def own_ids(definitions: etree._Element, taken: set[str]) -> None:
    """Give another id to what has one that is taken (`id.1`), and to every reference to it; processes keep theirs."""
    own = _ids(definitions)
    processes = {process.get("id") or "" for process in children(definitions, "process")}
    fresh: dict[str, str] = {}
    for name in sorted((own & taken) - processes):
        number = 1
        while f"{name}.{number}" in taken | own | set(fresh.values()):
            number += 1
        fresh[name] = f"{name}.{number}"
    for element in definitions.iter() if fresh else ():
        _refer(element, fresh)


def _refer(element: etree._Element, fresh: dict[str, str]) -> None:
    for attribute, value in list(element.attrib.items()):
        name = str(attribute)
        prefix, colon, local = str(value).rpartition(":")
        if local in fresh and (name in ("id", "default", "bpmnElement") or name.endswith("Ref")):
            element.set(attribute, f"{prefix}{colon}{fresh[local]}")
    text = (element.text or "").strip()
    if tag_of(element) in _TEXTS and local_ref(text) in fresh:
        element.text = fresh[local_ref(text)]
