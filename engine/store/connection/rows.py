"""The few statements every aggregate needs, said once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, RowMapping, Select, Table, Update, bindparam, insert, select, update

from engine.domain.errors import Conflict
from engine.domain.identifiers import new_id
from engine.store.connection.tx import Tx

Row = RowMapping


# A statement that is built once is compiled once and found again at once; building it costs as much as running it.
@cache
def _insert(table: Table) -> Insert:
    return insert(table).inline()


@cache
def _insert_many(table: Table) -> Insert:
    """With RETURNING all rows go out as one INSERT; without it PostgreSQL would be sent one for each row."""
    return insert(table).returning(*table.primary_key.columns)


@cache
def _by_id(table: Table, *, locked: bool) -> Select[Any]:
    found = select(table).where(table.c.id == bindparam("row_id"))
    return found.with_for_update() if locked else found


@cache
def _update(table: Table, *, versioned: bool) -> Update:
    known = update(table).where(table.c.id == bindparam("row_id"))
    return known.where(table.c.version == bindparam("row_version")) if versioned else known


def add(tx: Tx, table: Table, values: Mapping[str, Any]) -> str:
    """Insert one row; an `id` is made when none is given. Gives the id."""
    row = {"id": new_id(tx.now), **values}
    tx.execute(_insert(table), row)
    return str(row["id"])


def add_all(tx: Tx, table: Table, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Insert rows with the same columns in one statement; gives their ids in order."""
    complete = [{"id": new_id(tx.now), **row} for row in rows]
    insert_all(tx, table, complete)
    return [str(row["id"]) for row in complete]


def insert_all(tx: Tx, table: Table, complete: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have all the same columns by one INSERT."""
    if len(complete) == 1:
        tx.execute(_insert(table), complete[0])
    elif complete:
        tx.execute(_insert_many(table), complete)


def get(tx: Tx, table: Table, row_id: str) -> Any | None:
    """The row, or None. What it holds is declared by whoever asks (`engine.store.records`)."""
    return tx.execute(_by_id(table, locked=False), {"row_id": row_id}).mappings().first()


def get_locked(tx: Tx, table: Table, row_id: str) -> Any | None:
    """The row, held against other writers until the transaction ends (on SQLite the only writer is us)."""
    return tx.execute(_by_id(table, locked=True), {"row_id": row_id}).mappings().first()


def first(tx: Tx, statement: Select[Any]) -> Any | None:
    """The first row of a select, or None."""
    return tx.execute(statement.limit(1)).mappings().first()


def every(tx: Tx, statement: Select[Any]) -> list[Any]:
    """All rows of a select; the caller bounds it."""
    return list(tx.execute(statement).mappings())


def change(tx: Tx, table: Table, row_id: str, values: Mapping[str, Any]) -> bool:
    """Update one row; False when it is not there."""
    return tx.execute(_update(table, versioned=False), {**values, "row_id": row_id}).rowcount == 1


def change_version(tx: Tx, table: Table, row_id: str, version: int, values: Mapping[str, Any]) -> int:
    """Update one row that still has `version`, and raise the version by one; gives the new version.

    Raises Conflict when somebody else was faster: nothing of the caller's work is lost, it is just not written.
    """
    changed = {**values, "version": version + 1, "row_id": row_id, "row_version": version}
    if tx.execute(_update(table, versioned=True), changed).rowcount != 1:
        raise Conflict
    return version + 1
