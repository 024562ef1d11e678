"""Built-ins on numbers."""

from __future__ import annotations

import decimal
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from rules.feel.builtins.registry import builtin
from rules.feel.values.values import DaysTimeDuration, YearsMonthsDuration

_EXACT = decimal.Context(prec=12_500, Emin=-12_500, Emax=12_500)
_SMALLEST_SCALE, _LARGEST_SCALE = -6111, 6176


def rounded(number: Decimal, scale: Decimal, mode: str) -> Decimal | None:
    """The number with ``scale`` decimals; unchanged when it has fewer anyway; None for a scale out of range."""
    places = int(scale)
    if not _SMALLEST_SCALE <= places <= _LARGEST_SCALE:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places and places > 0 and number.adjusted() + places >= 34:
        return number
    try:
        return _tidy(number.quantize(Decimal(1).scaleb(-places), rounding=mode))
    except decimal.InvalidOperation:
        return number


def _tidy(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    return (
        number.quantize(Decimal(1))
        if isinstance(exponent, int) and 0 < exponent < 34 - len(number.as_tuple().digits)
        else number
    )


@builtin("decimal", "n: number", "scale: number")
def _decimal(number: Decimal, scale: Decimal) -> object:
    return rounded(number, scale, ROUND_HALF_EVEN)


@builtin("floor", "n: number", "scale?: number")
def _floor(number: Decimal, scale: Decimal = Decimal(0)) -> object:
    return rounded(number, scale, ROUND_FLOOR)


@builtin("ceiling", "n: number", "scale?: number")
def _ceiling(number: Decimal, scale: Decimal = Decimal(0)) -> object:
    return rounded(number, scale, ROUND_CEILING)


@builtin("round up", "n: number", "scale: number")
def _round_up(number: Decimal, scale: Decimal) -> object:
    return rounded(number, scale, ROUND_UP)


@builtin("round down", "n: number", "scale: number")
def _round_down(number: Decimal, scale: Decimal) -> object:
    return rounded(number, scale, ROUND_DOWN)


@builtin("round half up", "n: number", "scale: number")
def _round_half_up(number: Decimal, scale: Decimal) -> object:
    return rounded(number, scale, ROUND_HALF_UP)


@builtin("round half down", "n: number", "scale: number")
def _round_half_down(number: Decimal, scale: Decimal) -> object:
    return rounded(number, scale, ROUND_HALF_DOWN)


@builtin("abs", "n: number")
def _abs(number: Decimal) -> object:
    return abs(number)


@builtin("abs", "n: days and time duration")
def _abs_days(span: DaysTimeDuration) -> object:
    return DaysTimeDuration(abs(span.nanos))


@builtin("abs", "n: years and months duration")
def _abs_months(span: YearsMonthsDuration) -> object:
    return YearsMonthsDuration(abs(span.months))


@builtin("modulo", "dividend: number", "divisor: number")
def _modulo(dividend: Decimal, divisor: Decimal) -> object:
    if not divisor:
        return None
    # The quotient may have more digits than a number holds; the remainder never has.
    rest = _EXACT.copy().remainder(dividend, divisor)
    return rest + divisor if rest and (rest < 0) != (divisor < 0) else rest


@builtin("sqrt", "number: number")
def _sqrt(number: Decimal) -> object:
    return None if number < 0 else number.sqrt()


@builtin("log", "number: number")
def _log(number: Decimal) -> object:
    return None if number <= 0 else number.ln()


@builtin("exp", "number: number")
def _exp(number: Decimal) -> object:
    return number.exp()


@builtin("odd", "number: number")
def _odd(number: Decimal) -> object:
    return None if number != number.to_integral_value() else int(number) % 2 != 0


@builtin("even", "number: number")
def _even(number: Decimal) -> object:
    return None if number != number.to_integral_value() else int(number) % 2 == 0
