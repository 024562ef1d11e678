"""Built-ins that turn one kind of value into another: number(), string()."""

from __future__ import annotations

import re
from decimal import Decimal

from rules.feel.builtins.registry import builtin
from rules.feel.operations.texts import text_of
from rules.feel.values.values import NUMBERS

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,5})?", re.ASCII)
_GROUPS = {" ", ",", "."}
_POINTS = {",", "."}


@builtin("number", "from: string", "grouping separator?: string?", "decimal separator?: string?")
def _number(text: str, grouping: str | None = None, point: str | None = None) -> object:
    if (grouping is not None and grouping not in _GROUPS) or (point is not None and point not in _POINTS):
        return None
    if grouping is not None:
        if grouping == point:
            return None
        text = text.replace(grouping, "")
    if point is not None and point != ".":
        if "." in text:
            return None
        text = text.replace(point, ".")
    if len(text) > 10_000 or _NUMBER.fullmatch(text) is None:
        return None
    return NUMBERS.create_decimal(Decimal(text))


@builtin("string", "from: any")
def _string(value: object) -> object:
    return None if value is None else text_of(value)
