"""Judges events: the right kind in the right place, with what it needs to be caught or thrown."""

from __future__ import annotations

import re

from engine.workflow.bpmn import ACTIVITIES, Diagram, Node, Scope
from engine.workflow.checks.remarks import Remarks

_CLOCK = re.compile(r"\b(now|today)\s*\(")
WAITING = frozenset({"message", "signal", "timer", "conditional"})
ALLOWED = {
    "start_event": WAITING | {"none"},
    "intermediate_catch_event": WAITING | {"link"},
    "intermediate_throw_event": {"none", "message", "signal", "escalation", "link", "compensate"},
    "boundary_event": WAITING | {"error", "escalation", "compensate", "cancel"},
    "end_event": {"none", "message", "signal", "error", "escalation", "terminate", "compensate", "cancel"},
}


def judge_event(diagram: Diagram, scope: Scope, node: Node, remarks: Remarks) -> None:
    """Add the findings about one event."""
    kind = node.event_kind
    if kind == "multiple":
        remarks.on("several_event_signs", node)
        return
    allowed = set(ALLOWED[node.kind])
    if _starts_event_subprocess(scope, node):
        allowed |= {"error", "escalation"}
    if kind not in allowed or not _cancel_fits(scope, node):
        remarks.on("event_not_here", node, kind=kind)
        return
    _judge_ends(scope, node, remarks)
    if node.by_hand:
        _judge_expressions(node, remarks)
        return
    if kind == "timer":
        _judge_timer(scope, node, remarks)
    elif kind == "conditional":
        _judge_condition(node, remarks)
    elif kind == "compensate":
        _judge_compensation(diagram, scope, node, remarks)
    _judge_expressions(node, remarks)


def _judge_expressions(node: Node, remarks: Remarks) -> None:
    rules = (node.extension.get(rule, "") for rule in ("when", "correlation"))
    for source in (*(source for _, source in node.inputs), *rules):
        if source:
            remarks.expression(node, source)


def _judge_condition(node: Node, remarks: Remarks) -> None:
    source = node.event.expression if node.event else ""
    if not source:
        remarks.on("condition_missing", node)
    elif _CLOCK.search(source):  # a condition is asked when data changes; no data changes because time passes
        remarks.on("condition_by_clock", node)
    else:
        remarks.expression(node, source)


def _starts_event_subprocess(scope: Scope, node: Node) -> bool:
    return node.kind == "start_event" and scope.owner is not None and scope.owner.triggered_by_event


def _cancel_fits(scope: Scope, node: Node) -> bool:
    if node.event_kind != "cancel":
        return True
    owner = scope.nodes.get(node.attached_to or "") if node.kind == "boundary_event" else scope.owner
    return owner is not None and owner.kind == "transaction"


def _judge_ends(scope: Scope, node: Node, remarks: Remarks) -> None:
    if node.event_kind == "error" and not node.interrupting:
        remarks.on("error_interrupts", node)
    if node.kind == "start_event" and node.incoming:
        remarks.on("start_has_incoming", node)
    if node.kind == "end_event" and node.outgoing:
        remarks.on("end_has_outgoing", node)
    if node.kind == "boundary_event":
        host = scope.nodes.get(node.attached_to or "")
        if host is None or host.kind not in ACTIVITIES or node.incoming:
            remarks.on("boundary_loose", node)
        elif not node.outgoing and node.event_kind != "compensate":
            remarks.on("boundary_leads_nowhere", node, severity="warning")


def _judge_timer(scope: Scope, node: Node, remarks: Remarks) -> None:
    remarks.time(node)
    if node.extension.get("calendar") == "working" and not (node.event and node.event.timer == "duration"):
        remarks.on("office_time_here", node)
    if node.event is None or node.event.timer != "cycle":
        return
    watcher = node.kind == "boundary_event" or _starts_event_subprocess(scope, node)
    outer_start = node.kind == "start_event" and scope.owner is None
    if not outer_start and (not watcher or node.interrupting):
        remarks.on("timer_cycle_here", node)


def _judge_compensation(diagram: Diagram, scope: Scope, node: Node, remarks: Remarks) -> None:
    if node.kind == "boundary_event":
        handler = scope.nodes.get(node.handler or "")
        if handler is None or handler.kind not in ACTIVITIES:
            remarks.on("compensation_unclear", node)
        return
    reference = node.event.ref if node.event else ""
    if reference and reference not in {other.id for other in diagram.nodes()}:
        remarks.on("compensation_unclear", node)
