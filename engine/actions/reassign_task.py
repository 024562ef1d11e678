"""The head of a unit gives a task to somebody else, or back to the queue."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class ReassignTask:
    """`staff_id` None: back to the queue. The reason goes into the history."""

    actor: Actor
    task_id: str
    staff_id: str | None
    reason: str
