"""The arithmetic signs on numbers, texts, dates and durations; None where FEEL gives null."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from decimal import Decimal

from rules.feel.operations.scope import current_run
from rules.feel.values import temporal_math
from rules.feel.values.values import DaysTimeDuration, YearsMonthsDuration

_Operation = Callable[[object, object], object]


def _add(left: object, right: object) -> object:
    if type(left) is Decimal and type(right) is Decimal:
        return left + right
    if isinstance(left, str) and isinstance(right, str):
        return current_run().meter.check_size(left + right)
    return temporal_math.add(left, right)


def _subtract(left: object, right: object) -> object:
    if type(left) is Decimal and type(right) is Decimal:
        return left - right
    return temporal_math.subtract(left, right)


def _multiply(left: object, right: object) -> object:
    if type(left) is Decimal and type(right) is Decimal:
        return left * right
    return temporal_math.multiply(left, right)


def _divide(left: object, right: object) -> object:
    if type(left) is Decimal and type(right) is Decimal:
        return left / right if right else None
    return temporal_math.divide(left, right)


def _power(left: object, right: object) -> object:
    if type(left) is Decimal and type(right) is Decimal:
        if not left:
            # Decimal says Infinity for 0 ** -1; FEEL knows no such number.
            return None if right < 0 else Decimal(0 if right else 1)
        return left**right
    return None


_OPERATIONS: dict[str, _Operation] = {"+": _add, "-": _subtract, "*": _multiply, "/": _divide, "**": _power}


def operation(sign: str) -> _Operation:
    """The function behind a sign; a result no decimal128 can hold is null."""
    plain = _OPERATIONS[sign]

    def run(left: object, right: object) -> object:
        try:
            return plain(left, right)
        except (decimal.DecimalException, OverflowError):
            return None

    return run


def negate(value: object) -> object:
    """Minus one number or duration."""
    if type(value) is Decimal:
        return -value
    if isinstance(value, DaysTimeDuration):
        return DaysTimeDuration(-value.nanos)
    return YearsMonthsDuration(-value.months) if isinstance(value, YearsMonthsDuration) else None
