"""Expressions of diagrams (FEEL) and their times (ISO 8601, office time)."""

from __future__ import annotations

from engine.workflow.expressions.feel import Context, compiled, evaluate, holds, to_json, unknown_functions
from engine.workflow.expressions.iso8601 import after, cycle, due, instant, is_literal, iso_text, next_ring
from engine.workflow.expressions.office_time import OfficeCalendar, working_due

__all__ = [
    "Context",
    "OfficeCalendar",
    "after",
    "compiled",
    "cycle",
    "due",
    "evaluate",
    "holds",
    "instant",
    "is_literal",
    "iso_text",
    "next_ring",
    "to_json",
    "unknown_functions",
    "working_due",
]
