"""Draws out what a diagram leaves implicit: links become flows, a lone bare flow the default, a missing start.

It works on the diagram as read, before anything is executable, so that nothing drawn is ever dropped.
"""

from __future__ import annotations

from dataclasses import replace

from engine.workflow.bpmn import Diagram, EventSpec, Flow, Node, Scope
from engine.workflow.checks.plain_words import leave_to_people, refuse_words
from engine.workflow.checks.remarks import Remarks

CATCHING = frozenset({"start_event", "intermediate_catch_event", "boundary_event", "receive_task"})


def normalise(diagram: Diagram, remarks: Remarks) -> None:
    """Make the implicit explicit; what stays unclear becomes a finding."""
    for scope in list(diagram.scopes.values()):
        _join_links(scope, remarks)
        for node in list(scope.nodes.values()):
            _name_event(node, remarks)
            if diagram.executable:
                refuse_words(node, remarks)
            else:
                leave_to_people(scope, node, remarks)
            _find_default(node, remarks)
            if not diagram.executable:
                _fill_empty(diagram, node, remarks)
                _hand_over(scope, node, remarks)
        _add_start(diagram, scope, remarks)


def _join_links(scope: Scope, remarks: Remarks) -> None:
    links = [node for node in scope.nodes.values() if node.event_kind == "link"]
    catchers: dict[str, list[Node]] = {}
    for node in links:
        if node.kind == "intermediate_catch_event" and node.event:
            catchers.setdefault(node.event.ref or node.name, []).append(node)
    thrown: set[str] = set()
    for node in links:
        name = (node.event.ref if node.event else "") or node.name
        if node.kind != "intermediate_throw_event":
            continue
        thrown.add(name)
        targets = catchers.get(name, [])
        if len(targets) != 1 or node.outgoing:
            remarks.on("link_unpaired", node, ref=name)
            continue
        flow = Flow(f"{node.id}/link", name, node.id, targets[0].id)
        node.outgoing.append(flow)
        targets[0].incoming.append(flow)
    for name, nodes in catchers.items():
        if name not in thrown:
            remarks.on("link_unpaired", nodes[0], ref=name)


def _name_event(node: Node, remarks: Remarks) -> None:
    event = node.event
    if event is None or event.kind not in ("message", "signal") or event.ref:
        return
    reference = " ".join(node.name.split()) or node.id
    node.event = replace(event, ref=reference)
    remarks.on("name_taken_from_label", node, severity="warning", ref=reference)


def _find_default(node: Node, remarks: Remarks) -> None:
    if node.default and node.default not in {flow.id for flow in node.outgoing}:
        remarks.on("default_foreign", node)
    if node.kind not in ("exclusive_gateway", "inclusive_gateway") or len(node.outgoing) < 2:
        return
    if all(flow.condition is None for flow in node.outgoing):
        node.chooses = "one" if node.kind == "exclusive_gateway" else "some"
        remarks.on("choice_by_person", node, severity="warning", flows=_named(node.outgoing))
        return
    bare = [flow for flow in node.outgoing if flow.condition is None and flow.id != node.default]
    if len(bare) > 1 or (bare and node.default and node.kind == "exclusive_gateway"):
        remarks.on("flows_without_condition", node, flows=_named(bare))
    elif bare and node.kind == "inclusive_gateway":
        remarks.on("always_taken", node, severity="warning", flows=_named(bare))
    elif bare:
        node.default = bare[0].id
        remarks.on("taken_as_default", node, severity="warning", flows=_named(bare))


def _named(flows: list[Flow]) -> str:
    return ", ".join(f"«{flow.name or flow.id}»" for flow in flows)


def _fill_empty(diagram: Diagram, node: Node, remarks: Remarks) -> None:
    """A subprocess or call with nothing drawn inside is work that somebody does: one step by hand."""
    body = diagram.scopes.get(node.body or "")
    hollow = node.kind in ("sub_process", "transaction") and body is not None and not body.nodes
    lost = node.kind == "call_activity" and node.body is None
    if node.triggered_by_event or not (hollow or lost):
        return
    if node.called:
        node.kind = "manual_task"
        remarks.on("called_by_hand", node, severity="warning", ref=node.called)
        return
    diagram.scopes.pop(node.body or "", None)
    node.kind, node.body = "manual_task", None
    remarks.on("empty_by_hand", node, severity="warning")


def _hand_over(scope: Scope, node: Node, remarks: Remarks) -> None:
    """An event of a drawing for people that does not say when it happens: somebody tells when it has."""
    waits = node.kind in ("start_event", "intermediate_catch_event", "boundary_event")
    if waits and node.event and node.event.kind in ("timer", "conditional") and not node.event.expression:
        node.by_hand = True
        begins = node.kind == "start_event" and scope.owner is None
        remarks.on("start_by_hand" if begins else "event_by_hand", node, severity="warning")


def _add_start(diagram: Diagram, scope: Scope, remarks: Remarks) -> None:
    if scope.of_kind("start_event") or not scope.nodes:
        return
    owner = scope.owner
    if owner is not None and owner.triggered_by_event:
        return  # lint says that an event subprocess needs its own start
    entries = [node for node in scope.nodes.values() if _is_entry(node)]
    name = owner.name if owner else diagram.name
    element = owner.id if owner else scope.id
    if not entries:
        remarks.add("no_entry", element, name)
        return
    start = Node(f"{scope.id}/start", "startEvent", "start_event", "", scope.id, event=EventSpec("none"))
    for node in entries:
        flow = Flow(f"{start.id}/{node.id}", "", start.id, node.id)
        start.outgoing.append(flow)
        node.incoming.append(flow)
    scope.nodes[start.id] = start
    remarks.add("implicit_start", element, name, severity="warning")


def _is_entry(node: Node) -> bool:
    aside = node.kind == "boundary_event" or node.triggered_by_event or node.for_compensation
    return not node.incoming and not aside and node.event_kind != "link"
