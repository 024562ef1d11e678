"""What one step writes down, gathered while tokens move and handed over as an Advance."""

from __future__ import annotations

from engine.workflow.outcome import (
    DecisionCall,
    Incident,
    MessageThrown,
    OpenTask,
    ServiceCall,
    TimerSet,
)


class Ledger:
    """Collects rows. What is opened and cancelled within one step is never told to anybody."""

    def __init__(self) -> None:
        self.opened: dict[str, OpenTask] = {}
        self.calls: dict[str, ServiceCall] = {}
        self.notices: list[ServiceCall] = []
        self.decisions: dict[str, DecisionCall] = {}
        self.timers: dict[str, TimerSet] = {}
        self.closed: list[str] = []
        self.cancelled_calls: list[str] = []
        self.cancelled_timers: list[str] = []
        self.passed: list[str] = []
        self.incidents: dict[str, Incident] = {}
        self.incidents_over: list[str] = []
        self.thrown: list[MessageThrown] = []

    def drop_incident(self, token: str) -> None:
        """A token with an incident is gone."""
        if self.incidents.pop(token, None) is None:
            self.incidents_over.append(token)

    def close(self, token: str) -> None:
        """A task is gone without having been completed."""
        if self.opened.pop(token, None) is None:
            self.closed.append(token)

    def cancel_call(self, token: str) -> None:
        """A call's answer is no longer waited for."""
        if self.calls.pop(token, None) is None and self.decisions.pop(token, None) is None:
            self.cancelled_calls.append(token)

    def cancel_timer(self, token: str) -> None:
        """A timer no longer matters."""
        if self.timers.pop(token, None) is None:
            self.cancelled_timers.append(token)
