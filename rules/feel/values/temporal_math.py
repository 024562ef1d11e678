"""Adding, subtracting and multiplying dates, times and durations; None where FEEL gives null."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from rules.feel.values.temporal import (
    AnyDate,
    FarDate,
    FeelDateTime,
    FeelTime,
    at_midnight,
    epoch_day,
    find_zone,
    from_epoch_day,
    from_local_nanos,
    instant_nanos,
    local_nanos,
    make_date,
    month_length,
    offset_of,
    time_from_nanos,
    time_offset,
)
from rules.feel.values.values import DAY_NANOS, NANOS, DaysTimeDuration, YearsMonthsDuration

Duration = DaysTimeDuration | YearsMonthsDuration
_MAX_NANOS = 10**9 * 366 * DAY_NANOS
_MAX_MONTHS = 12 * 10**10
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_SECOND, _LAST_SECOND = -62_000_000_000, 253_300_000_000  # well within the years Python knows


def is_date(value: object) -> bool:
    """A date without time."""
    return isinstance(value, (date, FarDate))


def days_time(nanos: int) -> DaysTimeDuration | None:
    """A duration, or None when it is beyond the calendar."""
    return DaysTimeDuration(nanos) if abs(nanos) <= _MAX_NANOS else None


def years_months(months: int) -> YearsMonthsDuration | None:
    """A duration, or None when it is beyond the calendar."""
    return YearsMonthsDuration(months) if abs(months) <= _MAX_MONTHS else None


def add(left: object, right: object) -> object:
    """``left + right`` where at least one is a duration."""
    if isinstance(left, DaysTimeDuration) and isinstance(right, DaysTimeDuration):
        return days_time(left.nanos + right.nanos)
    if isinstance(left, YearsMonthsDuration) and isinstance(right, YearsMonthsDuration):
        return years_months(left.months + right.months)
    if isinstance(right, (DaysTimeDuration, YearsMonthsDuration)):
        return shift(left, right)
    if isinstance(left, (DaysTimeDuration, YearsMonthsDuration)):
        return shift(right, left)
    return None


def subtract(left: object, right: object) -> object:
    """``left - right``: a duration between two points, or a point moved back."""
    if isinstance(right, DaysTimeDuration):
        return add(left, DaysTimeDuration(-right.nanos))
    if isinstance(right, YearsMonthsDuration):
        return add(left, YearsMonthsDuration(-right.months))
    if isinstance(left, FeelTime) and isinstance(right, FeelTime):
        return _between_times(left, right)
    if is_date(left) and is_date(right):
        return days_time((epoch_day(left) - epoch_day(right)) * DAY_NANOS)  # type: ignore[arg-type]  # is_date says so
    return _between_moments(_moment(left), _moment(right))


def _moment(value: object) -> FeelDateTime | None:
    if isinstance(value, (date, FarDate)):
        return at_midnight(value)
    return value if isinstance(value, FeelDateTime) else None


def _between_moments(left: FeelDateTime | None, right: FeelDateTime | None) -> DaysTimeDuration | None:
    if left is None or right is None:
        return None
    (left_nanos, left_known), (right_nanos, right_known) = instant_nanos(left), instant_nanos(right)
    return days_time(left_nanos - right_nanos) if left_known == right_known else None


def _between_times(left: FeelTime, right: FeelTime) -> DaysTimeDuration | None:
    left_offset, right_offset = time_offset(left), time_offset(right)
    if (left_offset is None) != (right_offset is None):
        return None
    shift_seconds = (left_offset or 0) - (right_offset or 0)
    return days_time(left.nanos_of_day - right.nanos_of_day - shift_seconds * NANOS)


def shift(point: object, duration: Duration) -> object:
    """A date, time or moment moved by a duration."""
    if isinstance(point, FeelTime):
        if not isinstance(duration, DaysTimeDuration):
            return None
        return time_from_nanos(point.nanos_of_day + duration.nanos, point.offset, point.zone)
    if isinstance(point, (date, FarDate)):
        return _shift_date(point, duration)
    return _shift_moment(point, duration) if isinstance(point, FeelDateTime) else None


def _shift_date(day: AnyDate, duration: Duration) -> AnyDate | None:
    if isinstance(duration, YearsMonthsDuration):
        return add_months(day, duration.months)
    return from_epoch_day((epoch_day(day) * DAY_NANOS + duration.nanos) // DAY_NANOS)


def _shift_moment(moment: FeelDateTime, duration: Duration) -> FeelDateTime | None:
    if isinstance(duration, YearsMonthsDuration):
        day = add_months(moment.day, duration.months)
        return None if day is None else FeelDateTime(day, replace(moment.time, fold=0))
    time = moment.time
    if time.zone is None:
        return from_local_nanos(local_nanos(moment) + duration.nanos, time.offset, None)
    # With a zone the clock may jump (summer time): move along the instants, then read the wall clock.
    instant = instant_nanos(moment)[0] + duration.nanos
    return in_zone(instant, time.zone)


def in_zone(instant: int, zone: str) -> FeelDateTime | None:
    """What the wall clock of a zone shows at an instant (nanoseconds since 1970 UTC)."""
    found = find_zone(zone)
    if found is None:
        return None
    seconds = instant // NANOS
    if _FIRST_SECOND < seconds < _LAST_SECOND:
        local = (_EPOCH + timedelta(seconds=seconds)).astimezone(found)
        offset = int((local.utcoffset() or timedelta(0)).total_seconds())
        return from_local_nanos(instant + offset * NANOS, None, zone, local.fold)
    guess = from_local_nanos(instant, None, zone)
    for _ in range(2):
        if guess is None:
            return None
        offset = offset_of(guess.day, guess.time) or 0
        guess = from_local_nanos(instant + offset * NANOS, None, zone)
    return guess


def add_months(day: AnyDate, months: int) -> AnyDate | None:
    """The same day months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if abs(year) > 10**9:
        return None
    return make_date(year, month + 1, min(day.day, month_length(year, month + 1)))


def multiply(left: object, right: object) -> object:
    """Duration × number, either way round."""
    if isinstance(left, Decimal):
        left, right = right, left
    if not isinstance(right, Decimal) or not right.is_finite():
        return None
    if isinstance(left, DaysTimeDuration):
        return days_time(int(Decimal(left.nanos) * right))
    if isinstance(left, YearsMonthsDuration):
        return years_months(int(Decimal(left.months) * right))
    return None


def divide(left: object, right: object) -> object:
    """Duration ÷ number, or how often one duration fits into another of its kind."""
    if isinstance(right, Decimal):
        return _divide(left, right) if right else None
    if isinstance(left, DaysTimeDuration) and isinstance(right, DaysTimeDuration):
        return Decimal(left.nanos) / right.nanos if right.nanos else None
    if isinstance(left, YearsMonthsDuration) and isinstance(right, YearsMonthsDuration):
        return Decimal(left.months) / right.months if right.months else None
    return None


def _divide(left: object, right: Decimal) -> object:
    if isinstance(left, DaysTimeDuration):
        return days_time(int(Decimal(left.nanos) / right))
    if isinstance(left, YearsMonthsDuration):
        return years_months(int(Decimal(left.months) / right))
    return None


def months_between(start: AnyDate, end: AnyDate) -> int:
    """Whole months from start to end, towards zero."""
    if epoch_day(end) < epoch_day(start):
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if end.day < start.day else months
