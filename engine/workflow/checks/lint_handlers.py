"""Judges who catches what: codes of errors and escalations, two catchers of one event, and what undoes what."""

from __future__ import annotations

from collections.abc import Iterable

from engine.workflow.bpmn import ACTIVITIES, Diagram, Node, Scope
from engine.workflow.checks.remarks import Remarks

_BY_CODE = frozenset({"error", "escalation"})
_FOR_ONE = _BY_CODE | {"message"}


def judge_code(diagram: Diagram, node: Node, remarks: Remarks) -> None:
    """What is thrown in an executable process has a code (BPMN 2.0.2 §10.5.3, §10.5.4); caught without, it is any."""
    throws = node.kind in ("end_event", "intermediate_throw_event")
    if throws and node.event is not None and node.event.codeless:
        remarks.on("code_missing", node, severity="error" if diagram.executable else "warning", kind=node.event_kind)


def judge_rivals(diagram: Diagram, scope: Scope, remarks: Remarks) -> None:
    """Two handlers of one event in one place: it would be chance which of them is entered."""
    for node in scope.nodes.values():
        _judge_same(diagram, (scope.nodes[name] for name in node.boundaries), remarks)
    bodies = (diagram.scopes[n.body] for n in scope.nodes.values() if n.triggered_by_event and n.body)
    _judge_same(diagram, (start for body in bodies for start in body.of_kind("start_event")), remarks)


def _judge_same(diagram: Diagram, nodes: Iterable[Node], remarks: Remarks) -> None:
    seen: dict[tuple[str, str], Node] = {}
    for node in nodes:
        event, kind = node.event, node.event_kind
        if event is None or kind not in _FOR_ONE | {"signal", "compensate", "cancel"}:
            continue
        if node.extension.get("when") or node.extension.get("correlation"):
            continue  # its guard or key may tell them apart
        key = (kind, "" if event.codeless and diagram.executable else event.ref)
        first = seen.setdefault(key if kind not in ("compensate", "cancel") else (kind, ""), node)
        if first is not node and (kind != "signal" or first.interrupting or node.interrupting):
            remarks.on("handled_twice", node, ref=event.ref or "-", other=first.name or first.id)


def judge_compensation(diagram: Diagram, scope: Scope, node: Node, remarks: Remarks) -> None:
    """Add the findings about an event that undoes, or asks for it."""
    if node.kind == "start_event":
        around = diagram.scopes.get(scope.owner.scope) if scope.owner else None
        if around is not None and around.owner is None and around.id == diagram.process_id:
            remarks.on("compensation_never", node)
        return
    if node.kind == "boundary_event":
        handler = scope.nodes.get(node.handler or "")
        fits = handler is not None and handler.kind in ACTIVITIES and handler.for_compensation
        if not fits or len(set(node.handlers)) > 1 or node.outgoing:
            remarks.on("compensation_unclear", node)
        return
    reference = node.event.ref if node.event else ""
    if not reference:
        return
    activity = next((seen.nodes[reference] for seen in _seen_from(diagram, scope) if reference in seen.nodes), None)
    if activity is None:
        known = reference in {other.id for other in diagram.nodes()}
        remarks.on("compensation_not_seen" if known else "compensation_unclear", node, ref=reference)
    elif not diagram.can_be_undone(activity):
        remarks.on("compensation_nothing", node, ref=activity.name or reference)


def _seen_from(diagram: Diagram, scope: Scope) -> Iterable[Scope]:
    """The scopes whose activities a compensation event may name (BPMN 2.0.2 §10.5.5, §13.5.5)."""
    yield scope
    while scope.owner is not None and scope.owner.triggered_by_event:
        scope = diagram.scopes[scope.owner.scope]
        yield scope
