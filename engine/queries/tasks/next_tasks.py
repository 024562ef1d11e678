"""What an official can do next on a dossier they have just had in hand."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor, must_be_staff
from engine.domain.text import Text
from engine.domain.vocabulary import Audience, TaskState
from engine.store.connection import Tx
from engine.store.process import tasks
from engine.store.records import TaskRow


@dataclass(frozen=True)
class NextTask:
    """An open step that the official who asks may take, or holds."""

    task_id: str
    name: Text


def own_next_tasks(tx: Tx, actor: Actor, dossier_id: str) -> tuple[NextTask, ...]:
    """The open steps of their unit and roles that nobody else holds."""
    must_be_staff(actor)
    found = (row for row in tasks.of_dossier(tx, dossier_id) if _is_theirs(row, actor))
    return tuple(NextTask(row["id"], Text(row["name_vi"], row["name_en"])) for row in found)


def _is_theirs(row: TaskRow, actor: Actor) -> bool:
    is_open = row["state"] == TaskState.OPEN and row["audience"] == Audience.STAFF
    known = row["unit_id"] == actor.unit_id and row["role"] in actor.roles
    return is_open and known and row["assignee_id"] in (None, actor.id)
