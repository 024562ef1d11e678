"""Many equal dossiers at once, for measuring: copies of one that was filed and worked on by the real actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Select, String, Table, cast, insert, literal, select, true

from engine.domain.vocabulary import TaskState, TimerState
from engine.store.connection import Tx
from engine.store.schema.dossiers import dossier
from engine.store.schema.work import process_instance, task, timer

_FIRST: Final = 1_000_000_000
_LETTERS: Final = 15  # of the 26 of an id; one more names the table, ten are the copy's number


def multiply(tx: Tx, dossier_id: str, times: int, name: str, due_at: datetime | None = None) -> None:
    """Copy a dossier with its instance, its open tasks and its waiting timers. Its history stays its own.

    `name` (letters and digits) begins the ids of the copies. `due_at`: when their timers are due.
    """
    numbers = _numbers(times)
    start = name.upper().ljust(_LETTERS, "0")[:_LETTERS]
    own = {"id": _id(start, "D", numbers), "code": _id(start[:8], "-", numbers), "submit_key": _id(start, "K", numbers)}
    _copy(tx, dossier, numbers, dossier.c.id == dossier_id, own)
    instance = {"id": _id(start, "P", numbers), "dossier_id": own["id"]}
    _copy(tx, process_instance, numbers, process_instance.c.dossier_id == dossier_id, instance)
    of_instance = {"instance_id": instance["id"]}
    open_ones = (task.c.dossier_id == dossier_id) & (task.c.state == TaskState.OPEN)
    _copy(tx, task, numbers, open_ones, {"id": _id(start, "T", numbers), "dossier_id": own["id"], **of_instance})
    mine = select(process_instance.c.id).where(process_instance.c.dossier_id == dossier_id).scalar_subquery()
    waiting = (timer.c.instance_id == mine) & (timer.c.state == TimerState.WAITING)
    clock: dict[str, ColumnElement[Any]] = {} if due_at is None else {"due_at": literal(due_at, timer.c.due_at.type)}
    _copy(tx, timer, numbers, waiting, {"id": _id(start, "C", numbers), **of_instance, **clock})


def _numbers(times: int) -> CTE:
    first = select(literal(_FIRST).label("n")).cte("numbers", recursive=True)
    return first.union_all(select(first.c.n + 1).where(first.c.n < _FIRST + times - 1))


def _id(start: str, letter: str, numbers: CTE) -> ColumnElement[str]:
    return literal(start + letter) + cast(numbers.c.n, String)


def _copy(tx: Tx, table: Table, numbers: CTE, which: ColumnElement[bool], own: dict[str, ColumnElement[Any]]) -> None:
    columns = [column.name for column in table.c]
    chosen: Select[Any] = select(*(own.get(name, table.c[name]) for name in columns))
    copies = chosen.select_from(table.join(numbers, true())).where(which)
    tx.execute(insert(table).from_select(columns, copies))
