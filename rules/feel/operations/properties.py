"""What stands behind a dot: entries of a context, properties of dates, times, durations and ranges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from rules.feel.values.temporal import FarDate, FeelDateTime, FeelTime, offset_of, time_offset, weekday
from rules.feel.values.values import DAY_NANOS, NANOS, DaysTimeDuration, Range, YearsMonthsDuration

_Getter = Callable[..., object]


def _sign(amount: int) -> int:
    return -1 if amount < 0 else 1


def _offset(seconds: int | None) -> DaysTimeDuration | None:
    return None if seconds is None else DaysTimeDuration(seconds * NANOS)


def _unit(nanos: int, unit: int, modulo: int | None) -> Decimal:
    count = abs(nanos) // unit
    return Decimal(_sign(nanos) * (count if modulo is None else count % modulo))


_DATE: Mapping[str, _Getter] = {
    "year": lambda day: Decimal(day.year),
    "month": lambda day: Decimal(day.month),
    "day": lambda day: Decimal(day.day),
    "weekday": lambda day: Decimal(weekday(day)),
}
_DATE_AS_MOMENT: Mapping[str, _Getter] = {
    "hour": lambda _: Decimal(0),
    "minute": lambda _: Decimal(0),
    "second": lambda _: Decimal(0),
    "time offset": lambda _: DaysTimeDuration(0),
    "timezone": lambda _: None,
}
_TIME: Mapping[str, _Getter] = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": lambda time: Decimal(time.second),
    "timezone": lambda time: time.zone,
}
_DAYS: Mapping[str, _Getter] = {
    "days": lambda span: _unit(span.nanos, DAY_NANOS, None),
    "hours": lambda span: _unit(span.nanos, 3600 * NANOS, 24),
    "minutes": lambda span: _unit(span.nanos, 60 * NANOS, 60),
    "seconds": lambda span: _unit(span.nanos, NANOS, 60),
}
_MONTHS: Mapping[str, _Getter] = {
    "years": lambda span: Decimal(_sign(span.months) * (abs(span.months) // 12)),
    "months": lambda span: Decimal(_sign(span.months) * (abs(span.months) % 12)),
}
_RANGE: Mapping[str, _Getter] = {
    "start": lambda span: span.low,
    "end": lambda span: span.high,
    "start included": lambda span: span.low_included,
    "end included": lambda span: span.high_included,
}


def _of_moment(moment: FeelDateTime, name: str) -> object:
    if name in _DATE:
        return _DATE[name](moment.day)
    if name == "time offset":
        return _offset(offset_of(moment.day, moment.time))
    return _TIME[name](moment.time) if name in _TIME else None


def _of_time(time: FeelTime, name: str) -> object:
    if name == "time offset":
        return _offset(time_offset(time))
    return _TIME[name](time) if name in _TIME else None


def _of_date(day: object, name: str) -> object:
    getter = _DATE.get(name) or _DATE_AS_MOMENT.get(name)
    return getter(day) if getter else None


def _of_table(table: Mapping[str, _Getter]) -> Callable[[object, str], object]:
    return lambda value, name: table[name](value) if name in table else None


_READERS: dict[type, Callable[..., object]] = {
    dict: lambda context, name: context.get(name),
    date: _of_date,
    FarDate: _of_date,
    FeelDateTime: _of_moment,
    FeelTime: _of_time,
    DaysTimeDuration: _of_table(_DAYS),
    YearsMonthsDuration: _of_table(_MONTHS),
    Range: _of_table(_RANGE),
}


_NAMES: dict[type, frozenset[str]] = {
    date: frozenset({*_DATE, *_DATE_AS_MOMENT}),
    FarDate: frozenset({*_DATE, *_DATE_AS_MOMENT}),
    FeelDateTime: frozenset({*_DATE, *_TIME, "time offset"}),
    FeelTime: frozenset({*_TIME, "time offset"}),
    DaysTimeDuration: frozenset(_DAYS),
    YearsMonthsDuration: frozenset(_MONTHS),
    Range: frozenset(_RANGE),
}


def has_property(value: object, name: str) -> bool:
    """Is there such a property or entry, though its value may be null: an open end, a time without a zone?"""
    if isinstance(value, dict):
        return name in value
    return name in _NAMES.get(type(value), ())


def get_property(value: object, name: str) -> object:
    """``value.name``; over a list, the property of every element; null when there is none."""
    if isinstance(value, list):
        return [get_property(each, name) for each in value]
    reader = _READERS.get(type(value))
    return None if reader is None else reader(value, name)
