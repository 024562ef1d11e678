"""Holds engine and rules against other people's tests and files, and says in one table what came of it."""

from __future__ import annotations

from engine.conformance.diagrams import judge_model
from engine.conformance.gathering import gather
from engine.conformance.judging import judge_scenario
from engine.conformance.report import Row, as_lines, as_markdown
from engine.conformance.running import run_all

__all__ = [
    "Row",
    "as_lines",
    "as_markdown",
    "gather",
    "judge_model",
    "judge_scenario",
    "run_all",
]
