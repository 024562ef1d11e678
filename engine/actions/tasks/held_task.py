"""Which tasks are an official's to touch, and how to say that they are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.actions.dossier import GONE
from engine.domain.actor import Actor, must_be_staff
from engine.domain.errors import Conflict, Forbidden, NotFound
from engine.domain.text import Text
from engine.domain.vocabulary import Audience, TaskState
from engine.store.accounts import staff
from engine.store.connection import Tx
from engine.store.process import HeldTask, held


def held_task(tx: Tx, actor: Actor, task_id: str) -> HeldTask:
    """The open task of the actor's role and unit, with its dossier and process, all held.

    The dossier is always held first, whoever comes: so two people can never wait for each other. Raises NotFound,
    Forbidden or Conflict.
    """
    must_be_staff(actor)
    found = held.by_task(tx, task_id)
    if found is None or found.task["audience"] != Audience.STAFF:
        raise NotFound
    if not may_work_on(actor, found.task):
        raise Forbidden
    if found.task["state"] != TaskState.OPEN:
        raise Conflict(GONE)
    return found


def may_work_on(actor: Actor, task: Mapping[Any, Any]) -> bool:
    """An official works for their unit, in the lanes of their roles."""
    return actor.is_staff and task["role"] in actor.roles and task["unit_id"] == actor.unit_id


def held_by_somebody_else(tx: Tx, task: Mapping[Any, Any]) -> Conflict:
    """The sentence for the one who came second: it names the colleague who has the task."""
    holder = staff.get(tx, task["assignee_id"])
    name = holder["full_name"] if holder else "?"
    return Conflict(
        Text(
            f"{name} đã nhận công việc này. Hãy chọn công việc khác hoặc trao đổi với {name}.",
            f"{name} has taken this task. Choose another one or talk to {name}.",
        )
    )
