"""What must hold for every dossier, whatever day it comes in."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.clock import local, local_day
from engine.domain.deadlines import DeadlinePolicy, Pause, TimeLimit, WorkCalendar, due_at

VN = WorkCalendar.load(Path(__file__).parents[4] / "processes" / "_calendars" / "vn.yaml")
START = datetime(2022, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 1_760 * 24 * 60).map(lambda minute: START + timedelta(minutes=minute))  # to 10/2026
patient = settings(deadline=None)  # the first look at a year without a table takes seconds


def working_days(after, until):
    """Counted one by one, from the table alone."""
    count, day = 0, after
    while day < until:
        day += timedelta(days=1)
        free = day in VN.days_off or (day.weekday() >= 5 and day not in VN.working_saturdays)
        count += not free
    return count


@patient
@given(INSTANTS, st.integers(1, 40))
def test_as_many_working_days_as_promised(accepted, qty):
    due, _ = due_at(VN, TimeLimit(qty, "working_day"), accepted)
    last = local_day(due)
    assert working_days(local_day(accepted), last) == qty
    assert working_days(last - timedelta(days=1), last) == 1
    assert f"{local(due):%H:%M}" == "17:00"


@patient
@given(INSTANTS, st.integers(1, 60))
def test_calendar_days_never_end_on_a_day_off_nor_early(accepted, qty):
    due, _ = due_at(VN, TimeLimit(qty, "day"), accepted)
    raw = local_day(accepted) + timedelta(days=qty)
    assert local_day(due) >= raw
    assert VN.is_working(local_day(due))
    assert working_days(raw - timedelta(days=1), local_day(due)) == 1


@patient
@given(INSTANTS, st.integers(1, 80))
def test_hours_run_only_while_the_office_is_open(accepted, qty):
    due, _ = due_at(VN, TimeLimit(qty, "hour"), accepted)
    assert VN.working_minutes_between(accepted.replace(second=0, microsecond=0), due) in (qty * 60, qty * 60 + 1)


@patient
@given(INSTANTS, st.integers(1, 20), st.integers(0, 30), st.integers(1, 30))
def test_a_supplement_never_makes_the_result_due_earlier(accepted, qty, asked_after, answered_after):
    asked = accepted + timedelta(days=asked_after)
    pause = Pause(asked, asked + timedelta(days=answered_after))
    plain, _ = due_at(VN, TimeLimit(qty, "working_day"), accepted)
    paused, _ = due_at(VN, TimeLimit(qty, "working_day"), accepted, DeadlinePolicy("pause"), [pause])
    restarted, _ = due_at(VN, TimeLimit(qty, "working_day"), accepted, DeadlinePolicy("restart"), [pause])
    assert plain <= paused
    assert paused <= restarted or asked > plain


@patient
@given(INSTANTS, st.sampled_from(["working_day", "day", "in_day", "month"]))
def test_after_fifteen_hours_is_never_earlier(accepted, unit):
    limit = TimeLimit(2, unit)
    assert due_at(VN, limit, accepted).due_at <= due_at(VN, limit, accepted, DeadlinePolicy(after_15h=True)).due_at


def test_tet_is_long():
    assert working_days(date(2026, 2, 13), date(2026, 2, 22)) == 0
