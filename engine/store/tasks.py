"""Tasks: what an official or an applicant has to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, literal_column, select, update

from engine.store import events, rows
from engine.store.rows import Row
from engine.store.schema.work import task
from engine.store.tx import Tx

# Written as a word of the statement, not as a parameter: only then does SQLite use the partial index.
OPEN: Final[Any] = literal_column("'open'")

_COMPLETE: Final = (
    update(task)
    .where(task.c.id == bindparam("task_id"), task.c.state == OPEN)
    .values(state=literal_column("'completed'"))
    .returning(*events.head_columns())
)
NO_DUE_DATE: Final = datetime(9999, 12, 31, tzinfo=UTC)  # sorts last; a null would break keyset paging


def add_all(tx: Tx, new: Iterable[Mapping[str, Any]]) -> list[str]:
    """Open tasks in one statement; gives their ids in order."""
    filled = [
        {
            "state": "open",
            "opened_at": tx.now,
            "due_at": None,
            "search_text": "",
            **row,
            "sort_at": row.get("due_at") or NO_DUE_DATE,
        }
        for row in new
    ]
    return rows.add_all(tx, task, filled)


def get(tx: Tx, task_id: str) -> Row | None:
    """The task, or None."""
    return rows.get(tx, task, task_id)


def get_locked(tx: Tx, task_id: str) -> Row | None:
    """The task, held against other writers until the transaction ends."""
    return rows.get_locked(tx, task, task_id)


def open_of_instance(tx: Tx, instance_id: str) -> list[Row]:
    """The open tasks of an instance, oldest first."""
    return rows.every(
        tx,
        select(task).where(task.c.instance_id == instance_id, task.c.state == OPEN).order_by(task.c.opened_at),
    )


def of_dossier(tx: Tx, dossier_id: str) -> list[Row]:
    """Every task of a dossier, oldest first."""
    return rows.every(tx, select(task).where(task.c.dossier_id == dossier_id).order_by(task.c.opened_at, task.c.id))


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


def complete(tx: Tx, row: Mapping[Any, Any], completed_by: str, outputs: Mapping[str, Any]) -> events.Head | None:
    """Close an open task as done; None when it was not open any more.

    Gives the head of the dossier's history, which the caller is about to add to.
    """
    done = {"completed_at": tx.now, "completed_by": completed_by, "outputs": dict(outputs), "draft": None}
    where = {"task_id": row["id"], "chain": row["dossier_id"]}
    told = tx.execute(_COMPLETE, {**done, **where}).mappings().first()
    return None if told is None else events.head_of(told)


def cancel(tx: Tx, instance_id: str, tokens: Sequence[str]) -> int:
    """Close the open tasks with these tokens as cancelled; gives how many."""
    if not tokens:
        return 0
    still_open = update(task).where(task.c.instance_id == instance_id, task.c.token.in_(tokens), task.c.state == OPEN)
    return tx.execute(still_open.values(state="cancelled", completed_at=tx.now)).rowcount


def discard(tx: Tx, instance_id: str, tokens: Sequence[str]) -> None:
    """Take tasks away that a reverted migration had opened: their tokens will be given again."""
    if tokens:
        tx.execute(delete(task).where(task.c.instance_id == instance_id, task.c.token.in_(tokens)))


def reopen(tx: Tx, instance_id: str, tokens: Sequence[str]) -> None:
    """Open tasks again that a reverted migration had cancelled."""
    if tokens:
        cancelled = update(task).where(task.c.instance_id == instance_id, task.c.token.in_(tokens))
        tx.execute(cancelled.where(task.c.state == "cancelled").values(state="open", completed_at=None))
