"""An official takes a task from the queue."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.tasks.held_task import held_by_somebody_else, held_task
from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.errors import Forbidden
from engine.domain.history import EventKind
from engine.store.connection import Tx
from engine.store.history import events
from engine.store.process import tasks


@dataclass(frozen=True)
class ClaimTask:
    """Raises Conflict naming the holder when a colleague was faster."""

    actor: Actor
    task_id: str


def claim_task(tx: Tx, office: OfficeContext, cmd: ClaimTask) -> None:
    """Take the task. Taking what one already holds is no error: a double click."""
    task = held_task(tx, cmd.actor, cmd.task_id).task
    if task["assignee_id"] == cmd.actor.id:
        return
    if task["assignee_id"] is not None:
        raise held_by_somebody_else(tx, task)
    if cmd.actor.id is None or not tasks.claim(tx, cmd.task_id, cmd.actor.id):
        raise Forbidden
    events.append(tx, task["dossier_id"], cmd.actor, EventKind.TASK_CLAIMED, {"element": task["element_id"]})
