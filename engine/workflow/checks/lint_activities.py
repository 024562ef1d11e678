"""Judges activities: tasks, subprocesses, calls, repetitions, undoing."""

from __future__ import annotations

from engine.workflow.bpmn import Diagram, Node, Scope
from engine.workflow.checks.remarks import Remarks


def judge_activity(diagram: Diagram, scope: Scope, node: Node, remarks: Remarks) -> None:
    """Add the findings about one activity."""
    _judge_any(node, remarks)
    judge = {
        "script_task": _judge_script,
        "service_task": _judge_service,
        "send_task": _judge_service,
        "business_rule_task": _judge_rule,
    }.get(node.kind)
    if judge is not None:
        judge(node, remarks)
    elif node.triggered_by_event:
        _judge_event_subprocess(diagram, node, remarks)
    elif node.kind == "call_activity" and node.body is None:
        remarks.on("called_missing", node, ref=node.called or "?")
    elif node.kind == "call_activity" and not _begins_plainly(diagram.scopes[node.body or ""]):
        remarks.on("called_without_start", node, ref=node.called)
    elif node.body is not None and not diagram.scopes[node.body].nodes:
        remarks.on("empty_subprocess", node)


def _begins_plainly(scope: Scope) -> bool:
    return any(node.event_kind == "none" for node in scope.of_kind("start_event"))


def _judge_any(node: Node, remarks: Remarks) -> None:
    for _, source in (*node.inputs, *node.results):
        remarks.expression(node, source)
    if node.loop is not None:
        _judge_loop(node, remarks)
    if node.for_compensation and (node.incoming or node.outgoing):
        remarks.on("wrong_flow_end", node)


def _judge_loop(node: Node, remarks: Remarks) -> None:
    loop = node.loop
    if loop is None:
        return
    if loop.kind == "standard":
        unclear = not loop.condition and loop.maximum is None
    else:
        unclear = not loop.cardinality and not loop.collection
    if unclear or node.triggered_by_event or node.for_compensation:
        remarks.on("loop_unclear", node)
    for source in (loop.cardinality, loop.collection, loop.condition):
        if source:
            remarks.expression(node, source)


def _judge_script(node: Node, remarks: Remarks) -> None:
    if not remarks.language(node, node.script_language):
        return
    node.script = node.script.removeprefix("=").strip()
    if not node.script or not node.outputs:
        remarks.on("script_missing", node)
    else:
        remarks.expression(node, node.script)


def _judge_service(node: Node, remarks: Remarks) -> None:
    if not node.extension.get("connector") and not (node.kind == "send_task" and node.event):
        remarks.on("by_hand", node, severity="warning")


def _judge_rule(node: Node, remarks: Remarks) -> None:
    if not node.extension.get("decision"):
        remarks.on("by_hand", node, severity="warning")


def _judge_event_subprocess(diagram: Diagram, node: Node, remarks: Remarks) -> None:
    starts = diagram.scopes[node.body].of_kind("start_event") if node.body else []
    fit = len(starts) == 1 and starts[0].event_kind not in ("none", "multiple")
    if not fit or node.incoming or node.outgoing or node.boundaries:
        remarks.on("event_subprocess_shape", node)
