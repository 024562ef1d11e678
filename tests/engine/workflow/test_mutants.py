"""Thousands of damaged diagrams: each is refused with a sentence, or runs as drawn; nothing falls or hangs."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest
from families import FAMILIES
from mutants import Mutation
from office import MORNING
from walker import walk

from engine.workflow.errors import WorkflowError
from engine.workflow.findings import ModelRefused
from engine.workflow.simulation.player import Stage
from engine.workflow.spec import check_model, load_process

ROOT = Path(__file__).resolve().parents[3]
LONG = os.environ.get("MOTCUA_TEST_LONG") == "1"
MUTANTS = 40_000 if LONG else 480
SHIPPED = [file.read_bytes() for file in sorted(ROOT.glob("processes/*/process.bpmn"))]
BATCHES = 4


def samples() -> list[bytes]:
    folder = ROOT.parent / "shared" / "samples"
    found = [file.read_bytes() for file in sorted([*folder.glob("bpmn/*.bpmn"), *folder.glob("miwg/*.bpmn")])]
    return [*SHIPPED, *(family.xml for family in FAMILIES.values()), *found]


def live(xml: bytes, seed: int) -> str:
    """Judge a diagram, and walk through it when it is accepted."""
    findings = check_model(xml)
    refused = [one for one in findings if one.severity == "error"]
    for one in findings:
        assert one.message_vi
        assert one.message_en
        assert one.hint_vi
        assert one.hint_en
    try:
        spec = load_process(xml)
    except ModelRefused:
        assert refused
        return "refused"
    assert not refused
    starts = spec.plan.starts[spec.process_id]
    if not starts:
        return "refused"
    try:
        stage = Stage(spec, {}, MORNING, start_event=starts[seed % len(starts)])
    except WorkflowError:
        return "endless"
    return walk(stage, Random(seed), 40)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_mutants_are_refused_or_run(batch):
    originals = samples()
    seen: dict[str, int] = {}
    for seed in range(batch, MUTANTS, BATCHES):
        xml = Mutation(originals[seed % len(originals)], seed).xml()
        came_to = live(xml, seed)
        assert came_to != "lost", f"seed {seed}"
        seen[came_to] = seen.get(came_to, 0) + 1
    assert seen["refused"] > 20
    assert sum(seen.values()) - seen["refused"] > 20
