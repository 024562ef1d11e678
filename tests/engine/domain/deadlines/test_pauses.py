"""What is not counted is a union of times; no answer is due before it was possible; the command asks for all of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.cli import main
from engine.domain.clock import local
from engine.domain.deadlines import DeadlinePolicy, Pause, TimeLimit, WorkCalendar, due_at

VN = WorkCalendar.load(Path(__file__).parents[4] / "processes" / "_calendars" / "vn.yaml")
TZ = ZoneInfo("Asia/Ho_Chi_Minh")
PAUSE = DeadlinePolicy("pause")
LATE = DeadlinePolicy("pause", after_15h=True)
UNITS = ["working_day", "day", "hour", "month", "in_day"]


def at(text):
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=TZ)


def due(limit, *stops, accepted="04/03/2024 09:00", policy=PAUSE):
    pauses = [Pause(at(start), at(end), excluded=bool(kind)) for start, end, *kind in stops]
    return local(due_at(VN, TimeLimit(*limit), at(accepted), policy, pauses).due_at).strftime("%d/%m/%Y %H:%M")


TEN = (10, "working_day")
ONE = ("06/03/2024 09:00", "11/03/2024 09:00")


@pytest.mark.parametrize(
    ("limit", "alone"),
    [(TEN, "21/03/2024 17:00"), ((10, "day"), "19/03/2024 17:00"), ((80, "hour"), "21/03/2024 09:00")],
)
@pytest.mark.parametrize(
    "others",
    [
        [("06/03/2024 09:00", "11/03/2024 09:00", "x")],
        [("07/03/2024 09:00", "08/03/2024 09:00", "x")],
        [("06/03/2024 09:00", "08/03/2024 09:00", "x"), ("07/03/2024 10:00", "11/03/2024 09:00", "x")],
        [("06/03/2024 10:00", "06/03/2024 11:00"), ("07/03/2024 10:00", "10/03/2024 09:00")],
    ],
)
def test_nested_and_overlapping_times_count_once(limit, alone, others):
    assert due(limit, ONE) == alone
    assert due(limit, ONE, *others) == alone
    assert due(limit, *others, ONE) == alone


def test_overlapping_times_count_to_their_end():
    assert due(TEN, ONE, ("08/03/2024 09:00", "13/03/2024 09:00", "x")) == due(
        TEN, ("06/03/2024 09:00", "13/03/2024 09:00", "x")
    )


@pytest.mark.parametrize("unit", UNITS)
def test_a_time_begun_before_acceptance_counts_from_acceptance(unit):
    limit = (1 if unit == "month" else 3, unit)
    early = due(limit, ("28/02/2024 09:00", "07/03/2024 09:00", "x"))
    assert early == due(limit, ("04/03/2024 09:00", "07/03/2024 09:00", "x"))
    assert early > due(limit)
    assert due(limit, ("28/02/2024 09:00", "01/03/2024 09:00", "x")) == due(limit)


def test_an_answer_after_the_office_closed_is_never_late_at_once():
    asked = "18/03/2024 09:00"  # the last day of ten
    assert due(TEN, (asked, "20/03/2024 16:59")) == "20/03/2024 17:00"
    assert due(TEN, (asked, "20/03/2024 17:00")) == "21/03/2024 17:00"
    assert due(TEN, (asked, "20/03/2024 18:30")) == "21/03/2024 17:00"
    assert due((4, "hour"), ("04/03/2024 15:00", "06/03/2024 20:00")) == "07/03/2024 07:00"
    assert due((2, "day"), ("06/03/2024 09:00", "08/03/2024 19:00")) == "11/03/2024 17:00"


def test_the_fifteen_hour_rule_is_asked_after_an_answer_too():
    assert due(TEN, ("06/03/2024 09:00", "11/03/2024 15:01"), policy=LATE) == "22/03/2024 17:00"
    assert due(TEN, ("06/03/2024 09:00", "11/03/2024 15:00"), policy=LATE) == "21/03/2024 17:00"
    assert due(TEN, ("06/03/2024 09:00", "11/03/2024 15:01", "x"), policy=LATE) == "21/03/2024 17:00"
    assert due((8, "hour"), ("04/03/2024 11:00", "06/03/2024 16:00"), policy=LATE) == "07/03/2024 15:00"
    assert due((5, "day"), ("06/03/2024 09:00", "07/03/2024 16:00"), policy=LATE) == "11/03/2024 17:00"


def test_time_the_law_leaves_out_never_counts_anew():
    anew = DeadlinePolicy("restart")
    assert due(TEN, (*ONE, "x"), policy=anew) == "21/03/2024 17:00"
    assert due(TEN, ONE, policy=anew) == "25/03/2024 17:00"
    assert due(TEN, ONE, ("12/03/2024 09:00", "14/03/2024 09:00", "x"), policy=anew) == "27/03/2024 17:00"
    assert due(TEN, ONE, ("05/03/2024 09:00", "12/03/2024 09:00"), policy=anew) == "26/03/2024 17:00"


START = datetime(2024, 1, 2, 2, 0, tzinfo=UTC)
SPANS = st.tuples(st.integers(-5_000, 20_000), st.integers(0, 9_000), st.booleans())


@settings(deadline=None)
@given(st.lists(SPANS, max_size=4), st.sampled_from(UNITS), st.integers(1, 12), st.booleans(), st.randoms())
def test_cut_and_doubled_times_are_the_same_times(spans, unit, qty, late, chance):
    policy = DeadlinePolicy("pause", after_15h=late)
    pauses = [
        Pause(START + timedelta(minutes=begin), START + timedelta(minutes=begin + length), excluded)
        for begin, length, excluded in spans
    ]
    cut = []
    for pause in pauses:
        middle = pause.from_at + (pause.to_at - pause.from_at) / 2
        cut += [Pause(pause.from_at, middle, True), Pause(middle, pause.to_at, pause.excluded), pause]
    chance.shuffle(cut)
    limit = TimeLimit(qty, unit)
    whole = due_at(VN, limit, START, policy, pauses).due_at
    assert due_at(VN, limit, START, policy, cut).due_at == whole
    assert whole >= due_at(VN, limit, START, policy).due_at
    until = [
        pause.to_at for pause in pauses if pause.to_at > START and pause.from_at <= due_at(VN, limit, START).due_at
    ]
    if len(pauses) == 1 and until and unit in ("working_day", "hour"):
        assert whole >= max(until)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["10wd", "--on-supplement", "pause", "--supplement", "2024-03-06T09:00/2024-03-11T09:00"], "21/03/2024 17:00"),
        (["10wd", "--supplement", "2024-03-06T09:00/2024-03-11T09:00"], "25/03/2024 17:00"),
        (["10wd", "--exclude", "2024-03-06T09:00/2024-03-11T09:00"], "21/03/2024 17:00"),
        (
            ["10wd", "--exclude", "2024-03-06T09:00/2024-03-11T09:00", "--exclude", "2024-03-07/2024-03-08"],
            "21/03/2024 17:00",
        ),
        (["10wd", "--supplement", "2024-03-06T09:00/"], "18/03/2024 17:00"),
        (["2m"], "04/05/2024 17:00"),
        (["2m", "--exclude", "2024-03-06/2024-03-10"], "08/05/2024 17:00"),
        (["4h"], "04/03/2024 15:00"),
        (["10d"], "14/03/2024 17:00"),
        (["in_day"], "04/03/2024 17:00"),
    ],
)
def test_the_command_takes_every_unit_and_pause(words, first, capsys):
    assert main(["deadline", "2024-03-04T09:00", *words]) == 0
    assert capsys.readouterr().out.splitlines()[0] == first


@pytest.mark.parametrize(
    "words",
    [
        ["9999-12-30", "3wd"],
        ["0001-01-01", "3wd"],
        ["2024-03-04T09:00", "3w"],
        ["2024-03-04T09:00", "3wd", "--supplement", "2024-03-06"],
        ["2024-03-04T09:00", "3wd", "--exclude", "2024-03-06/"],
        ["2024-03-04T09:00", "3wd", "--exclude", "2024-03-06/2024-03-05"],
        ["2024-03-04T09:00", "3wd", "--exclude", "mai/mốt"],
    ],
)
def test_what_cannot_be_counted_is_said(words, capsys):
    assert main(["deadline", *words]) == 2
    told = capsys.readouterr().err
    assert told.startswith("✗ ")
    assert "ngoài dự kiến" not in told
