"""Brings in the processes that call activities name, from the same file or from the pack."""

from __future__ import annotations

from collections.abc import Mapping

from engine.workflow.bpmn import Diagram, Reader, read_definitions
from engine.workflow.checks.remarks import Remarks
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
            _open(node.called, called, readers, remarks)
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


def _open(name: str, called: Mapping[str, bytes], readers: dict[str, Reader], remarks: Remarks) -> None:
    try:
        other = read_definitions(called[name])
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
