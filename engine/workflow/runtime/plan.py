"""The executable form of a diagram: SpiffWorkflow specs and the tables the tokens move by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from engine.workflow.bpmn import Node
from engine.workflow.outcome import Choice


@dataclass
class Plan:
    """Made once per diagram and shared by all its instances; never changed afterwards."""

    root: str
    names: frozenset[str]
    engine: object
    specs: dict[str, Any] = field(default_factory=dict)  # scope id → SpiffWorkflow process spec
    elements: dict[str, Any] = field(default_factory=dict)  # element id → its task spec
    starts: dict[str, tuple[str, ...]] = field(default_factory=dict)  # scope id → start events
    armed: dict[str, tuple[str, ...]] = field(default_factory=dict)  # scope id → starts of event subprocesses
    owners: dict[str, str] = field(default_factory=dict)  # such a start → its event subprocess
    handlers: dict[str, str] = field(default_factory=dict)  # activity → what undoes it
    undoable: frozenset[str] = frozenset()  # activities of which a record is kept when they are done
    undoing: dict[str, str] = field(default_factory=dict)  # scope id → its compensation event subprocess
    containers: dict[str, tuple[str, ...]] = field(default_factory=dict)  # subprocess → activities inside
    reach: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)  # OR join → flow → elements before
    areas: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)  # likewise of AND joins, when asked for
    conditional: bool = False  # some event waits for a condition
    order: tuple[str, ...] = ()  # element ids as the snapshot numbers them

    def boundaries(self, node: Node, kind: str) -> list[Node]:
        """List the events of one kind on an activity's border."""
        found = (self.elements[boundary].node for boundary in node.boundaries)
        return [boundary for boundary in found if boundary.event_kind == kind]


def choices_of(plan: Plan, node: Node) -> tuple[Choice, ...]:
    """The ways on among which a person picks; a flow without a label goes by the name of what it leads to."""
    if not node.chooses:
        return ()
    named = ((flow, plan.elements[flow.target].node.name or flow.target) for flow in node.outgoing)
    return tuple(Choice(flow.id, " ".join((flow.name or name).split()), flow.target) for flow, name in named)
