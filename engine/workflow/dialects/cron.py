"""Cron schedules of other engines as cycles of ISO 8601, where one cycle says the same."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

_FIELD: Final = re.compile(r"[\d*?/,LW#A-Za-z-]+")
_DAYS: Final = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_FIRST: Final = date(2024, 1, 1)
"""A Monday long past: a cycle that began then keeps its step, and what has passed does not ring."""


def is_cron(text: str) -> bool:
    """Six or seven fields (with seconds), as Quartz and Spring write them, or a word such as @daily."""
    if text.strip().startswith("@"):
        return True
    fields = text.split()
    return len(fields) in (6, 7) and all(_FIELD.fullmatch(field) for field in fields) and fields[0][0] in "0123456789*"


def cycle_of(text: str) -> str:
    """The cycle that rings at the same times; "" where none does."""
    plain = {"@hourly": "0 0 * * * *", "@daily": "0 0 0 * * *", "@midnight": "0 0 0 * * *"}
    plain |= {"@weekly": "0 0 0 * * SUN", "@monthly": "0 0 0 1 * *", "@yearly": "", "@annually": ""}
    fields = plain.get(text.strip().lower(), text).split()
    if len(fields) == 7 and fields.pop() not in ("*", "?"):
        return ""
    if len(fields) != 6 or fields[4] != "*":
        return ""
    second, minute, hour, day, _, weekday = fields
    if not second.isdigit() or int(second) > 59:
        return ""
    return _within_a_day(second, minute, hour, day, weekday) or _at_a_time(second, minute, hour, day, weekday)


def _within_a_day(second: str, minute: str, hour: str, day: str, weekday: str) -> str:
    if day not in "*?" or weekday not in "*?":
        return ""
    step = re.fullmatch(r"(?:\*|(\d{1,2}))/(\d{1,2})", minute)
    if hour == "*" and minute == "*":
        return _cycle(_FIRST, 0, 0, second, "PT1M")
    if hour == "*" and step and int(step[2]) and 60 % int(step[2]) == 0 and int(step[1] or 0) < int(step[2]):
        return _cycle(_FIRST, 0, int(step[1] or 0), second, f"PT{int(step[2])}M")
    if hour == "*" and minute.isdigit() and int(minute) < 60:
        return _cycle(_FIRST, 0, int(minute), second, "PT1H")
    return ""


def _at_a_time(second: str, minute: str, hour: str, day: str, weekday: str) -> str:
    if not (minute.isdigit() and hour.isdigit() and int(minute) < 60 and int(hour) < 24):
        return ""
    if day in "*?" and weekday in "*?":
        return _cycle(_FIRST, int(hour), int(minute), second, "P1D")
    if day in "*?" and weekday.upper()[:3] in _DAYS and len(weekday) == 3:
        first = _FIRST + timedelta(days=_DAYS.index(weekday.upper()))
        return _cycle(first, int(hour), int(minute), second, "P7D")
    if weekday in "*?" and day.isdigit() and 1 <= int(day) <= 28:
        return _cycle(_FIRST.replace(day=int(day)), int(hour), int(minute), second, "P1M")
    return ""  # a number for a day of the week counts from Sunday in one library and from Monday in another


def _cycle(first: date, hour: int, minute: int, second: str, every: str) -> str:
    return f"R/{first.isoformat()}T{hour:02}:{minute:02}:{int(second):02}/{every}"
