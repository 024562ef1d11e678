"""Judges what elements of an executable process share: messages thrown and awaited, variables of repetitions."""

from __future__ import annotations

from collections.abc import Iterator

from engine.workflow.bpmn import THROWING, Diagram, Node
from engine.workflow.checks.remarks import Remarks

LONGEST_NAME = 80  # signs of a message's name that the record keeps


def judge_messages(diagram: Diagram, remarks: Remarks) -> None:
    """What is thrown in an executable process and no step of it waits for stays in the dossier, unclaimed.

    A signal comes from the diagram itself only: one that nothing throws is waited for in vain.
    """
    if not diagram.executable:
        return
    told = [(node, node.event) for node in diagram.nodes() if node.event and not node.by_hand]
    for kind in ("message", "signal"):
        events = [(node, event.ref) for node, event in told if event.kind == kind]
        thrown = {ref for node, ref in events if node.kind in THROWING}
        awaited = {ref for node, ref in events if node.kind not in THROWING}
        for node, ref in events:
            throws = node.kind in THROWING
            if throws and len(ref) > LONGEST_NAME:
                remarks.on("event_name_long", node, ref=ref[:40], limit=LONGEST_NAME)
            if throws and ref not in awaited and not node.extension.get("connector"):
                remarks.on(f"{kind}_unclaimed", node, severity="warning", ref=ref)
            elif not throws and kind == "signal" and ref not in thrown:
                remarks.on("signal_never_thrown", node, severity="warning", ref=ref)


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
