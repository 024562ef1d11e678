"""The engine against the oracle. The count is set by ORACLE_MODELS (CI and releases use more)."""

from __future__ import annotations

import os

import pytest
from match import Match

from engine.workflow.runtime import joins
from engine.workflow.runtime.elements import Gateway

MODELS = int(os.environ.get("ORACLE_MODELS", "240"))
BATCHES = 8


@pytest.mark.parametrize("batch", range(BATCHES))
def test_engine_and_oracle_agree_after_every_step(batch):
    for seed in range(10_000 + batch, 10_000 + MODELS, BATCHES):
        outcome = Match(seed).play()
        assert not outcome.difference, f"seed {seed}, after {outcome.trail}: {outcome.difference}"


def mismatches(seeds: range) -> int:
    return sum(1 for seed in seeds if Match(seed).play().difference)


def test_oracle_sees_a_parallel_join_that_does_not_wait(monkeypatch):
    monkeypatch.setattr(Gateway, "collects", lambda self, flow: False)
    assert mismatches(range(500, 540)) > 5


def test_oracle_sees_an_inclusive_join_that_starts_too_early(monkeypatch):
    monkeypatch.setattr(joins, "_enabled", lambda instance, join, tokens: True)
    assert mismatches(range(500, 700)) > 5


def test_random_models_use_every_construct():
    kinds, repeats, triggers = set(), set(), set()
    for seed in range(10_000, 10_150):
        for shape in Match(seed).drawing.shapes.values():
            kinds.add(shape.kind)
            triggers.add(shape.trigger)
            repeats.add(shape.repeat[0] if shape.repeat else "")
    assert {"xor", "or", "and", "race", "sub", "evsub", "border", "terminate", "error", "script"} <= kinds
    assert {"pick", "picks", "receive"} <= kinds
    assert {"parallel", "sequential", "standard"} <= repeats
    assert {"timer", "message", "error", "hand"} <= triggers
