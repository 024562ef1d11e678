"""A task with its dossier and its process, found in one statement and held together."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select

from engine.store.connection import Tx
from engine.store.schema.dossiers import dossier
from engine.store.schema.work import process_instance, task

_NAMES: Final = [[column.name for column in table.c] for table in (dossier, task, process_instance)]
_END_OF_DOSSIER: Final = len(dossier.c)
_END_OF_TASK: Final = _END_OF_DOSSIER + len(task.c)
# All three are named to be held: PostgreSQL reads again, after a wait, only the rows that it holds. The dossier is
# named first, because everybody holds it first.
_OF_TASK: Final = (
    select(dossier, task, process_instance)
    .join_from(task, dossier, task.c.dossier_id == dossier.c.id)
    .join(process_instance, task.c.instance_id == process_instance.c.id)
    .where(task.c.id == bindparam("task_id"))
    .with_for_update(of=(dossier, task, process_instance))
)


class HeldTask(NamedTuple):
    """The three rows an official's decision is about."""

    dossier: dict[str, Any]
    task: dict[str, Any]
    instance: dict[str, Any]


def by_task(tx: Tx, task_id: str) -> HeldTask | None:
    """The rows as they are now, held against other writers until the transaction ends; None for no such task."""
    row = tx.execute(_OF_TASK, {"task_id": task_id}).first()
    if row is None:
        return None
    parts = (row[:_END_OF_DOSSIER], row[_END_OF_DOSSIER:_END_OF_TASK], row[_END_OF_TASK:])
    return HeldTask(*(dict(zip(names, part, strict=True)) for names, part in zip(_NAMES, parts, strict=True)))
