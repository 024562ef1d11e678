"""An official puts a task back into the queue."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.tasks.held_task import held_by_somebody_else, held_task
from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.history import EventKind
from engine.store.connection import Tx
from engine.store.history import events
from engine.store.process import tasks


@dataclass(frozen=True)
class ReleaseTask:
    """Only the holder can; see reassign_task for the head of the unit."""

    actor: Actor
    task_id: str


def release_task(tx: Tx, office: OfficeContext, cmd: ReleaseTask) -> None:
    """Put the task back; its draft stays with it. Putting back what nobody holds is no error."""
    task = held_task(tx, cmd.actor, cmd.task_id).task
    if task["assignee_id"] is None:
        return
    if cmd.actor.id is None or not tasks.release(tx, cmd.task_id, cmd.actor.id):
        raise held_by_somebody_else(tx, task)
    events.append(tx, task["dossier_id"], cmd.actor, EventKind.TASK_RELEASED, {"element": task["element_id"]})
