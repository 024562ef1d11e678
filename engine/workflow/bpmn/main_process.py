"""Picks the one process of a file that is run; the other pools are outside parties."""

from __future__ import annotations

from lxml import etree

from engine.workflow.bpmn.reader import FLOW_NODES, Reader, is_executable
from engine.workflow.bpmn.xml import children, local_ref, tag_of
from engine.workflow.findings import Finding, ModelRefused, finding_of, label


def choose_process(reader: Reader, process_id: str | None) -> tuple[str, list[Finding]]:
    """Give the process to run and what must be said about the choice; raises ModelRefused when it is not clear.

    In this order: the one asked for; the only one marked executable; the only one with content; the only one
    that begins by itself, the others being set going by a message from another pool. A process that another one
    of the file calls is a part of that one.
    """
    if process_id is not None:
        if process_id in reader.processes:
            return process_id, []
        names = ", ".join(f"«{key}»" for key in drawn_processes(reader)) or "-"
        raise ModelRefused([finding_of("process_missing", process_id, ref=process_id, names=names)])
    drawn = drawn_processes(reader)
    executable = [key for key in drawn if is_executable(reader.processes[key])]
    called = _called(reader, drawn)
    candidates = [key for key in executable or drawn if key not in called] or executable or drawn
    if len(candidates) == 1:
        return candidates[0], []
    if not candidates:
        raise ModelRefused([finding_of("no_process", "")])
    beginning = [key for key in candidates if _begins_by_itself(reader, key, drawn)]
    names = ", ".join(_named(reader, key) for key in candidates)
    if len(beginning) != 1:
        raise ModelRefused([finding_of("several_processes", "", names=names)])
    chosen = beginning[0]
    others = ", ".join(_named(reader, key) for key in candidates if key != chosen)
    return chosen, [finding_of("process_chosen", chosen, reader.pool_name(chosen), severity="warning", others=others)]


def drawn_processes(reader: Reader) -> list[str]:
    """List the processes that have content, in the order of the file."""
    return [key for key, process in reader.processes.items() if any(tag_of(e) in FLOW_NODES for e in process)]


def _called(reader: Reader, drawn: list[str]) -> set[str]:
    calls = (one for key in drawn for one in reader.processes[key].iter() if tag_of(one) == "callActivity")
    return {local_ref(call.get("calledElement")) for call in calls}


def _named(reader: Reader, process_id: str) -> str:
    """The name on the pool and the id that `--process` takes."""
    name = reader.pool_name(process_id) or reader.processes[process_id].get("name") or ""
    return label(name, process_id) + (f" ({process_id[:80]})" if name else "")


def _begins_by_itself(reader: Reader, process_id: str, drawn: list[str]) -> bool:
    """Tell whether some way into the process is not a message that another drawn pool sends."""
    process = reader.processes[process_id]
    entries = [element for element in process if tag_of(element) == "startEvent"] or _without_incoming(process)
    sent = _sent_by_others(reader, process_id, drawn)
    return any(element.get("id") not in sent for element in entries)


def _without_incoming(process: etree._Element) -> list[etree._Element]:
    reached = {local_ref(flow.get("targetRef")) for flow in children(process, "sequenceFlow")}
    return [element for element in process if tag_of(element) in FLOW_NODES and element.get("id") not in reached]


def _sent_by_others(reader: Reader, process_id: str, drawn: list[str]) -> set[str]:
    """The ids that message flows from other drawn pools point to."""
    others = set(drawn) - {process_id}
    owner: dict[str, str] = {}
    for key in drawn:
        for element in reader.processes[key].iter():
            owner[element.get("id") or ""] = key
    for participant in reader.participants():
        owner[participant.get("id") or ""] = local_ref(participant.get("processRef"))
    flows = [flow for part in children(reader.definitions, "collaboration") for flow in children(part, "messageFlow")]
    ends = [(local_ref(flow.get("sourceRef")), local_ref(flow.get("targetRef"))) for flow in flows]
    return {target for source, target in ends if owner.get(source) in others}
