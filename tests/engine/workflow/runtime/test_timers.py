"""Timers: durations, dates, cycles, office time; interrupting or beside the work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from office import MORNING, Office, chain, draw

from engine.domain.deadlines import WorkCalendar
from engine.workflow.runner import start
from engine.workflow.spec import check_model, load_process


def test_non_interrupting_timer_rings_once_and_leaves_the_work_open():
    work = Office(
        draw(
            '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/><userTask id="warn"/><endEvent id="we"/>'
            '<boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><timerEventDefinition>'
            "<timeDuration>PT2H</timeDuration></timerEventDefinition></boundaryEvent>"
            + chain("s", "a", "e")
            + chain("b", "warn", "we")
        )
    )
    work.ring("b")
    assert work.tasks == ["a", "warn"]
    assert not work.timers
    assert work.do("a").last.ended is None
    assert work.do("warn").last.ended.kind == "completed"


def test_cycle_on_a_border_rings_as_often_as_it_says():
    work = Office(
        draw(
            '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/><endEvent id="we"/>'
            '<boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><timerEventDefinition>'
            "<timeCycle>R3/P1D</timeCycle></timerEventDefinition></boundaryEvent>"
            + chain("s", "a", "e")
            + chain("b", "we")
        )
    )
    for day in (1, 2, 3):
        assert work.due[work.token(work.timers, "b")] == MORNING + timedelta(days=day)
        work.ring("b")
    assert not work.timers
    assert work.tasks == ["a"]


@pytest.mark.parametrize(
    ("kind", "text", "due"),
    [
        ("timeDuration", "P1D", MORNING + timedelta(days=1)),
        ("timeDuration", "PT90M", MORNING + timedelta(minutes=90)),
        ("timeDuration", 'duration("PT3H")', MORNING + timedelta(hours=3)),
        ("timeDuration", 'duration("P" + string(days) + "D")', MORNING + timedelta(days=3)),
        ("timeDate", "2026-12-31T08:00:00+07:00", datetime(2026, 12, 31, 1, tzinfo=UTC)),
        ("timeDate", "2026-12-31", datetime(2026, 12, 30, 17, tzinfo=UTC)),
        ("timeDate", 'date("2026-12-31")', datetime(2026, 12, 30, 17, tzinfo=UTC)),
        ("timeDate", 'date and time("2026-12-31T08:00:00Z")', datetime(2026, 12, 31, 8, tzinfo=UTC)),
        ("timeDuration", "P1M", datetime(2026, 11, 1, 1, tzinfo=UTC)),
    ],
)
def test_timers_are_absolute_instants(kind, text, due):
    work = Office(
        draw(
            '<startEvent id="s"/><intermediateCatchEvent id="t"><timerEventDefinition>'
            f"<{kind}>{text}</{kind}></timerEventDefinition></intermediateCatchEvent>"
            '<endEvent id="e"/>' + chain("s", "t", "e")
        ),
        days=3,
    )
    assert work.last.timers[0].due_at == due
    assert work.ring("t").last.ended is not None


OFFICE_TIMER = (
    '<startEvent id="s"/><intermediateCatchEvent id="t" motcua:calendar="working"><timerEventDefinition>'
    "<timeDuration>{text}</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    '<endEvent id="e"/>' + chain("s", "t", "e")
)


@pytest.mark.parametrize(
    ("text", "at", "due"),
    [
        ("P3D", datetime(2024, 4, 26, 3, tzinfo=UTC), datetime(2024, 5, 4, 10, tzinfo=UTC)),
        ("PT4H", datetime(2024, 4, 26, 9, tzinfo=UTC), datetime(2024, 5, 2, 3, tzinfo=UTC)),
    ],
)
def test_office_time_knows_holidays_and_working_saturdays(text, at, due):
    spec = load_process(draw(OFFICE_TIMER.format(text=text)))
    calendar = WorkCalendar.load(Path(__file__).parents[4] / "processes" / "_calendars" / "vn.yaml")
    assert start(spec, {}, at, calendar=calendar).timers[0].due_at == due


def test_office_time_without_a_calendar_is_an_incident():
    assert Office(draw(OFFICE_TIMER.format(text="P3D"))).last.incidents[0].code == "calendar_missing"


def cycling(text: str, **variables) -> Office:
    return Office(
        draw(
            '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/><endEvent id="we"/>'
            '<boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><timerEventDefinition>'
            f"<timeCycle>{text}</timeCycle></timerEventDefinition></boundaryEvent>"
            + chain("s", "a", "e")
            + chain("b", "we")
        ),
        **variables,
    )


def rings(work: Office, most: int = 5) -> list[datetime]:
    """The instants at which a cycle rings when each ring comes at its time."""
    found: list[datetime] = []
    while work.timers and len(found) < most:
        found.append(work.due[work.token(work.timers, "b")])
        work.ring("b")
    return found


def days(*offsets: float) -> list[datetime]:
    return [MORNING + timedelta(days=offset) for offset in offsets]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R3/2026-10-05T08:00:00+07:00/P1D", days(4, 5, 6)),
        ("R/2026-09-30T20:00:00+07:00/P1D", days(0.5, 1.5, 2.5, 3.5, 4.5)),
        ("R4/2026-09-30T20:00:00+07:00/P1D", days(0.5, 1.5, 2.5)),
        ("R3/2026-09-01T08:00:00+07:00/P1D", []),
        ("R2/2026-09-30T08:00:00+07:00/P1D", days(0)),
        ("R2/P1D", days(1, 2)),
        ('"R2/2026-10-05T08:00:00+07:00/P" + string(n) + "D"', days(4, 6)),
    ],
)
def test_a_cycle_rings_at_its_start_and_in_its_step(text, expected):
    work = cycling(text, n=2)
    assert rings(work) == expected
    assert work.do("a").last.ended is not None


def test_the_last_day_of_a_month_comes_back_after_a_short_one():
    due = rings(cycling("R4/2026-10-31T08:00:00+07:00/P1M"))
    assert [(one.month, one.day) for one in due] == [(10, 31), (11, 30), (12, 31), (1, 31)]
    leap = rings(cycling("R/2024-02-29T08:00:00+07:00/P1Y"), 3)
    assert [(one.year, one.month, one.day) for one in leap] == [(2027, 2, 28), (2028, 2, 29), (2029, 2, 28)]


@pytest.mark.parametrize("text", ["R/2025-10-01T08:00:00+07:00/PT1H", "R/PT1H", "R9000/PT1H"])
def test_after_a_long_stop_a_cycle_rings_once_and_goes_on_in_step(text):
    work = cycling(text)
    work.now = MORNING + timedelta(days=300, minutes=20)
    work.ring("b")
    assert work.due[work.token(work.timers, "b")] == MORNING + timedelta(days=300, hours=1)


def test_a_long_stop_uses_up_what_was_missed():
    work = cycling("R9/P1D")
    work.now = MORNING + timedelta(days=20)
    work.ring("b")
    assert not work.timers


@pytest.mark.parametrize("text", ["R/PT0S", "R/2026-01-01/PT0S", "R/PT0.001S", "R0/P1D", "R3/-P1D", "R/2026-13-01/P1D"])
def test_a_cycle_without_length_is_refused(text):
    assert "timer_unreadable" in {finding.code for finding in check_model(one_cycle(text))}


def one_cycle(text: str) -> bytes:
    return draw(
        '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/><endEvent id="we"/>'
        '<boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><timerEventDefinition>'
        f"<timeCycle>{text}</timeCycle></timerEventDefinition></boundaryEvent>"
        + chain("s", "a", "e")
        + chain("b", "we")
    )
