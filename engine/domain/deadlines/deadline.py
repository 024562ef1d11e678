"""Thời hạn giải quyết: when a result is due, and the sentences that say why."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from engine.domain.clock import local, local_day
from engine.domain.deadlines import deadline_texts as words
from engine.domain.deadlines.calendar import WorkCalendar
from engine.domain.text import Text

Unit = Literal["working_day", "day", "hour", "month", "in_day"]
UNITS: tuple[Unit, ...] = ("working_day", "day", "hour", "month", "in_day")
Supplement = Literal["restart", "pause"]
CUTOFF = time(15, 0)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A published time limit: `qty` of `unit` (working hours for "hour"; "in_day" has no quantity)."""

    qty: int
    unit: Unit

    def label(self) -> Text:
        """As a procedure page says it: "3 ngày làm việc"."""
        return words.limit_label(self.qty, self.unit)


@dataclass(frozen=True, slots=True)
class DeadlinePolicy:
    """How a procedure counts.

    `supplement`: "restart" counts anew after a full supplement (NĐ 61/2018/NĐ-CP Điều 19 khoản 4), "pause"
    only leaves the waiting out. `after_15h`: a dossier accepted after 15:00 counts as accepted on the next
    working day.
    """

    supplement: Supplement = "restart"
    after_15h: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """A time during which the office waits for the citizen; `to_at` None while it still waits.

    An `excluded` one is time that the law leaves out for another reason (a public posting, a financial obligation):
    it never lets the limit count anew, and its end is no filing.
    """

    from_at: datetime
    to_at: datetime | None
    excluded: bool = False


class Stop(NamedTuple):
    """A stretch that is not counted: pauses that overlap or touch; `answered` by the citizen at its end."""

    asked: datetime
    end: datetime
    answered: bool


class Deadline(NamedTuple):
    """The due instant (UTC) and its reasons, one sentence each."""

    due_at: datetime
    trace: tuple[Text, ...]


@dataclass
class _Count:
    """One calculation under way."""

    calendar: WorkCalendar
    limit: TimeLimit
    policy: DeadlinePolicy
    trace: list[Text] = field(default_factory=list)

    def say(self, *sentences: Text) -> None:
        self.trace.extend(sentences)


def due_at(
    calendar: WorkCalendar,
    limit: TimeLimit,
    accepted_at: datetime,
    policy: DeadlinePolicy | None = None,
    pauses: Sequence[Pause] = (),
) -> Deadline:
    """When the result is due, with the trace of how that follows.

    Day limits end with the office hours of their last day and do not count the first day (Bộ luật Dân sự
    2015 Điều 147–148); hour limits run through office hours from the minute of acceptance. Pauses count as the
    union of their times, from acceptance on. A supplement asked before acceptance lets nothing count anew. While a
    pause is open, the answer is the deadline as of before it.
    """
    count = _Count(calendar, limit, policy or DeadlinePolicy())
    count.say(words.accepted(accepted_at))
    if any(pause.to_at is None for pause in pauses):
        count.say(words.waiting())
    start, left = _start(count, accepted_at, pauses)
    due = _COUNT_PAUSED[limit.unit](count, start, _union(start, left))
    if calendar.is_forecast(local_day(due)):
        count.say(words.forecast(local_day(due).year))
    count.say(words.due(due))
    return Deadline(due.astimezone(UTC), tuple(count.trace))


def step_due_at(calendar: WorkCalendar, opened_at: datetime, hours: int) -> datetime:
    """When one step limited to `hours` working hours should be done."""
    return calendar.add_working_minutes(opened_at, hours * 60).astimezone(UTC)


def _start(count: _Count, accepted_at: datetime, pauses: Sequence[Pause]) -> tuple[datetime, list[Pause]]:
    """Where counting begins, and the pauses that are left out after it: an answered supplement may begin anew."""
    if count.policy.supplement != "restart":
        return accepted_at, list(pauses)
    supplements = [
        (pause.to_at, pause) for pause in pauses if pause.to_at and not pause.excluded and pause.from_at >= accepted_at
    ]
    excluded = [pause for pause in pauses if pause.excluded]
    if not supplements:
        return accepted_at, excluded
    answered, last = max(supplements, key=lambda one: one[0])
    count.say(words.restarted(last.from_at, answered))
    return answered, excluded


def _union(start: datetime, pauses: Sequence[Pause]) -> list[Stop]:
    """The times left out from `start` on, each instant once."""
    found: list[Stop] = []
    for pause in sorted(pauses, key=lambda one: one.from_at):
        if pause.to_at is None or pause.to_at <= max(start, pause.from_at):
            continue
        one = Stop(max(pause.from_at, start), pause.to_at, not pause.excluded)
        if found and one.asked <= found[-1].end:
            last = max(found[-1], one, key=lambda stop: (stop.end, stop.answered))
            found[-1] = Stop(found[-1].asked, last.end, last.answered)
        else:
            found.append(one)
    return found


def _working_days(count: _Count, start: datetime, stops: list[Stop]) -> datetime:
    day, left, after = _first_day(count, start), count.limit.qty, start
    for stop in stops:
        used = count.calendar.working_days_between(day, local_day(stop.asked))
        if used > left:
            break
        left -= used
        day, after = max(day, _day_after(count, stop)), stop.end
        count.say(words.paused_days(stop.asked, stop.end, used, left))
    last = count.calendar.add_working_days(day, left) if left else _open_after(count, day, after)
    count.say(words.counted_working_days(left, day), *_skipped(count, day, last))
    return count.calendar.closing(last)


def _day_after(count: _Count, stop: Stop) -> date:
    """The day a stop ends on, which is not counted; an answer after 15:00 is one of the next working day."""
    return _first_day(count, stop.end) if stop.answered else local_day(stop.end)


def _open_after(count: _Count, day: date, after: datetime) -> date:
    """The first working day from `day` on whose office hours end after that instant: nothing is due before."""
    last = count.calendar.working_on_or_after(day)
    return last if count.calendar.closing(last) > after else count.calendar.next_working(last)


def _calendar_days(count: _Count, start: datetime, stops: list[Stop]) -> datetime:
    day = _first_day(count, start)
    raw = day + timedelta(days=count.limit.qty)
    count.say(words.counted_days(count.limit.qty, day, raw))
    return _rolled(count, raw, (day, start), stops)


def _months(count: _Count, start: datetime, stops: list[Stop]) -> datetime:
    day = _first_day(count, start)
    year, month = divmod(day.year * 12 + day.month - 1 + count.limit.qty, 12)
    raw = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    count.say(words.counted_months(count.limit.qty, day, raw))
    return _rolled(count, raw, (day, start), stops)


def _rolled(count: _Count, raw: date, begun: tuple[date, datetime], stops: list[Stop]) -> datetime:
    """Leave the waiting out, then move a last day that is no working day to the next one."""
    first, after = begun
    for stop in stops:
        if local_day(stop.asked) <= raw:
            until = _day_after(count, stop)
            waited = max((until - max(local_day(stop.asked), first)).days, 0)
            raw, after = raw + timedelta(days=waited), stop.end
            count.say(words.paused_calendar(stop.asked, stop.end, waited, raw))
    last = _open_after(count, raw, after)
    if last != raw:
        count.say(words.rolled(raw, last), *_skipped(count, raw - timedelta(days=1), last))
    return count.calendar.closing(last)


def _in_day(count: _Count, start: datetime, stops: list[Stop]) -> datetime:
    day = count.calendar.working_on_or_after(_first_day(count, start))
    for stop in stops:
        if local_day(stop.asked) <= day <= local_day(stop.end):
            day = max(day, _open_after(count, _day_after(count, stop), stop.end))
            count.say(words.paused_calendar(stop.asked, stop.end, (day - local_day(stop.asked)).days, day))
    count.say(words.in_day(day), *_skipped(count, local_day(start), day))
    return count.calendar.closing(day)


def _hours(count: _Count, start: datetime, stops: list[Stop]) -> datetime:
    left = count.limit.qty * 60
    if _is_late(count, start):
        start = count.calendar.opening(_first_day(count, start))
    for stop in stops:
        used = count.calendar.working_minutes_between(start, stop.asked)
        if used > left:
            break
        left -= used
        late = stop.answered and _is_late(count, stop.end)
        start = max(count.calendar.opening(_first_day(count, stop.end)) if late else stop.end, start)
        count.say(words.paused_minutes(stop.asked, stop.end, used, left))
    due = count.calendar.add_working_minutes(start, left)
    count.say(words.counted_minutes(left, start), *_skipped(count, local_day(start), local_day(due)))
    return due


_COUNT_PAUSED = {
    "working_day": _working_days,
    "day": _calendar_days,
    "hour": _hours,
    "month": _months,
    "in_day": _in_day,
}


def _is_late(count: _Count, start: datetime) -> bool:
    return count.policy.after_15h and local(start).time() > CUTOFF


def _first_day(count: _Count, start: datetime) -> date:
    """The day of acceptance, which is not counted; after 15:00 it is the next working day."""
    day = local_day(start)
    if not _is_late(count, start):
        return day
    moved = count.calendar.next_working(day)
    count.say(words.after_15h(start, moved))
    return moved


def _skipped(count: _Count, after: date, until: date) -> list[Text]:
    """Name the holidays left out and the Saturdays worked on the way; ordinary weekends go without saying."""
    days = [after + timedelta(days=n) for n in range(1, (until - after).days + 1)]
    holidays = [(on, reason) for on in days if on.weekday() < 5 and (reason := count.calendar.why_off(on))]
    worked = [count.calendar.working_saturdays[on] for on in days if on in count.calendar.working_saturdays]
    sentences = [words.holidays_skipped(holidays)] if holidays else []
    return sentences + [words.saturday_worked(day.on, day.instead_of, day.source) for day in worked]
