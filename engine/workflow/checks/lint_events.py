"""Judges events: the right kind in the right place, with what it needs to be caught or thrown."""

from __future__ import annotations

import re
from collections.abc import Set

from engine.workflow.bpmn import ACTIVITIES, Diagram, Node, Scope
from engine.workflow.checks.lint_handlers import judge_code, judge_compensation
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
    if kind not in _allowed(scope, node) or not _cancel_fits(scope, node):
        remarks.on("event_not_here", node, kind=kind)
        return
    _judge_ends(scope, node, remarks)
    if not node.by_hand:
        _judge_sign(diagram, scope, node, remarks)
    _judge_expressions(node, remarks)


def _allowed(scope: Scope, node: Node) -> Set[str]:
    if _starts_event_subprocess(scope, node):
        return ALLOWED[node.kind] | {"error", "escalation", "compensate"}
    if node.kind == "start_event" and scope.owner is not None:
        return {"none"}  # an embedded subprocess begins when it is reached (BPMN 2.0.2 §10.5.2)
    return ALLOWED[node.kind]


def _judge_sign(diagram: Diagram, scope: Scope, node: Node, remarks: Remarks) -> None:
    kind = node.event_kind
    if kind == "timer":
        _judge_timer(scope, node, remarks)
    elif kind == "conditional":
        _judge_condition(node, remarks)
    elif kind == "compensate":
        judge_compensation(diagram, scope, node, remarks)
    elif kind in ("error", "escalation"):
        judge_code(diagram, node, remarks)


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
