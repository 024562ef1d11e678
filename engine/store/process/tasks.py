"""Tasks: what an official or an applicant has to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, select, update

from engine.domain.vocabulary import TaskState
from engine.store.connection import Row, Tx, rows
from engine.store.history import events
from engine.store.records import TaskRow
from engine.store.schema.columns import spelt
from engine.store.schema.people import staff
from engine.store.schema.work import task

OPEN: Final[Any] = spelt(TaskState.OPEN)

_COMPLETE: Final = (
    update(task)
    .where(task.c.id == bindparam("task_id"), task.c.state == OPEN)
    .values(state=spelt(TaskState.COMPLETED))
    .returning(*events.head_columns())
)
NO_DUE_DATE: Final = datetime(9999, 12, 31, tzinfo=UTC)  # sorts last; a null would break keyset paging


def add_all(tx: Tx, new: Iterable[Mapping[str, Any]]) -> list[str]:
    """Open tasks in one statement; gives their ids in order."""
    return rows.add_all(tx, task, [_filled(tx, row) for row in new])


def _filled(tx: Tx, row: Mapping[str, Any]) -> dict[str, Any]:
    given = {"state": TaskState.OPEN, "opened_at": tx.now, "due_at": None, **row}
    return {**given, "sort_at": row.get("due_at") or NO_DUE_DATE}


def get(tx: Tx, task_id: str) -> TaskRow | None:
    """The task, or None."""
    return rows.get(tx, task, task_id)


def get_locked(tx: Tx, task_id: str) -> TaskRow | None:
    """The task, held against other writers until the transaction ends."""
    return rows.get_locked(tx, task, task_id)


def open_of_instance(tx: Tx, instance_id: str) -> list[TaskRow]:
    """The open tasks of an instance, oldest first."""
    return rows.every(
        tx,
        select(task).where(task.c.instance_id == instance_id, task.c.state == OPEN).order_by(task.c.opened_at),
    )


def of_dossier(tx: Tx, dossier_id: str) -> list[TaskRow]:
    """Every task of a dossier, oldest first."""
    return rows.every(tx, select(task).where(task.c.dossier_id == dossier_id).order_by(task.c.opened_at, task.c.id))


def with_holders(tx: Tx, dossier_id: str) -> list[Row]:
    """The same, each with the name of the official who holds it (`assignee_name`, or None)."""
    statement = (
        select(task, staff.c.full_name.label("assignee_name"))
        .outerjoin(staff, staff.c.id == task.c.assignee_id)
        .where(task.c.dossier_id == dossier_id)
        .order_by(task.c.opened_at, task.c.id)
    )
    return rows.every(tx, statement)


def claim(tx: Tx, task_id: str, staff_id: str) -> bool:
    """Give an open task that nobody holds to an official; False when somebody else was faster."""
    free = update(task).where(task.c.id == task_id, task.c.state == OPEN, task.c.assignee_id.is_(None))
    return tx.execute(free.values(assignee_id=staff_id, claimed_at=tx.now)).rowcount == 1


def release(tx: Tx, task_id: str, staff_id: str) -> bool:
    """Take an open task back from the official who holds it; False when it is not theirs."""
    held = update(task).where(task.c.id == task_id, task.c.state == OPEN, task.c.assignee_id == staff_id)
    return tx.execute(held.values(assignee_id=None, claimed_at=None)).rowcount == 1


def change(tx: Tx, task_id: str, values: Mapping[str, Any]) -> bool:
    """Write a task's row; False when there is none."""
    return rows.change(tx, task, task_id, values)


@dataclass(frozen=True)
class Done:
    """A task that is done: its row as it was while open, who did it, and what the form made of the words."""

    row: Mapping[Any, Any]
    completed_by: str
    outputs: Mapping[str, Any]


def complete(tx: Tx, done: Done) -> events.Head | None:
    """Close an open task as done; None when it was not open any more.

    Gives the head of the dossier's history, which the caller is about to add to.
    """
    where = {"task_id": done.row["id"], "chain": done.row["dossier_id"]}
    told = tx.execute(_COMPLETE, {**_as_done(tx, done), **where}).mappings().first()
    return None if told is None else events.head_of(told)


def _as_done(tx: Tx, done: Done) -> dict[str, Any]:
    return {
        "completed_at": tx.now,
        "completed_by": done.completed_by,
        "outputs": dict(done.outputs),
        "draft": None,
    }


def cancel(tx: Tx, instance_id: str, tokens: Sequence[str]) -> int:
    """Close the open tasks with these tokens as cancelled; gives how many."""
    if not tokens:
        return 0
    still_open = update(task).where(task.c.instance_id == instance_id, task.c.token.in_(tokens), task.c.state == OPEN)
    return tx.execute(still_open.values(state=TaskState.CANCELLED, completed_at=tx.now)).rowcount


def discard(tx: Tx, instance_id: str, tokens: Sequence[str]) -> None:
    """Take tasks away that a reverted migration had opened: their tokens will be given again."""
    if tokens:
        tx.execute(delete(task).where(task.c.instance_id == instance_id, task.c.token.in_(tokens)))


def reopen(tx: Tx, instance_id: str, tokens: Sequence[str]) -> None:
    """Open tasks again that a reverted migration had cancelled."""
    if tokens:
        cancelled = update(task).where(task.c.instance_id == instance_id, task.c.token.in_(tokens))
        tx.execute(cancelled.where(task.c.state == TaskState.CANCELLED).values(state=TaskState.OPEN, completed_at=None))
