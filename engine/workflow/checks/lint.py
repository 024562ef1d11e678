"""Judges a diagram: every construct that cannot be run right is refused with a sentence."""

from __future__ import annotations

from collections import Counter, deque

from engine.workflow.bpmn import ACTIVITIES, GATEWAYS, Diagram, Node, Scope
from engine.workflow.checks.lint_activities import judge_activity
from engine.workflow.checks.lint_events import judge_event
from engine.workflow.checks.lint_handlers import judge_rivals
from engine.workflow.checks.lint_shared import judge_messages, judge_repetitions
from engine.workflow.checks.meanings import node_findings
from engine.workflow.checks.remarks import Remarks

REFERRING = frozenset({"message", "signal", "error", "escalation"})
MAX_NODES = 3_000
MAX_FLOWS = 6_000
MAX_SEARCHES = 2_000_000
"""Steps to find out, for every inclusive join, from where a token can still come; an ordinary one needs hundreds."""


def lint(diagram: Diagram, remarks: Remarks) -> None:
    """Add all findings about a normalised diagram."""
    _judge_ids(diagram, remarks)
    for scope in diagram.scopes.values():
        for node in scope.nodes.values():
            _judge_node(diagram, scope, node, remarks)
            for language in dict.fromkeys(node.languages):
                remarks.language(node, language)
        judge_rivals(diagram, scope, remarks)
        _judge_reach(scope, remarks)
        _judge_starts(diagram, scope, remarks)
    judge_messages(diagram, remarks)
    judge_repetitions(diagram, remarks)


def too_large(diagram: Diagram, remarks: Remarks) -> bool:
    """Refuse a diagram with more elements than can be judged in a moment."""
    nodes = sum(len(scope.nodes) for scope in diagram.scopes.values())
    flows = sum(len(node.outgoing) for node in diagram.nodes())
    searches = sum(
        len(node.incoming) * (len(scope.nodes) + sum(len(other.outgoing) for other in scope.nodes.values()))
        for scope in diagram.scopes.values()
        for node in scope.of_kind("inclusive_gateway")
        if len(node.incoming) > 1
    )
    limits = ((nodes, MAX_NODES), (flows, MAX_FLOWS), (searches, MAX_SEARCHES))
    over = [(count, limit) for count, limit in limits if count > limit]
    for count, limit in over[:1]:
        remarks.add("too_many_nodes", diagram.process_id, diagram.name, count=count, limit=limit)
    return bool(over)


def _judge_ids(diagram: Diagram, remarks: Remarks) -> None:
    counts = Counter(node.id for node in diagram.nodes())
    for element, count in counts.items():
        if count > 1:
            remarks.add("duplicate_id", element, ref=element)


def _judge_node(diagram: Diagram, scope: Scope, node: Node, remarks: Remarks) -> None:
    if node.kind in ("complex_gateway", "ad_hoc_sub_process"):
        remarks.on("unsupported_element", node, kind=node.tag)
        return
    if node.unsupported:
        remarks.on("attribute_refused", node, what=", ".join(node.unsupported))
    if node.event and node.event.undeclared and node.event.kind in REFERRING:
        refused = node.event.kind == "escalation" and diagram.executable
        remarks.on("ref_undeclared", node, severity="error" if refused else "warning", ref=node.event.ref)
    remarks.findings.extend(node_findings(node))
    if node.kind in ACTIVITIES:
        judge_activity(diagram, scope, node, remarks)
    elif node.kind in GATEWAYS:
        _judge_gateway(scope, node, remarks)
    else:
        judge_event(diagram, scope, node, remarks)
    for flow in node.outgoing:
        constant = flow.condition in ("true", "false")  # which every language says alike
        if flow.condition is not None and (constant or remarks.language(node, flow.language)):
            remarks.expression(node, flow.condition)


def _judge_gateway(scope: Scope, node: Node, remarks: Remarks) -> None:
    conditional = [flow.name or flow.id for flow in node.outgoing if flow.condition is not None]
    if conditional and node.kind in ("parallel_gateway", "event_based_gateway"):
        remarks.on("condition_not_here", node, flows=", ".join(conditional))
    if node.kind != "event_based_gateway":
        return
    targets = [scope.nodes[flow.target] for flow in node.outgoing]
    fit = all(
        (target.kind == "receive_task" and not target.boundaries and target.loop is None)
        or (target.kind == "intermediate_catch_event" and target.event_kind not in ("none", "link"))
        for target in targets
    )
    if not targets or not fit or any(len(target.incoming) != 1 for target in targets):
        remarks.on("gateway_targets", node)


def _judge_reach(scope: Scope, remarks: Remarks) -> None:
    """Every element must be reachable; SpiffWorkflow would drop the rest without a word."""
    roots = [
        node.id
        for node in scope.nodes.values()
        if node.kind == "start_event" or node.triggered_by_event or node.for_compensation
    ]
    seen, waiting = set(roots), deque(roots)
    while waiting:
        node = scope.nodes[waiting.popleft()]
        for element in [*(flow.target for flow in node.outgoing), *node.boundaries]:
            if element not in seen:
                seen.add(element)
                waiting.append(element)
    for node in scope.nodes.values():
        if node.id not in seen and roots:
            remarks.on("unreachable", node)


def _judge_starts(diagram: Diagram, scope: Scope, remarks: Remarks) -> None:
    plain = [node for node in scope.of_kind("start_event") if node.event_kind == "none"]
    if len(plain) > 1 or (scope.owner and len(scope.of_kind("start_event")) > 1):
        owner = scope.owner
        remarks.add("several_starts", owner.id if owner else scope.id, owner.name if owner else diagram.name)
