"""The few statements every aggregate needs, said once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import RowMapping, Select, Table, insert, select, update

from engine.domain.errors import Conflict
from engine.domain.identifiers import new_id
from engine.store.tx import Tx

Row = RowMapping


def add(tx: Tx, table: Table, values: Mapping[str, Any]) -> str:
    """Insert one row; an `id` is made when none is given. Gives the id."""
    row = {"id": new_id(tx.now), **values}
    tx.execute(insert(table).values(row))
    return str(row["id"])


def add_all(tx: Tx, table: Table, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Insert rows with the same columns in one statement; gives their ids in order."""
    complete = [{"id": new_id(tx.now), **row} for row in rows]
    if complete:
        tx.execute(insert(table), complete)
    return [str(row["id"]) for row in complete]


def get(tx: Tx, table: Table, row_id: str) -> Row | None:
    """The row, or None."""
    return first(tx, select(table).where(table.c.id == row_id))


def get_locked(tx: Tx, table: Table, row_id: str) -> Row | None:
    """The row, held against other writers until the transaction ends (on SQLite the only writer is us)."""
    return first(tx, select(table).where(table.c.id == row_id).with_for_update())


def first(tx: Tx, statement: Select[Any]) -> Row | None:
    """The first row of a select, or None."""
    return tx.execute(statement.limit(1)).mappings().first()


def every(tx: Tx, statement: Select[Any]) -> list[Row]:
    """All rows of a select; the caller bounds it."""
    return list(tx.execute(statement).mappings())


def change(tx: Tx, table: Table, row_id: str, values: Mapping[str, Any]) -> bool:
    """Update one row; False when it is not there."""
    return tx.execute(update(table).where(table.c.id == row_id).values(dict(values))).rowcount == 1


def change_version(tx: Tx, table: Table, row_id: str, version: int, values: Mapping[str, Any]) -> int:
    """Update one row that still has `version`, and raise the version by one; gives the new version.

    Raises Conflict when somebody else was faster: nothing of the caller's work is lost, it is just not written.
    """
    statement = update(table).where(table.c.id == row_id, table.c.version == version)
    if tx.execute(statement.values({**values, "version": version + 1})).rowcount != 1:
        raise Conflict
    return version + 1
