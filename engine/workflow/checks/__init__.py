"""Judges a diagram: everything that cannot be run right is refused with a sentence."""

from __future__ import annotations

from engine.workflow.checks.call_activities import add_called, called_in
from engine.workflow.checks.lint import lint, too_large
from engine.workflow.checks.meanings import judge_form
from engine.workflow.checks.normalise import normalise
from engine.workflow.checks.remarks import Remarks

__all__ = [
    "Remarks",
    "add_called",
    "called_in",
    "judge_form",
    "lint",
    "normalise",
    "too_large",
]
