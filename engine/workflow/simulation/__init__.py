"""A diagram tried out in memory, as `motcua play` and the tests do."""

from __future__ import annotations

from engine.workflow.simulation.script import play

__all__ = [
    "play",
]
