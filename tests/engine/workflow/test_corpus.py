"""Diagrams that people drew: every one gets a verdict, and every accepted one plays."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from office import MORNING

from engine.workflow.check import check_paths
from engine.workflow.finding import ModelRefused
from engine.workflow.play import Stage, play
from engine.workflow.runner import JobFinished, MessageReceived, TaskCompleted, TimerFired
from engine.workflow.sentences import SENTENCES
from engine.workflow.spec import load_process

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def files() -> list[Path]:
    found = sorted([*SAMPLES.glob("bpmn/*.bpmn"), *SAMPLES.glob("miwg/*.bpmn")])
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail(f"the shared samples are missing at {SAMPLES}")
        pytest.skip(f"the shared samples are not beside the project ({SAMPLES})")
    return found


def test_every_sample_gets_a_verdict_soon(files):
    for file in files:
        began = time.process_time()
        (line,) = check_paths([file])
        assert time.process_time() - began < 2, file
        for finding in line["findings"]:
            assert finding["message_vi"], file
            assert finding["message_en"], file
            assert finding["hint"] or finding["code"] not in SENTENCES, file
        assert line["accepted"] or line["findings"], file


def test_every_accepted_sample_plays_to_an_end_or_a_stated_wait(files):
    played = 0
    for file in files:
        try:
            spec = load_process(file.read_bytes())
        except ModelRefused:
            continue
        played += 1
        stage = Stage(spec, {}, MORNING)
        for _ in range(200):
            if stage.ended or not advance_once(stage):
                break
        assert stage.ended or stage.tasks or stage.timers or stage.incidents, file
        assert next(iter(play(file.read_bytes(), [], at=MORNING)))["error"] is None
    assert played


def advance_once(stage: Stage) -> bool:
    if stage.tasks:
        stage.send(TaskCompleted(next(iter(stage.tasks)), {}, stage.at))
    elif stage.calls:
        stage.send(JobFinished(next(iter(stage.calls)), {}, stage.at))
    elif stage.timers:
        token = next(iter(stage.timers))
        stage.timers.pop(token)
        stage.send(TimerFired(token, stage.at))
    else:
        waiting = {info.event for info in stage.spec.elements.values()}
        stage.send(MessageReceived(next(iter(waiting)), {}, stage.at))
        return False
    return True


def test_check_reads_folders_and_tells_of_files_that_are_not_there(tmp_path):
    (tmp_path / "a.bpmn").write_bytes(b"<a/>")
    (tmp_path / "b.txt").write_text("not a diagram")
    lines = list(check_paths([tmp_path, tmp_path / "missing.bpmn"]))
    assert [line["accepted"] for line in lines] == [False, False]
    assert lines[0]["findings"][0]["code"] == "not_bpmn"
    assert lines[1]["findings"][0]["code"] == "unreadable_file"
