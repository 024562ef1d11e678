"""Where an instance stands: the living tokens as screens and tools show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.errors import ElementFault, SnapshotError
from engine.workflow.events import JSON, MessageReceived
from engine.workflow.runtime import ARMED, ARRIVED, HOST, decode, receiver
from engine.workflow.spec import ProcessSpec


class PlaceState(StrEnum):
    """How a token lives. `open`: it works or waits; `watching`: at a border or an armed event."""

    OPEN = "open"
    WATCHING = "watching"
    JOINING = "joining"
    FAILED = "failed"


@dataclass(frozen=True)
class Position:
    """One living token."""

    token: str
    element_id: str
    state: PlaceState
    awaits: str  # "message:name", "signal:name", "timer", "conditional" or ""


def position(spec: ProcessSpec, snapshot: bytes) -> tuple[Position, ...]:
    """List the living tokens of a stored instance, outer scopes first."""
    instance = decode(snapshot, spec.plan, spec.hash)
    return tuple(_of(task) for scope in instance.scopes() for task in instance.tokens(scope))


def _of(task: Task) -> Position:
    node = task.task_spec.node
    return Position(task.id, node.id, _state(task), _awaits(task))


def _state(task: Task) -> PlaceState:
    if task.state == TaskState.ERROR:
        return PlaceState.FAILED
    if ARRIVED in task.internal_data:
        return PlaceState.JOINING
    watching = HOST in task.internal_data or ARMED in task.internal_data
    return PlaceState.WATCHING if watching else PlaceState.OPEN


def _awaits(task: Task) -> str:
    node = task.task_spec.node
    catching = getattr(task.task_spec, "catches", None)
    if catching is None or not catching(task) or node.event is None:
        return ""
    return f"{node.event.kind}:{node.event.ref}" if node.event.ref else node.event.kind


def waits_for_message(
    spec: ProcessSpec, snapshot: bytes, variables: Mapping[str, JSON], name: str, at: datetime
) -> bool:
    """Whether a message of that name would be taken at that instant; guards count, a correlation key is not given.

    False for a snapshot that cannot be read and for a guard that cannot be told: nothing is promised on doubt.
    """
    try:
        instance = decode(snapshot, spec.plan, spec.hash)
        instance.variables, instance.at = dict(variables), at
        return receiver(instance, MessageReceived(name, {}, at)) is not None
    except (ElementFault, SnapshotError):
        return False


def walked(spec: ProcessSpec, snapshot: bytes) -> dict[str, int]:
    """How often each element was entered so far, by element id; elements never entered are not named."""
    return dict(decode(snapshot, spec.plan, spec.hash).rounds)
