"""Durations in office time: three working days, four working hours, by the office's own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol

from engine.workflow.errors import ElementFault
from engine.workflow.expressions.iso8601 import OFFICE_ZONE, parts_of

MAX_DAYS = 2_000
MAX_MINUTES = 200_000


class OfficeCalendar(Protocol):
    """What this floor needs of the work calendar; the platform hands in its own."""

    def add_working_days(self, on: date, count: int) -> date:
        """The count-th working day after a day, which itself is never counted."""

    def closing(self, on: date) -> datetime:
        """The instant offices close on that day."""

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """The instant at which so many minutes of office hours have passed."""


def working_due(duration: str, at: datetime, calendar: OfficeCalendar | None) -> datetime:
    """Compute when an ISO duration of office time is over.

    Days are working days, the first not counted, and end when offices close (Civil Code 2015, Article 147);
    a week is five of them. Hours and minutes are office hours. Months have no office time and are refused.
    """
    if calendar is None:
        raise ElementFault(
            "calendar_missing",
            "thời hạn tính theo giờ làm việc nhưng chưa có lịch làm việc.",
            "the timer counts office time, but there is no work calendar.",
        )
    part = parts_of(duration)
    days = 5 * int(part.get("weeks", 0)) + int(part.get("days", 0))
    minutes = 60 * int(part.get("hours", 0)) + int(part.get("minutes", 0))
    unfit = part.keys() & {"years", "months", "seconds"} or duration.strip().startswith("-")
    if unfit or days > MAX_DAYS or minutes > MAX_MINUTES:
        raise ElementFault(
            "office_time_unclear",
            f"thời hạn «{duration[:40]}» không tính được theo giờ làm việc; dùng tuần, ngày, giờ, phút.",
            f"“{duration[:40]}” cannot be counted in office time; use weeks, days, hours, minutes.",
        )
    moment = at
    if days:
        local = at.astimezone(OFFICE_ZONE).date()
        moment = calendar.closing(calendar.add_working_days(local, days))
    if minutes:
        moment = calendar.add_working_minutes(moment, minutes)
    return moment.astimezone(UTC)
