"""Everything that docs/bpmn.md says is run, seen through `motcua play`: one diagram for each construct."""

from __future__ import annotations

from pathlib import Path

import pytest
from families import FAMILIES, Family
from office import MORNING

from engine.domain.deadlines import WorkCalendar
from engine.workflow.simulation import play
from engine.workflow.spec import check_model

CALENDAR = "processes/_calendars/vn.yaml"


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return WorkCalendar.load(Path(__file__).resolve().parents[3] / CALENDAR)


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_each_construct_runs_as_drawn(family: Family, calendar):
    assert not [one for one in check_model(family.xml) if one.severity == "error"]
    states = list(play(family.xml, family.steps, at=MORNING, calendar=calendar))
    for state in states:
        assert state["error"] is None, state
        assert not state["incidents"], state
    last = states[-1]
    assert last["ended"] == {"ends": family.ends, "kind": family.kind}
    assert not last["open"]
    assert not last["timers"]
    for name, value in family.variables.items():
        assert last["variables"][name] == value
    for state in states[:-1]:
        assert state["ended"] is None, "the end must not come before the last step"


def test_only_declared_outputs_reach_the_record():
    family = FAMILIES["user task"]
    assert list(play(family.xml, family.steps, at=MORNING))[-1]["variables"] == {"x": 1}
    family = FAMILIES["service task"]
    assert list(play(family.xml, family.steps, at=MORNING))[-1]["variables"] == {"x": 7}
