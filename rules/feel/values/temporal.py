"""Dates and times of FEEL. Dates are Python dates; FarDate stands in where Python's calendar ends."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rules.feel.values.values import DAY_NANOS, NANOS

MAX_YEAR = 999_999_999
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, order=True)
class FarDate:
    """A date before year 1 or after year 9999."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        return f"{sign}{abs(self.year):04d}-{self.month:02d}-{self.day:02d}"

    isoformat = __str__


AnyDate = date | FarDate
TODAY: ContextVar[AnyDate | None] = ContextVar("feel_today", default=None)
"""The day of the evaluation under way, when it knows one."""
_NO_DAY = date(2026, 1, 1)  # whose offsets a zone has when nobody says what day it is; those of 1970 are history


@dataclass(frozen=True, slots=True)
class FeelTime:
    """A time of day, with an offset in seconds or a time zone, or neither.

    `fold` is 1 in the hour that a zone's clock goes through a second time in autumn.
    """

    hour: int
    minute: int
    second: int
    nanos: int = 0
    offset: int | None = None
    zone: str | None = None
    fold: int = 0

    @property
    def nanos_of_day(self) -> int:
        """Nanoseconds since midnight, as the clock on the wall shows."""
        return (self.hour * 3600 + self.minute * 60 + self.second) * NANOS + self.nanos

    def __str__(self) -> str:
        text = f"{self.hour:02d}:{self.minute:02d}:{self.second:02d}"
        if self.nanos:
            text += f".{self.nanos:09d}".rstrip("0")
        if self.zone is not None:
            return f"{text}@{self.zone}"
        return text if self.offset is None else text + offset_text(self.offset)


@dataclass(frozen=True, slots=True)
class FeelDateTime:
    """A date and a time of day."""

    day: AnyDate
    time: FeelTime

    def __str__(self) -> str:
        if self.time.fold:  # a zone's name alone would mean the first of the two hours
            return (
                f"{self.day.isoformat()}T{replace(self.time, zone=None, fold=0, offset=offset_of(self.day, self.time))}"
            )
        return f"{self.day.isoformat()}T{self.time}"


def offset_text(seconds: int) -> str:
    """+07:00, or Z."""
    if seconds == 0:
        return "Z"
    hours, rest = divmod(abs(seconds), 3600)
    tail = f":{rest % 60:02d}" if rest % 60 else ""
    return f"{'-' if seconds < 0 else '+'}{hours:02d}:{rest // 60:02d}{tail}"


def month_length(year: int, month: int) -> int:
    """Days of a month in the Gregorian calendar, extended both ways."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _MONTH_DAYS[month - 1]


def make_date(year: int, month: int, day: int) -> AnyDate | None:
    """A date, or None when there is no such day."""
    if not (-MAX_YEAR <= year <= MAX_YEAR and 1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        return None
    return date(year, month, day) if 1 <= year <= 9999 else FarDate(year, month, day)


def epoch_day(day: AnyDate) -> int:
    """Days since 1970-01-01."""
    if isinstance(day, date):
        return day.toordinal() - _EPOCH_ORDINAL
    year = day.year - (day.month <= 2)
    era, of_era = divmod(year, 400)
    of_year = (153 * (day.month + (-3 if day.month > 2 else 9)) + 2) // 5 + day.day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def from_epoch_day(days: int) -> AnyDate | None:
    """The date that many days after 1970-01-01, or None beyond the calendar."""
    ordinal = days + _EPOCH_ORDINAL
    if 1 <= ordinal <= 3_652_059:
        return date.fromordinal(ordinal)
    era, of_era = divmod(days + 719_468, 146_097)
    year_of_era = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month = (5 * of_year + 2) // 153
    day = of_year - (153 * month + 2) // 5 + 1
    month += 3 if month < 10 else -9
    return make_date(year_of_era + era * 400 + (month <= 2), month, day)


def weekday(day: AnyDate) -> int:
    """Monday is 1, Sunday 7."""
    return (epoch_day(day) + 3) % 7 + 1


@lru_cache(maxsize=512)
def find_zone(name: str) -> ZoneInfo | None:
    """A time zone of the tz database, or None."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def offset_of(day: AnyDate, time: FeelTime) -> int | None:
    """Offset from UTC in seconds at that local moment, or None when the time is local."""
    if time.zone is None:
        return time.offset
    zone = find_zone(time.zone)
    if zone is None:
        return None
    year = min(max(day.year, 2), 9998)
    date_of = min(day.day, month_length(year, day.month))
    clock = (time.hour, time.minute, time.second)
    shift = datetime(year, day.month, date_of, *clock, tzinfo=zone, fold=time.fold).utcoffset()
    return None if shift is None else int(shift.total_seconds())


def time_offset(time: FeelTime) -> int | None:
    """Offset of a time alone; where it names a zone, the zone's offset today."""
    if time.zone is None:
        return time.offset
    return offset_of(TODAY.get() or _NO_DAY, time)


def local_nanos(moment: FeelDateTime) -> int:
    """Nanoseconds since 1970 as the wall clock shows."""
    return epoch_day(moment.day) * DAY_NANOS + moment.time.nanos_of_day


def instant_nanos(moment: FeelDateTime) -> tuple[int, bool]:
    """Nanoseconds since 1970 (UTC when the offset is known) and whether it is known."""
    offset = offset_of(moment.day, moment.time)
    return local_nanos(moment) - (offset or 0) * NANOS, offset is not None


def from_local_nanos(nanos: int, offset: int | None, zone: str | None, fold: int = 0) -> FeelDateTime | None:
    """The moment the wall clock shows, or None beyond the calendar."""
    days, rest = divmod(nanos, DAY_NANOS)
    day = from_epoch_day(days)
    return None if day is None else FeelDateTime(day, time_from_nanos(rest, offset, zone, fold))


def time_from_nanos(nanos: int, offset: int | None, zone: str | None, fold: int = 0) -> FeelTime:
    """Time of day from nanoseconds; wraps around midnight."""
    seconds, fraction = divmod(nanos % DAY_NANOS, NANOS)
    return FeelTime(seconds // 3600, seconds // 60 % 60, seconds % 60, fraction, offset, zone, fold)


def from_datetime(moment: datetime) -> FeelDateTime:
    """A Python datetime as FEEL; the zone's name is kept when it has one."""
    shift = moment.utcoffset()
    zone = getattr(moment.tzinfo, "key", None)
    offset = None if shift is None or zone else int(shift.total_seconds())
    clock = (moment.hour, moment.minute, moment.second, moment.microsecond * 1000)
    time = FeelTime(*clock, offset, zone, moment.fold if zone else 0)
    return FeelDateTime(moment.date(), time)


def to_datetime(moment: FeelDateTime) -> datetime | None:
    """A Python datetime (aware when an offset or zone is known), or None beyond Python's calendar."""
    if not isinstance(moment.day, date):
        return None
    time = moment.time
    bare = datetime(
        moment.day.year,
        moment.day.month,
        moment.day.day,
        time.hour,
        time.minute,
        time.second,
        time.nanos // 1000,
        tzinfo=UTC,
    )
    if time.zone is not None:
        return bare.replace(tzinfo=find_zone(time.zone), fold=time.fold)
    if time.offset is None:
        return bare.replace(tzinfo=None)
    try:
        return bare - timedelta(seconds=time.offset)
    except OverflowError:
        return None


MIDNIGHT_UTC = FeelTime(0, 0, 0, 0, 0)


def at_midnight(day: AnyDate) -> FeelDateTime:
    """A date as a date and time: midnight UTC, as the standard converts it."""
    return FeelDateTime(day, MIDNIGHT_UTC)
