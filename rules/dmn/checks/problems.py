"""A defect of a model: at which element, how grave, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rules.errors import DmnError, RulesError
from rules.text import Text

MEND: Final = Text("Sửa mục đã nêu.", "Correct the place named.")


@dataclass(frozen=True, slots=True)
class ModelProblem:
    """What is wrong with a model before anybody evaluates it, and at which element."""

    element: str
    error: RulesError
    severity: str = "error"
    hint: Text = MEND


def defect(code: str, element: str, told: Text, hint: Text, severity: str = "error") -> ModelProblem:
    """A problem in the words of its sentence, with the element named."""
    where = f"“{element}”" if element else "Mô hình / the model"
    return ModelProblem(element, DmnError(told.vi, told.en, code=code).at(where, where), severity, hint)
