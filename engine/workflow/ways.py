"""Where a dossier may go on from a step that could not: along a flow of the step, or to another step beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.workflow.runtime import may_be_sent_to
from engine.workflow.spec import ProcessSpec

FLOW: Final = "flow:"
GOAL: Final = "to:"
"""How a form names a way on: by the id of a flow, or of an element."""


@dataclass(frozen=True)
class Way:
    """One way on. `flow_id` is empty where the token is sent to the element instead of following a flow."""

    flow_id: str
    label: str
    element_id: str


def ways_on(spec: ProcessSpec, element_id: str) -> tuple[Way, ...]:
    """The flows out of an element, then the elements of its scope; empty for an element that is not drawn."""
    found = spec.plan.elements.get(element_id)
    if found is None:
        return ()
    node = found.node
    flows = [Way(flow.id, flow.name, flow.target) for flow in node.outgoing]
    beside = (one.node for one in spec.plan.elements.values())
    goals = [Way("", one.name, one.id) for one in beside if one.id != node.id and may_be_sent_to(one, node.scope)]
    return (*flows, *goals)
