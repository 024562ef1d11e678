"""A defect of a model: at which element, how grave, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rules.errors import DmnError, RulesError
from rules.text import Text

MEND: Final = Text("Sửa mục đã nêu.", "Correct the place named.")


_HINTS: Final[Mapping[str, Text]] = {
    "feel_syntax": Text(
        "Viết lại bằng FEEL: chữ đặt trong ngoặc kép, số dùng dấu chấm, khoảng viết [1..5].",
        "Write it in FEEL: texts in quotes, numbers with a point, ranges like [1..5].",
    ),
    "dmn_lookup": Text(
        "Khai báo phần tử hay kiểu này, hoặc sửa tên cho khớp.", "Declare the element or type, or correct its name."
    ),
}


def hint_of(error: RulesError) -> Text:
    """What to do about an error of a text or a reference."""
    return _HINTS.get(error.code, MEND)


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
