"""Built-ins that make dates, times and durations, and the calendar functions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules.feel.builtins.registry import builtin
from rules.feel.operations.scope import current_run
from rules.feel.values.temporal import (
    MIDNIGHT_UTC,
    AnyDate,
    FarDate,
    FeelDateTime,
    FeelTime,
    epoch_day,
    from_epoch_day,
    make_date,
    weekday,
)
from rules.feel.values.temporal_math import months_between
from rules.feel.values.temporal_text import parse_date, parse_date_time, parse_duration, parse_time
from rules.feel.values.values import NANOS, DaysTimeDuration, YearsMonthsDuration

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _day_of(value: object) -> AnyDate | None:
    if isinstance(value, FeelDateTime):
        return value.day
    return value if isinstance(value, (date, FarDate)) else None


@builtin("date", "from: string")
def _date_text(text: str) -> object:
    return parse_date(text)


@builtin("date", "from: any")
def _date_of(value: object) -> object:
    return None if isinstance(value, str) else _day_of(value)


@builtin("date", "year: number", "month: number", "day: number")
def _date_parts(year: Decimal, month: Decimal, day: Decimal) -> object:
    return make_date(int(year), int(month), int(day))


@builtin("date and time", "from: string")
def _moment_text(text: str) -> object:
    return parse_date_time(text)


@builtin("date and time", "date: any", "time: time")
def _moment_parts(day: object, time: FeelTime) -> object:
    found = _day_of(day)
    return None if found is None else FeelDateTime(found, time)


@builtin("time", "from: string")
def _time_text(text: str) -> object:
    return parse_time(text)


@builtin("time", "from: any")
def _time_of(value: object) -> object:
    if isinstance(value, FeelDateTime):
        return value.time
    if isinstance(value, (date, FarDate)):
        return MIDNIGHT_UTC
    return value if isinstance(value, FeelTime) else None


@builtin("time", "hour: number", "minute: number", "second: number", "offset?: days and time duration?")
def _time_parts(hour: Decimal, minute: Decimal, second: Decimal, offset: DaysTimeDuration | None = None) -> object:
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    shift = None if offset is None else offset.nanos // NANOS
    if shift is not None and abs(shift) > 18 * 3600:
        return None
    nanos = int(second * NANOS)
    return FeelTime(int(hour), int(minute), nanos // NANOS, nanos % NANOS, shift)


@builtin("duration", "from: string")
def _duration(text: str) -> object:
    return parse_duration(text)


@builtin("years and months duration", "from: any", "to: any")
def _years_months(start: object, end: object) -> object:
    first, last = _day_of(start), _day_of(end)
    if first is None or last is None:
        return None
    return YearsMonthsDuration(months_between(first, last))


@builtin("today")
def _today() -> object:
    now = current_run().now
    return None if now is None else now.day


@builtin("now")
def _now() -> object:
    return current_run().now


@builtin("day of year", "date: any")
def _day_of_year(value: object) -> object:
    day = _day_of(value)
    first = None if day is None else make_date(day.year, 1, 1)
    return None if day is None or first is None else Decimal(epoch_day(day) - epoch_day(first) + 1)


@builtin("day of week", "date: any")
def _day_of_week(value: object) -> object:
    day = _day_of(value)
    return None if day is None else _WEEKDAYS[weekday(day) - 1]


@builtin("month of year", "date: any")
def _month_of_year(value: object) -> object:
    day = _day_of(value)
    return None if day is None else _MONTHS[day.month - 1]


@builtin("week of year", "date: any")
def _week_of_year(value: object) -> object:
    day = _day_of(value)
    if day is None:
        return None
    thursday = from_epoch_day(epoch_day(day) - weekday(day) + 4)
    first = None if thursday is None else make_date(thursday.year, 1, 1)
    if thursday is None or first is None:
        return None
    return Decimal((epoch_day(thursday) - epoch_day(first)) // 7 + 1)
