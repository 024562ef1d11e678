"""What one step of an instance asks the platform to write down: Advance and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.workflow.events import JSON


@dataclass(frozen=True)
class Choice:
    """One way on from a gateway at which a person chooses: the flow, its label, and what it leads to."""

    flow_id: str
    name: str
    target: str


@dataclass(frozen=True)
class OpenTask:
    """A step now waits for somebody. `round` counts how often the element was entered (1 = first time).

    `choices`: the ways on among which the person picks, at a gateway without conditions; else empty.
    """

    token: str
    element_id: str
    name: str
    kind: str
    lane: str | None
    round: int
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class ServiceCall:
    """A connector is to be called. `waits` False: a notice only, the dossier goes on without its answer."""

    token: str
    element_id: str
    connector_kind: str
    inputs: dict[str, JSON]
    waits: bool = True


@dataclass(frozen=True)
class DecisionCall:
    """A decision table is to be asked; the answer comes back as JobFinished."""

    token: str
    element_id: str
    decision_ref: str
    inputs: dict[str, JSON]


@dataclass(frozen=True)
class TimerSet:
    """A timer now runs; it is due at an absolute instant (aware UTC)."""

    token: str
    element_id: str
    due_at: datetime


@dataclass(frozen=True)
class MessageThrown:
    """The diagram sends a message to an outside party that has no connector named on the element."""

    element_id: str
    name: str
    inputs: dict[str, JSON]


@dataclass(frozen=True)
class Incident:
    """A step could not go on. The token stays where it is; Retried or Skipped moves it."""

    element_id: str
    code: str
    message_vi: str
    message_en: str
    token: str = ""


@dataclass(frozen=True)
class Ended:
    """The instance is over."""

    end_event_ids: tuple[str, ...]
    kind: str  # completed | terminated | error | cancelled


@dataclass(frozen=True)
class Advance:
    """The result of one step: the new snapshot, the new truth of the variables, and the rows to write."""

    snapshot: bytes
    variables: dict[str, JSON]
    opened: tuple[OpenTask, ...] = ()
    closed: tuple[str, ...] = ()
    calls: tuple[ServiceCall, ...] = ()
    cancelled_calls: tuple[str, ...] = ()
    decisions: tuple[DecisionCall, ...] = ()
    timers: tuple[TimerSet, ...] = ()
    cancelled_timers: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()
    ended: Ended | None = None
    incidents: tuple[Incident, ...] = ()
    thrown: tuple[MessageThrown, ...] = ()
    caught: bool = True  # False: nobody waited for the message or signal, nothing changed
    completed_token: str | None = None  # the task this step completed, if any
    incidents_over: tuple[str, ...] = ()  # tokens with an incident that were cancelled: nothing left to repair
