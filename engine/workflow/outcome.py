"""What one step of an instance asks the platform to write down: Advance and its parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from engine.domain.vocabulary import EndKind
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
    kind: EndKind


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

    def then(self, later: Advance) -> Advance:
        """This step and the one that followed at once, as one: what opened and closed on the way was never there."""
        known = {one.token for one in self.calls} | {one.token for one in self.decisions}
        return replace(
            later,
            opened=(*_living(self.opened, later.closed), *later.opened),
            closed=(*self.closed, *_unknown(later.closed, self.opened)),
            calls=(*_living(self.calls, later.cancelled_calls), *later.calls),
            cancelled_calls=(*self.cancelled_calls, *(one for one in later.cancelled_calls if one not in known)),
            decisions=(*_living(self.decisions, later.cancelled_calls), *later.decisions),
            timers=(*_living(self.timers, later.cancelled_timers), *later.timers),
            cancelled_timers=(*self.cancelled_timers, *_unknown(later.cancelled_timers, self.timers)),
            passed=(*self.passed, *later.passed),
            ended=later.ended or self.ended,
            incidents=(*self.incidents, *later.incidents),
            thrown=(*self.thrown, *later.thrown),
            caught=self.caught and later.caught,
            completed_token=self.completed_token or later.completed_token,
            incidents_over=(*self.incidents_over, *later.incidents_over),
        )


_Row = TypeVar("_Row", OpenTask, ServiceCall, DecisionCall, TimerSet)


def _living(found: Iterable[_Row], gone: Iterable[str]) -> tuple[_Row, ...]:
    over = set(gone)
    return tuple(one for one in found if one.token not in over)


def _unknown(tokens: Iterable[str], found: Iterable[_Row]) -> tuple[str, ...]:
    known = {one.token for one in found}
    return tuple(token for token in tokens if token not in known)
