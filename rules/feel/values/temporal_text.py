"""Reads ISO 8601 texts: dates, times, dates with times, durations. Returns None for anything else."""

from __future__ import annotations

import re

from rules.feel.values.temporal import AnyDate, FeelDateTime, FeelTime, epoch_day, find_zone, from_epoch_day, make_date
from rules.feel.values.values import DAY_NANOS, NANOS, DaysTimeDuration, YearsMonthsDuration

_DATE = re.compile(r"(-?)(\d{4}|[1-9]\d{4,8})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,30}))?(?:(Z)|([+-])(\d\d):(\d\d)(?::(\d\d))?|@([A-Za-z0-9_+/~-]{1,64}))?",
    re.ASCII,
)
_DAYS = re.compile(
    r"(-?)P(?:(\d{1,18})D)?(?:T(?:(\d{1,18})H)?(?:(\d{1,18})M)?(?:(\d{1,18})(?:\.(\d{0,30}))?S)?)?", re.ASCII
)
_MONTHS = re.compile(r"(-?)P(?:(\d{1,18})Y)?(?:(\d{1,18})M)?", re.ASCII)


def parse_date(text: str) -> AnyDate | None:
    """2026-03-31; the year may have up to nine digits and a minus."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    sign, year, month, day = match.groups()
    return make_date(-int(year) if sign else int(year), int(month), int(day))


def parse_time(text: str) -> FeelTime | None:
    """13:20:00, with fraction, offset (+07:00, Z) or zone (@Asia/Ho_Chi_Minh)."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3])
    nanos = int((match[4] or "0").ljust(9, "0")[:9])
    if (hour, minute, second, nanos) == (24, 0, 0, 0):
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    zone = match[10]
    if zone is not None and find_zone(zone) is None:
        return None
    try:
        return FeelTime(hour, minute, second, nanos, _offset(match), zone)
    except ValueError:
        return None


def _offset(match: re.Match[str]) -> int | None:
    if match[5]:
        return 0
    if not match[6]:
        return None
    seconds = int(match[7]) * 3600 + int(match[8]) * 60 + int(match[9] or 0)
    if seconds > 18 * 3600 or int(match[8]) > 59:
        raise ValueError("no such offset")
    return -seconds if match[6] == "-" else seconds


def parse_date_time(text: str) -> FeelDateTime | None:
    """2026-03-31T08:00:00+07:00; a date alone is its midnight, with no offset."""
    day_text, separator, time_text = text.partition("T")
    day = parse_date(day_text)
    if day is None:
        return None
    if not separator:
        return FeelDateTime(day, FeelTime(0, 0, 0))
    time = parse_time(time_text)
    next_day = from_epoch_day(epoch_day(day) + 1) if time_text.startswith("24") else day
    return None if time is None or next_day is None else FeelDateTime(next_day, time)


def parse_duration(text: str) -> DaysTimeDuration | YearsMonthsDuration | None:
    """P1Y2M or P3DT4H5M6.7S; a mix of both kinds is no FEEL duration."""
    match = _MONTHS.fullmatch(text)
    if match and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearsMonthsDuration(-months if match[1] else months)
    match = _DAYS.fullmatch(text)
    if match is None or text.endswith(("P", "T")):
        return None
    nanos = int(match[2] or 0) * DAY_NANOS + int(match[3] or 0) * 3600 * NANOS
    nanos += int(match[4] or 0) * 60 * NANOS + int(match[5] or 0) * NANOS
    nanos += int((match[6] or "0").ljust(9, "0")[:9])
    return DaysTimeDuration(-nanos if match[1] else nanos)


def parse_at_literal(text: str) -> object:
    """What @"..." means: the first of date, date and time, time, duration that fits, or None."""
    day = parse_date(text)
    if day is not None:
        return day
    return parse_time(text) or parse_duration(text) or parse_date_time(text)
