"""Working days, office hours and the days by which the law wants an answer."""

from __future__ import annotations

from engine.domain.deadlines.calendar import WorkCalendar
from engine.domain.deadlines.deadline import UNITS, DeadlinePolicy, Pause, TimeLimit, Unit, due_at, step_due_at

__all__ = [
    "UNITS",
    "DeadlinePolicy",
    "Pause",
    "TimeLimit",
    "Unit",
    "WorkCalendar",
    "due_at",
    "step_due_at",
]
