"""Timers: durations, dates, cycles, office time; interrupting or beside the work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from office import MORNING, Office, chain, draw

from engine.domain.deadlines import WorkCalendar
from engine.workflow.runner import start
from engine.workflow.spec import load_process


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
