"""Judges what elements of an executable process share: messages thrown and awaited, variables of repetitions."""

from __future__ import annotations

from collections.abc import Iterator

from engine.workflow.bpmn import Diagram, Node
from engine.workflow.checks.remarks import Remarks

_THROWING = frozenset({"send_task", "intermediate_throw_event", "end_event"})


def judge_messages(diagram: Diagram, remarks: Remarks) -> None:
    """What is thrown in an executable process and no step of it waits for stays in the dossier, unclaimed."""
    if not diagram.executable:
        return
    told = [node for node in diagram.nodes() if node.event and node.event.kind == "message" and not node.by_hand]
    awaited = {node.event.ref for node in told if node.event and node.kind not in _THROWING}
    for node in told:
        carried = node.extension.get("connector")
        if node.kind in _THROWING and not carried and node.event and node.event.ref not in awaited:
            remarks.on("message_unclaimed", node, severity="warning", ref=node.event.ref)


def judge_repetitions(diagram: Diagram, remarks: Remarks) -> None:
    """Repetitions that run at once write the same variables: what one answers decides for the others."""
    for node in diagram.nodes():
        if node.loop is None or node.loop.kind != "parallel":
            continue
        own = {node.loop.item, node.loop.output_item}
        written = {name for one in _within(diagram, node) for name in one.outputs} - own
        if written:
            remarks.on("repetitions_share", node, severity="warning", names=", ".join(sorted(written)))


def _within(diagram: Diagram, node: Node) -> Iterator[Node]:
    yield node
    for inner in diagram.scopes[node.body].nodes.values() if node.body else ():
        yield from _within(diagram, inner)
