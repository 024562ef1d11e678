"""An official puts a task back into the queue."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class ReleaseTask:
    """Only the holder can; see reassign_task for the head of the unit."""

    actor: Actor
    task_id: str
