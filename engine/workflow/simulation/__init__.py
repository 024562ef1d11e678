"""A diagram tried out in memory, as `motcua play`, `motcua conformance` and the tests do."""

from __future__ import annotations

from engine.workflow.simulation.player import Stage
from engine.workflow.simulation.script import act, play

__all__ = [
    "Stage",
    "act",
    "play",
]
