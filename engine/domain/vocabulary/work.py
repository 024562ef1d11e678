"""The words of the work on a dossier: its process, tasks, timers, calls to others, and what stands in the way."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class InstanceState(StrEnum):
    """Where the process of a dossier stands."""

    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


class EndKind(StrEnum):
    """How a process came to its end."""

    COMPLETED = "completed"
    TERMINATED = "terminated"
    ERROR = "error"
    CANCELLED = "cancelled"


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Audience(StrEnum):
    """Who is to do a task."""

    APPLICANT = "applicant"
    STAFF = "staff"


class TimerState(StrEnum):
    """Where a timer stands."""

    WAITING = "waiting"
    FIRED = "fired"
    CANCELLED = "cancelled"


class JobState(StrEnum):
    """Where a call to another system stands.

    `held`: nobody may make it before the fee is paid; `unknown`: nobody can tell whether the other side did it.
    """

    HELD = "held"
    PENDING = "pending"
    CLAIMED = "claimed"
    DONE = "done"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


OPEN_JOBS: Final = frozenset({JobState.PENDING, JobState.CLAIMED})
TROUBLED_JOBS: Final = frozenset({JobState.FAILED, JobState.UNKNOWN})  # a person has to look at them
SETTLED_JOBS: Final = frozenset({JobState.DONE, JobState.CANCELLED})  # nobody needs what was sent any more
ANSWERABLE_JOBS: Final = frozenset({JobState.CLAIMED, JobState.UNKNOWN})  # a late answer is better than none


class JobKind(StrEnum):
    """The calls that the platform itself makes or waits for. Diagrams name more: an installation adds connectors."""

    SMS_SEND = "sms.send"
    POST_DELIVER = "post.deliver"


class MessageState(StrEnum):
    """What became of a message from others."""

    TAKEN = "taken"
    WAITING = "waiting"
    LATE = "late"
    UNCLAIMED = "unclaimed"


class IncidentState(StrEnum):
    """Whether a process still stands still at this place."""

    OPEN = "open"
    RESOLVED = "resolved"
