"""Lịch làm việc: which days count, between which hours, and by what document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from engine.domain.clock import VIETNAM
from engine.domain.deadlines.calendar_forecast import forecast_day_off
from engine.domain.text import Text

SATURDAY = 5
_WEEKDAYS = (
    Text("thứ Hai", "Monday"),
    Text("thứ Ba", "Tuesday"),
    Text("thứ Tư", "Wednesday"),
    Text("thứ Năm", "Thursday"),
    Text("thứ Sáu", "Friday"),
    Text("thứ Bảy", "Saturday"),
    Text("Chủ nhật", "Sunday"),
)
_WEEKEND = Text("Nghỉ hằng tuần", "Weekend")


class CalendarError(ValueError):
    """The calendar file cannot be used; the sentence says which entry and why."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which offices are closed although it may be a weekday, with the document that says so."""

    on: date
    name: Text
    source: str
    checked: bool = True


@dataclass(frozen=True, slots=True)
class WorkingSaturday:
    """A Saturday worked to make up for a day off given in exchange."""

    on: date
    instead_of: date
    source: str
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of office hours within a day, in local time."""

    opens: time
    closes: time

    @property
    def minutes(self) -> int:
        """How long it is."""
        return _minute(self.closes) - _minute(self.opens)


DEFAULT_HOURS = (Span(time(7, 0), time(11, 30)), Span(time(13, 30), time(17, 0)))


class WorkCalendar:
    """Working days and hours of state offices; every day in it has a source.

    Years the table does not hold are derived from the statutory holidays and are a forecast:
    `is_forecast` says so, and every deadline trace that touches one repeats it.
    """

    def __init__(
        self,
        days_off: Iterable[DayOff],
        working_saturdays: Iterable[WorkingSaturday] = (),
        hours: Sequence[Span] = DEFAULT_HOURS,
        years: Iterable[int] | None = None,
    ) -> None:
        self.days_off: Mapping[date, DayOff] = {day.on: day for day in days_off}
        self.working_saturdays: Mapping[date, WorkingSaturday] = {day.on: day for day in working_saturdays}
        self.hours = tuple(hours)
        self.years = frozenset(years if years is not None else (on.year for on in self.days_off))

    @classmethod
    def load(cls, path: Path) -> WorkCalendar:
        """Read the YAML table; raises `CalendarError` with a sentence naming the wrong entry."""
        return cls.read(path.read_text(encoding="utf-8"))

    @classmethod
    def read(cls, text: str) -> WorkCalendar:
        """Read the table from YAML text; raises `CalendarError`."""
        data = yaml.safe_load(text)
        if not isinstance(data, dict) or not isinstance(data.get("years"), dict):
            raise CalendarError("Lịch làm việc phải có mục “years” liệt kê ngày nghỉ theo từng năm.")
        days: list[DayOff] = []
        saturdays: list[WorkingSaturday] = []
        for year, entry in data["years"].items():
            days += [_day_off(row, year) for row in entry.get("days_off") or ()]
            saturdays += [_working_saturday(row) for row in entry.get("working_saturdays") or ()]
        hours = [Span(_clock_time(row["opens"]), _clock_time(row["closes"])) for row in data.get("hours") or ()]
        return cls(days, saturdays, hours or DEFAULT_HOURS, data["years"].keys())

    def is_working(self, on: date) -> bool:
        """True when offices work on that day."""
        return self.why_off(on) is None

    def why_off(self, on: date) -> Text | None:
        """Why offices are closed on that day, or None when they work."""
        if on in self.working_saturdays:
            return None
        listed = self.days_off.get(on)
        if listed is not None:
            return listed.name
        if on.weekday() >= SATURDAY:
            return _WEEKEND
        return forecast_day_off(on) if self.is_forecast(on) else None

    def is_forecast(self, on: date) -> bool:
        """True when no published table covers the year: its holidays are only expected."""
        return on.year not in self.years

    def next_working(self, on: date) -> date:
        """The first working day after `on`."""
        on += timedelta(days=1)
        while not self.is_working(on):
            on += timedelta(days=1)
        return on

    def working_on_or_after(self, on: date) -> date:
        """`on` itself when offices work then, else the next working day."""
        return on if self.is_working(on) else self.next_working(on)

    def add_working_days(self, on: date, count: int) -> date:
        """The `count`-th working day after `on`; `on` itself is never counted."""
        for _ in range(count):
            on = self.next_working(on)
        return on

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after `after` up to and including `until`."""
        days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
        return sum(1 for day in days if self.is_working(day))

    def closing(self, on: date) -> datetime:
        """The instant offices close on that day."""
        return datetime.combine(on, self.hours[-1].closes, VIETNAM)

    def opening(self, on: date) -> datetime:
        """The instant offices open on that day."""
        return datetime.combine(on, self.hours[0].opens, VIETNAM)

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """The instant at which `minutes` of office hours have passed since `start`."""
        here = start.astimezone(VIETNAM)
        on, minute = here.date(), here.time()
        while True:
            for begin, end in self._spans_from(on, minute):
                length = int((end - begin).total_seconds() // 60)
                if minutes <= length:
                    return begin + timedelta(minutes=minutes)
                minutes -= length
            on, minute = self.next_working(on), time(0)

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """Minutes of office hours from `start` to `end`; 0 when `end` is not later."""
        here, last = start.astimezone(VIETNAM), end.astimezone(VIETNAM)
        total, on, minute = 0, here.date(), here.time()
        while on <= last.date():
            for begin, close in self._spans_from(on, minute):
                total += max(int((min(close, last) - begin).total_seconds() // 60), 0)
            on, minute = self.next_working(on), time(0)
        return total

    def _spans_from(self, on: date, minute: time) -> list[tuple[datetime, datetime]]:
        """What is left of the office hours of `on`, from local time `minute`."""
        if not self.is_working(on):
            return []
        spans = [(max(span.opens, minute), span.closes) for span in self.hours if span.closes > minute]
        return [(datetime.combine(on, a, VIETNAM), datetime.combine(on, b, VIETNAM)) for a, b in spans]


def day_label(on: date) -> Text:
    """A day as people say it: "thứ Sáu 26/04/2024"."""
    weekday = _WEEKDAYS[on.weekday()]
    return Text(f"{weekday.vi} {on:%d/%m/%Y}", f"{weekday.en} {on:%d/%m/%Y}")


def _day_off(row: Mapping[str, Any], year: int) -> DayOff:
    on = row.get("date")
    if not isinstance(on, date) or on.year != year or not row.get("source"):
        raise CalendarError(f"Ngày nghỉ {on!r} của năm {year}: cần ngày thuộc đúng năm và văn bản nguồn (source).")
    return DayOff(on, Text(row["vi"], row["en"]), row["source"], bool(row.get("checked", True)))


def _working_saturday(row: Mapping[str, Any]) -> WorkingSaturday:
    on = row.get("date")
    if not isinstance(on, date) or on.weekday() < SATURDAY or not row.get("source"):
        raise CalendarError(f"Ngày làm bù {on!r}: phải là ngày nghỉ hằng tuần và có văn bản nguồn (source).")
    return WorkingSaturday(on, row["instead_of"], row["source"], bool(row.get("checked", True)))


def _clock_time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise CalendarError(f"Giờ làm việc {text!r} phải viết dạng “07:00”.") from error


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
