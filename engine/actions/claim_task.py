"""An official takes a task from the queue."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class ClaimTask:
    """Raises Conflict naming the holder when a colleague was faster."""

    actor: Actor
    task_id: str
