"""When a timer is due: ISO 8601 durations, dates and cycles, written plainly or computed by FEEL."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from engine.workflow.errors import ElementFault

OFFICE_ZONE = timezone(timedelta(hours=7))
"""A date without an offset means the office's own time (Vietnam has no other), never the server's."""

_DURATION = re.compile(
    r"(?P<sign>-)?P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d{1,9})?)S)?)?"
)
_CYCLE = re.compile(r"R(?P<times>\d*)/(?P<rest>.+)", re.DOTALL)
SHORTEST = timedelta(seconds=1)
"""A cycle rings no more often: what rings without a pause leaves the timer hand no time for other dossiers."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Cycle:
    """A repetition: how many times (None = without end), from when, and how far apart."""

    times: int | None
    every: str
    first_at: datetime | None = None


def is_literal(expression: str) -> bool:
    """Tell whether the text is ISO 8601 itself rather than FEEL."""
    text = expression.strip()
    return bool(_DURATION.fullmatch(text) or _CYCLE.fullmatch(text) or _DATE.match(text))


def after(duration: str, at: datetime) -> datetime:
    """Add an ISO duration to an instant. Years and months count by the calendar, the day clipped."""
    part = parts_of(duration)
    sign = -1 if duration.strip().startswith("-") else 1
    try:
        moved = _add_months(at, sign * (12 * int(part.get("years", 0)) + int(part.get("months", 0))))
        return moved + sign * timedelta(
            weeks=int(part.get("weeks", 0)),
            days=int(part.get("days", 0)),
            hours=int(part.get("hours", 0)),
            minutes=int(part.get("minutes", 0)),
            seconds=float(part.get("seconds", 0)),
        )
    except (OverflowError, ValueError):
        raise _unreadable(duration) from None


def parts_of(duration: str) -> dict[str, str]:
    """Take an ISO duration apart: years, months, weeks, days, hours, minutes, seconds that are written."""
    text = duration.strip()
    match = _DURATION.fullmatch(text)
    if match is None or text.endswith(("P", "T")):
        raise _unreadable(duration)
    return {key: value for key, value in match.groupdict().items() if value and key != "sign"}


def _add_months(at: datetime, months: int) -> datetime:
    if not months:
        return at
    local = at.astimezone(OFFICE_ZONE)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day).astimezone(UTC)


def instant(text: str) -> datetime:
    """Read an ISO date or date and time; without an offset it is the office's own time."""
    plain, _, zone = text.strip().partition("@")
    try:
        moment = (
            datetime.combine(date.fromisoformat(plain), time())
            if _DATE.fullmatch(plain)
            else datetime.fromisoformat(plain.removesuffix("Z") + ("+00:00" if plain.endswith("Z") else ""))
        )
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(zone) if zone else OFFICE_ZONE)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError, KeyError, OSError):
        raise _unreadable(text) from None


def cycle(text: str) -> Cycle:
    """Read `R3/PT1H`, `R/PT1H` or `R3/2026-01-01T00:00:00Z/PT1H`."""
    match = _CYCLE.fullmatch(text.strip())
    if match is None:
        raise _unreadable(text)
    start, _, every = match["rest"].rpartition("/")
    base = datetime(2000, 1, 1, tzinfo=UTC)
    if after(every, base) < base + SHORTEST:  # it would ring for ever at one instant
        raise _too_often(text)
    times = int(match["times"]) if match["times"] else None
    if times == 0:
        raise _unreadable(text)
    return Cycle(times, every, instant(start) if start else None)


def ring_of(found: Cycle, first: datetime, number: int) -> datetime | None:
    """The instant of a ring, counted from 0 at `first`; None past the end of all calendars.

    Counted from the first one each time: the 31st comes back after a short month, 29 February in a leap year.
    """
    part = parts_of(found.every)
    months = 12 * int(part.get("years", 0)) + int(part.get("months", 0))
    span = timedelta(
        weeks=int(part.get("weeks", 0)),
        days=int(part.get("days", 0)),
        hours=int(part.get("hours", 0)),
        minutes=int(part.get("minutes", 0)),
        seconds=float(part.get("seconds", 0)),
    )
    try:
        return _add_months(first, months * number) + span * number
    except (OverflowError, ValueError):
        return None


def next_ring(found: Cycle, first: datetime, number: int, at: datetime) -> tuple[int, datetime] | None:
    """The earliest ring from this number on that is not before `at`; None when the repetitions are used up.

    Found by halving: a start of long ago costs no more than one of yesterday.
    """
    low, high = number, number + 1
    while (moment := ring_of(found, first, high)) is not None and moment < at:
        low, high = high, 2 * high
    while low < high:
        middle = (low + high) // 2
        moment = ring_of(found, first, middle)
        if moment is not None and moment < at:
            low = middle + 1
        else:
            high = middle
    moment = ring_of(found, first, low)
    used_up = found.times is not None and low >= found.times
    return None if moment is None or used_up else (low, moment)


def due(kind: str, value: object, at: datetime) -> datetime:
    """Compute when a timer that rings once is due, counted from `at`; `value` is text or a FEEL value."""
    text = iso_text(value)
    return instant(text) if _DATE.match(text) else after(text, at)


def iso_text(value: object) -> str:
    """Spell a FEEL duration or date as ISO 8601; a text stays as it is."""
    if isinstance(value, timedelta):
        return f"PT{value.total_seconds():.6f}S" if value >= timedelta() else f"-PT{-value.total_seconds()}S"
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _unreadable(text: str) -> ElementFault:
    shown = " ".join(str(text).split())[:80]
    return ElementFault(
        "timer_unreadable",
        f"Không hiểu thời hạn «{shown}»; cần thời lượng như P1D, PT2H hoặc ngày như 2026-01-31.",
        f"The timer “{shown}” is not understood; write a duration as P1D, PT2H or a date as 2026-01-31.",
    )


def _too_often(text: str) -> ElementFault:
    shown = " ".join(str(text).split())[:80]
    return ElementFault(
        "timer_unreadable",
        f"Chu kỳ «{shown}» lặp dày hơn một giây hoặc không có độ dài.",
        f"The cycle “{shown}” repeats more often than once a second, or has no length.",
    )
