"""The body of the command ``motcua feel``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from rules.errors import RulesError
from rules.feel.evaluation.expression import compile_expression
from rules.feel.operations.interop import from_feel, to_feel
from rules.feel.values.values import to_number


def read_context(text: str, what_vi: str, what_en: str) -> Mapping[str, object]:
    """A JSON object as FEEL variables; numbers keep every digit."""
    try:
        loaded: object = json.loads(text, parse_float=to_number)
    except (ValueError, RecursionError):
        raise RulesError(f"{what_vi} không phải JSON hợp lệ.", f"{what_en} is not valid JSON.", code="json") from None
    if not isinstance(loaded, dict):
        raise RulesError(
            f"{what_vi} phải là một đối tượng JSON {{…}}.", f"{what_en} must be a JSON object {{…}}.", code="json"
        )
    return {str(name): to_feel(value) for name, value in loaded.items()}


def feel_command(source: str, context_json: str = "{}", *, now: datetime | None = None) -> object:
    """Evaluate an expression in a JSON context; the answer is ready for JSON.

    Raises RulesError, also where the standard would quietly answer null: a name nobody gave, a value of another kind.
    """
    context = read_context(context_json or "{}", "Ngữ cảnh (--context)", "The context (--context)")
    expression = compile_expression(source, names=tuple(context), strict=True)
    return from_feel(expression.lawful(context, now=now), rounded=True)
