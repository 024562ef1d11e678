"""Brings in the processes that call activities name, from the same file or from the pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.workflow.bpmn import Diagram, Reader, read_definitions
from engine.workflow.checks.remarks import Remarks
from engine.workflow.dialects import own_ids
from engine.workflow.findings import Finding, ModelRefused


def add_called(diagram: Diagram, reader: Reader, called: Mapping[str, bytes]) -> list[Finding]:
    """Add every called process as a scope and point the calls at it; circles are refused."""
    remarks = Remarks(frozenset())
    readers = dict.fromkeys(reader.processes, reader)
    done: set[str] = set()
    waiting = [node for node in diagram.nodes() if node.kind == "call_activity"]
    while waiting:
        node = waiting.pop()
        if node.called not in readers and node.called in called:
            taken = {one.id for one in diagram.nodes()} | {flow.id for one in diagram.nodes() for flow in one.outgoing}
            _open(node.called, called, readers, taken, remarks)
        if node.called not in readers:
            continue
        node.body = node.called
        if node.called not in done and node.called not in diagram.scopes:
            before = set(diagram.scopes)
            readers[node.called].read_process(diagram, node.called)
            fresh = [diagram.scopes[key] for key in diagram.scopes if key not in before]
            waiting.extend(n for scope in fresh for n in scope.nodes.values() if n.kind == "call_activity")
        done.add(node.called)
    _refuse_circles(diagram, remarks)
    return remarks.findings


def called_in(files: Iterable[bytes]) -> dict[str, bytes]:
    """Each process of these files by its id, for calls from one file to another; what cannot be read has none."""
    found: dict[str, bytes] = {}
    for xml in files:
        try:
            processes = read_definitions(xml).processes
        except ModelRefused:
            continue
        for process_id in processes:
            found.setdefault(process_id, xml)
    return found


def _open(
    name: str, called: Mapping[str, bytes], readers: dict[str, Reader], taken: set[str], remarks: Remarks
) -> None:
    """Read the file that has the process; an id that the diagram has already gets another one there."""
    try:
        other = read_definitions(called[name])
        own_ids(other.definitions, taken)
        other = Reader(other.definitions)
    except ModelRefused as refused:
        remarks.findings.extend(refused.findings)
        return
    if name in other.processes:
        readers[name] = other


def _refuse_circles(diagram: Diagram, remarks: Remarks) -> None:
    """A process that contains a call to itself would never end opening scopes."""
    inside: dict[str, set[str]] = {
        scope.id: {node.body for node in scope.nodes.values() if node.body} for scope in diagram.scopes.values()
    }
    for scope_id in inside:
        seen: set[str] = set()
        waiting = list(inside[scope_id])
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                waiting.extend(inside.get(current, ()))
        if scope_id in seen:
            remarks.add("called_circle", scope_id, ref=scope_id)
