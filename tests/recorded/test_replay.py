"""Running dossiers survive every upgrade: what an older release left is taken up by this one and goes on the same."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import yaml
from recording import Replay, difference, read, releases

from engine.domain.deadlines import WorkCalendar

RELEASES = releases()


def intended(release: Path) -> set[tuple[str, int]]:
    listed = yaml.safe_load((release / "differences.yaml").read_text(encoding="utf-8"))
    assert all(one["why"] for one in listed)
    return {(one["recording"], one["step"]) for one in listed}


def differences(release: Path, way: str) -> dict[tuple[str, int], str]:
    calendar = WorkCalendar.load(release / "calendar.yaml")
    found = {}
    for row in read(release):
        for number, told in getattr(Replay(row, calendar), way)():
            if told:
                found[row["name"], number] = told
    return found


def test_there_is_a_recording_and_it_is_not_small():
    assert RELEASES
    for release in RELEASES:
        rows = list(read(release))
        assert sum(len(row["steps"]) for row in rows) > 1_000
        kinds = {step["event"]["type"] for row in rows for step in row["steps"]}
        assert kinds >= {"TaskCompleted", "TimerFired", "JobFinished", "JobFailed", "MessageReceived", "SignalReceived"}


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
@pytest.mark.parametrize("way", ["from_each_snapshot", "to_the_end"])
def test_old_snapshots_go_on_as_they_would_have(release, way):
    found, listed = differences(release, way), intended(release)
    assert {place: told for place, told in found.items() if place not in listed} == {}


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_a_listed_difference_is_one(release):
    if listed := intended(release):
        assert listed <= differences(release, "from_each_snapshot").keys()


def test_a_difference_is_seen():
    row = next(row for row in read(RELEASES[0]) if row["steps"] and row["steps"][-1]["after"]["ended"])
    changed = copy.deepcopy(row)
    changed["steps"][-1]["after"]["ended"]["kind"] = "cancelled"
    calendar = WorkCalendar.load(RELEASES[0] / "calendar.yaml")
    assert not any(told for _, told in Replay(row, calendar).to_the_end())
    assert any(".ended.kind" in told for _, told in Replay(changed, calendar).to_the_end())
    assert difference({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}], "new": 0}) == ""
    assert difference({"a": [1]}, {"a": [1, 2]})
    assert difference({"a": 1}, {})
    assert difference({"message_vi": "Cũ"}, {"message_vi": "Mới"}) == ""
