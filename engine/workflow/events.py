"""What can happen to an instance from outside. Every event says when it happened (aware UTC)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

JSON: TypeAlias = Any  # what JSON can hold; the border schemas have checked it before it comes here


@dataclass(frozen=True)
class TaskCompleted:
    """A person (or, by hand, an office) finished the open task; only its declared outputs are kept.

    `flows`: at a gateway where a person chooses, the ids of the flows picked.
    """

    token: str
    outputs: Mapping[str, JSON]
    at: datetime
    flows: tuple[str, ...] = ()


@dataclass(frozen=True)
class TimerFired:
    """The time of a TimerSet has come. A cycle sets its next time by itself."""

    token: str
    at: datetime


@dataclass(frozen=True)
class JobFinished:
    """A connector or a decision answered the call of this token."""

    token: str
    outputs: Mapping[str, JSON]
    at: datetime


@dataclass(frozen=True)
class JobFailed:
    """A connector refused for good. A matching error event catches it; else it becomes an incident."""

    token: str
    error_code: str
    message: str
    at: datetime


@dataclass(frozen=True)
class MessageReceived:
    """A message from outside, by its BPMN name. Nobody waiting for it is not an error: see Advance.caught.

    `key` is compared with the catcher's `motcua:correlation`; `token` names one waiting catcher exactly.
    """

    name: str
    payload: Mapping[str, JSON]
    at: datetime
    key: JSON = None
    token: str = ""


@dataclass(frozen=True)
class SignalReceived:
    """A signal from outside: every waiting catcher of the name takes it."""

    name: str
    payload: Mapping[str, JSON]
    at: datetime


@dataclass(frozen=True)
class VariablesChanged:
    """The record changed by another way than a task; conditional events look again."""

    at: datetime


@dataclass(frozen=True)
class Retried:
    """An official asks to try an incident's token again, after the cause was removed."""

    token: str
    at: datetime


@dataclass(frozen=True)
class Skipped:
    """An official passes over an incident's token with a reason, along the flow named (or the only one).

    `to`: the element of the same process or subprocess where the token goes instead.
    """

    token: str
    reason: str
    at: datetime
    flow_id: str | None = None
    to: str | None = None


@dataclass(frozen=True)
class Cancelled:
    """The administration stops the whole instance."""

    reason: str
    at: datetime


Event: TypeAlias = (
    TaskCompleted
    | TimerFired
    | JobFinished
    | JobFailed
    | MessageReceived
    | SignalReceived
    | VariablesChanged
    | Retried
    | Skipped
    | Cancelled
)
