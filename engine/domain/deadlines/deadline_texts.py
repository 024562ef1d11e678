"""The sentences of a deadline: each step of the counting with its days; their words stand in `deadline.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from engine.domain.clock import local, local_day
from engine.domain.deadlines.calendar import day_label
from engine.domain.text import Text
from engine.domain.texts import office_text


def limit_label(qty: int, unit: str) -> Text:
    """A time limit as a procedure page says it."""
    if unit == "in_day":
        return office_text("deadline.limit.in_day")
    form = ".one" if qty == 1 else ""
    return office_text(f"deadline.limit.{unit}{form}", qty=Text(f"{qty:02d}", str(qty)))


def moment(at: datetime) -> Text:
    """ "10:00 thứ Sáu 26/04/2024"."""
    return office_text("deadline.moment", time=f"{local(at):%H:%M}", day=day_label(local_day(at)))


def accepted(at: datetime) -> Text:
    """When the clock started."""
    return office_text("deadline.accepted", when=moment(at))


def after_15h(at: datetime, moved: date) -> Text:
    """The 15:00 rule moved the first day."""
    return office_text("deadline.after_15h", time=f"{local(at):%H:%M}", day=day_label(moved))


def counted_working_days(qty: int, after: date) -> Text:
    """Working days are counted from the day after."""
    return office_text("deadline.counted.working_days", qty=qty, start=day_label(after))


def counted_days(qty: int, after: date, raw: date) -> Text:
    """Calendar days are counted from the day after."""
    return office_text("deadline.counted.days", qty=qty, start=day_label(after), end=day_label(raw))


def counted_months(qty: int, after: date, raw: date) -> Text:
    """Months end on the day of the same number, or the last day of the month."""
    return office_text("deadline.counted.months", qty=qty, start=day_label(after), end=day_label(raw))


def counted_minutes(minutes: int, start: datetime) -> Text:
    """Office hours run from an instant."""
    return office_text("deadline.counted.minutes", length=_length(minutes), when=moment(start))


def in_day(day: date) -> Text:
    """A procedure settled within the day."""
    return office_text("deadline.in_day", day=day_label(day))


def rolled(raw: date, last: date) -> Text:
    """The last day is no working day."""
    return office_text("deadline.rolled", start=day_label(raw), end=day_label(last))


def holidays_skipped(days: Sequence[tuple[date, Text]]) -> Text:
    """Weekday holidays that were left out, with their names."""
    vi = "; ".join(f"{on:%d/%m/%Y} ({name.vi})" for on, name in days)
    en = "; ".join(f"{on:%d/%m/%Y} ({name.en})" for on, name in days)
    return office_text("deadline.holidays_skipped", days=Text(vi, en))


def saturday_worked(on: date, instead_of: date, source: str) -> Text:
    """A Saturday that counts because it makes up for an exchanged day off."""
    label = day_label(on)
    begun = Text(f"{label.vi[0].upper()}{label.vi[1:]}", label.en)
    return office_text("deadline.saturday_worked", day=begun, instead_of=f"{instead_of:%d/%m/%Y}", source=source)


def restarted(asked: datetime, answered: datetime) -> Text:
    """The limit counts anew after a supplement."""
    return office_text("deadline.restarted", start=moment(asked), end=moment(answered))


def paused_days(asked: datetime, answered: datetime, used: int, left: int) -> Text:
    """Working days used before a pause and left after it."""
    days = (office_text("deadline.length.days", days=number) for number in (used, left))
    return _paused(asked, answered, *days)


def paused_minutes(asked: datetime, answered: datetime, used: int, left: int) -> Text:
    """Office minutes used before a pause and left after it."""
    return _paused(asked, answered, _length(used), _length(left))


def paused_calendar(asked: datetime, answered: datetime, waited: int, raw: date) -> Text:
    """Calendar days of waiting that are not counted."""
    return office_text(
        "deadline.paused.calendar",
        start=day_label(local_day(asked)),
        end=day_label(local_day(answered)),
        waited=waited,
        until=day_label(raw),
    )


def waiting() -> Text:
    """The clock stands still."""
    return office_text("deadline.waiting")


def forecast(year: int) -> Text:
    """The holidays of that year are not published yet."""
    return office_text("deadline.forecast", year=year)


def due(at: datetime) -> Text:
    """The result."""
    return office_text("deadline.due", when=moment(at))


def _paused(asked: datetime, answered: datetime, used: Text, left: Text) -> Text:
    return office_text("deadline.paused", start=moment(asked), end=moment(answered), used=used, left=left)


def _length(minutes: int) -> Text:
    hours, rest = divmod(minutes, 60)
    if not rest:
        return office_text("deadline.length.hours", hours=hours)
    return office_text("deadline.length.minutes", hours=hours, minutes=rest)
