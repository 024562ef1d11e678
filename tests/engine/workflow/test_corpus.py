"""Diagrams that people drew: every one gets a verdict, and every accepted one plays."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest
from office import MORNING
from walker import walk

from engine.cli.checking.command import verdicts
from engine.workflow.bpmn import read_definitions
from engine.workflow.bpmn.main_process import drawn_processes
from engine.workflow.findings import ModelRefused
from engine.workflow.findings.make import SENTENCES
from engine.workflow.simulation.player import Stage
from engine.workflow.spec import ProcessSpec, check_model, load_process

WALKS = 40 if os.environ.get("MOTCUA_TEST_LONG") else 4
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
    lines = list(verdicts([str(file) for file in files]))
    assert [line["file"] for line in lines] == [str(file) for file in files]
    for line in lines:
        assert line["accepted"] or any(one["severity"] == "error" for one in line["findings"])
        for finding in line["findings"]:
            assert finding["code"] != "check_stopped", line["file"]
            assert finding["code"] in SENTENCES
            for words in ("message_vi", "message_en", "hint_vi", "hint_en", "hint"):
                assert finding[words], (line["file"], finding)
            assert finding["element"] or finding["code"] == "several_processes", (line["file"], finding)


LEAST_ACCEPTED = 95


def test_every_accepted_sample_plays_to_an_end_or_a_stated_wait_in_many_orders(files):
    accepted, ended = 0, set()
    for file in files:
        try:
            spec = load_process(file.read_bytes())
        except ModelRefused:
            continue
        accepted += 1
        for seed in range(WALKS):
            came_to = walk(started(spec), Random(f"{file.name} {seed}"))
            assert came_to != "lost", f"{file.name}, walk {seed}"
            if came_to == "completed":
                ended.add(file.name)
    assert accepted >= LEAST_ACCEPTED
    assert len(ended) >= LEAST_ACCEPTED * 0.9


def started(spec: ProcessSpec) -> Stage:
    """Begin as a person would: with the plain start, else with the first one drawn."""
    starts = spec.plan.starts[spec.process_id]
    plain = [start for start in starts if spec.elements[start].event == "none"]
    return Stage(spec, {}, MORNING, start_event=(plain or starts)[0])


def test_each_named_process_of_a_sample_gets_a_verdict(files):
    """Where the file does not say which pool is run, --process may name any of them."""
    asked = 0
    for file in files:
        reader = read_definitions(file.read_bytes())
        for process_id in drawn_processes(reader):
            findings = check_model(file.read_bytes(), process_id=process_id)
            assert not any(one.code in ("several_processes", "no_process") for one in findings)
            asked += 1
    assert asked > len(files)
