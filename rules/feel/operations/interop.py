"""Between Python or JSON values and FEEL values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from rules.feel.limits import DEFAULT, refuse
from rules.feel.operations.texts import text_of
from rules.feel.syntax.lexer import normal_name
from rules.feel.values.temporal import FeelDateTime, FeelTime, from_datetime
from rules.feel.values.values import NANOS, NUMBERS, DaysTimeDuration, to_number


def to_feel(value: object) -> object:
    """A Python or JSON value as FEEL: numbers become Decimal, keys NFC; FEEL values stay as they are."""
    converter = _TO_FEEL.get(type(value))
    if converter is not None:
        return converter(value)
    if isinstance(value, Mapping):
        return _context(value)
    if isinstance(value, (tuple, set, frozenset)):
        return [to_feel(each) for each in value]
    for cls, other in _TO_FEEL.items():
        if isinstance(value, cls):
            return other(value)
    return value


def _context(value: Mapping[str, object]) -> dict[str, object]:
    return {normal_name(str(key)): to_feel(each) for key, each in value.items()}


def _float(value: float) -> Decimal | None:
    return to_number(repr(value)) if math.isfinite(value) else None


def _decimal(value: Decimal) -> Decimal | None:
    return to_number(value) if value.is_finite() else None


def _time(value: time) -> FeelTime:
    shift = value.utcoffset()
    return FeelTime(
        value.hour,
        value.minute,
        value.second,
        value.microsecond * 1000,
        None if shift is None else int(shift.total_seconds()),
    )


def _span(value: timedelta) -> DaysTimeDuration:
    return DaysTimeDuration((value.days * 86_400 + value.seconds) * NANOS + value.microseconds * 1000)


_TO_FEEL: dict[type, Callable[..., object]] = {
    type(None): lambda value: value,
    bool: lambda value: value,
    str: lambda value: value,
    int: to_number,
    float: _float,
    Decimal: _decimal,
    list: lambda value: [to_feel(each) for each in value],
    dict: _context,
    datetime: from_datetime,
    date: lambda value: value,
    time: _time,
    timedelta: _span,
    FeelDateTime: lambda value: value,
}


def from_feel(value: object, *, rounded: bool = False) -> object:
    """A FEEL value for JSON.

    Whole numbers become int, others float when a float holds them exactly as written, else text;
    dates, times, durations, ranges and functions become their text. Raises FeelLimitError when written out the
    value would be too large: lists may hold one another many times over. With `rounded` a number that fills all
    digits, as 1/3 does, becomes the nearest float: it was rounded already, and as text nobody could count on.
    """
    try:
        return _Writer(rounded).write(value)
    except RecursionError:
        refuse("kết quả lồng nhau quá sâu", "the result is nested too deeply")


class _Writer:
    """Writes one value out and counts what it has written."""

    def __init__(self, rounded: bool) -> None:
        self.left = DEFAULT.list_size
        self._rounded = rounded

    def write(self, value: object) -> object:
        """The value ready for JSON."""
        self.left -= 1
        if self.left < 0:
            refuse("kết quả quá lớn", "the result is too large")
        if value is None or isinstance(value, (bool, str)):
            return value
        if isinstance(value, Decimal):
            return _number(value, self._rounded)
        if isinstance(value, list):
            return [self.write(each) for each in value]
        if isinstance(value, dict):
            return {key: self.write(each) for key, each in value.items()}
        return text_of(value)


def _number(value: Decimal, rounded: bool) -> int | float | str:
    if value == value.to_integral_value() and value.adjusted() < 40:
        return int(value)
    near = float(value)
    full = rounded and near != 0 and len(value.as_tuple().digits) >= NUMBERS.prec
    return near if math.isfinite(near) and (full or Decimal(repr(near)) == value) else format(value)
