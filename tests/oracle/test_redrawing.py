"""A migrated instance behaves like one of the new diagram from that position; going back gives the same bytes."""

from __future__ import annotations

import os

import pytest
from redrawing import MovingMatch

from engine.workflow.migration import move as migration

MODELS = int(os.environ.get("ORACLE_MODELS", "240"))
BATCHES = 6


@pytest.mark.parametrize("batch", range(BATCHES))
def test_engine_and_oracle_agree_after_every_move(batch):
    moves = 0
    for seed in range(40_000 + batch, 40_000 + MODELS, BATCHES):
        match = MovingMatch(seed)
        outcome = match.play()
        assert not outcome.difference, f"seed {seed}, after {outcome.trail}: {outcome.difference}"
        assert not match.refusals, f"seed {seed}, after {outcome.trail}: {match.refusals}"
        assert not match.not_reversible, f"seed {seed}, after {outcome.trail}"
        moves += match.moves
    assert moves > MODELS // BATCHES


def test_a_new_border_event_that_does_not_wait_is_seen(monkeypatch):
    monkeypatch.setattr(migration.Mover, "_arm_what_is_new", lambda self: None)
    assert any(MovingMatch(seed).play().difference for seed in range(40_000, 40_060))
