"""The door of this floor: a pure function from (snapshot, event) to Advance."""

from __future__ import annotations

from engine.workflow.errors import SnapshotError, UnknownToken, WorkflowError, WrongEvent
from engine.workflow.events import (
    JSON,
    Cancelled,
    Event,
    JobFailed,
    JobFinished,
    MessageReceived,
    Retried,
    SignalReceived,
    Skipped,
    TaskCompleted,
    TimerFired,
    VariablesChanged,
)
from engine.workflow.outcome import (
    Advance,
    DecisionCall,
    Ended,
    Incident,
    MessageThrown,
    OpenTask,
    ServiceCall,
    TimerSet,
)

__all__ = [
    "JSON",
    "Advance",
    "Cancelled",
    "DecisionCall",
    "Ended",
    "Event",
    "Incident",
    "JobFailed",
    "JobFinished",
    "MessageReceived",
    "MessageThrown",
    "OpenTask",
    "Retried",
    "ServiceCall",
    "SignalReceived",
    "Skipped",
    "SnapshotError",
    "TaskCompleted",
    "TimerFired",
    "TimerSet",
    "UnknownToken",
    "VariablesChanged",
    "WorkflowError",
    "WrongEvent",
]
