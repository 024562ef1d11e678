"""Timers: absolute instants at which an instance goes on by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Table, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.identifiers import new_id
from engine.domain.vocabulary import TimerState
from engine.store.connection import Row, Tx, rows
from engine.store.records import TimerRow
from engine.store.schema.columns import spelt
from engine.store.schema.dossiers import dossier
from engine.store.schema.work import process_instance, timer

Columns = dict[str, Any]  # one row of a table, by column

_WAITING: Final[Any] = spelt(TimerState.WAITING)


def _upsert(insert: postgresql.Insert | sqlite.Insert) -> Any:
    again = {"due_at": insert.excluded.due_at, "state": insert.excluded.state}
    return insert.on_conflict_do_update(index_elements=["instance_id", "token"], set_=again).returning(timer.c.id)


_SET: Final = {True: _upsert(postgresql.insert(timer)), False: _upsert(sqlite.insert(timer))}


def set_all(tx: Tx, new: Iterable[Mapping[str, Any]]) -> int:
    """Set timers in one statement; one that an instance sets again (a cycle) gets its new time."""
    complete = [{"id": new_id(tx.now), "state": TimerState.WAITING, **row} for row in new]
    return len(tx.execute(_SET[tx.on_postgresql], complete).all()) if complete else 0


def get(tx: Tx, timer_id: str) -> TimerRow | None:
    """The timer, or None."""
    return rows.get(tx, timer, timer_id)


def of_instance(tx: Tx, instance_id: str) -> list[TimerRow]:
    """The waiting timers of an instance, first due first."""
    return rows.every(
        tx,
        select(timer).where(timer.c.instance_id == instance_id, timer.c.state == _WAITING).order_by(timer.c.due_at),
    )


def waiting_for(tx: Tx, instance_id: str, token: str) -> TimerRow | None:
    """The waiting timer of a token, or None."""
    mine = (timer.c.instance_id == instance_id) & (timer.c.token == token) & (timer.c.state == _WAITING)
    return rows.first(tx, select(timer).where(mine))


def due(tx: Tx, limit: int, passing_over: Collection[str] = ()) -> list[str]:
    """The ids of timers whose time has come, oldest first. A reading look, without holding them."""
    statement = (
        select(timer.c.id)
        .where(timer.c.state == _WAITING, timer.c.due_at <= tx.now, timer.c.id.not_in(passing_over))
        .order_by(timer.c.due_at)
        .limit(limit)
    )
    return [str(row_id) for row_id in tx.execute(statement).scalars()]


def hold_due(
    tx: Tx, limit: int, passing_over: Collection[str] = (), instances: Collection[str] = ()
) -> list[tuple[Columns, Columns]]:
    """Due timers, oldest first, each with its dossier, which is held until the transaction ends.

    Left out are the timers in `passing_over` and all of `instances`.

    One per dossier: the next one finds it where the first has left it. On PostgreSQL a dossier that somebody else
    holds is passed over (SKIP LOCKED), so several workers share the work and never wait for each other or for people.
    """
    statement = (
        select(*(column.label(f"{column.table.name}.{column.name}") for column in (*timer.c, *dossier.c)))
        .select_from(timer.join(process_instance, process_instance.c.id == timer.c.instance_id).join(dossier))
        .where(timer.c.state == _WAITING, timer.c.due_at <= tx.now)
        .order_by(timer.c.due_at)
        .limit(limit)
        .with_for_update(of=dossier, skip_locked=True)
    )
    if passing_over:
        statement = statement.where(timer.c.id.not_in(passing_over))
    if instances:
        statement = statement.where(timer.c.instance_id.not_in(instances))
    found: dict[str, tuple[Columns, Columns]] = {}
    for row in tx.execute(statement).mappings():
        found.setdefault(row["dossier.id"], (_columns(row, timer), _columns(row, dossier)))
    return list(found.values())


def _columns(row: Row, table: Table) -> Columns:
    return {column.name: row[f"{table.name}.{column.name}"] for column in table.c}


def mark_all_fired(tx: Tx, ids: Collection[str]) -> frozenset[str]:
    """Use waiting timers up; gives those that were still waiting: the others were fired or cancelled meanwhile."""
    if not ids:
        return frozenset()
    waiting = update(timer).where(timer.c.id.in_(ids), timer.c.state == _WAITING)
    return frozenset(tx.execute(waiting.values(state=TimerState.FIRED).returning(timer.c.id)).scalars())


def count_fired(tx: Tx) -> int:
    """How many timers have fired, for measuring."""
    return int(
        tx.execute(select(func.count()).select_from(timer).where(timer.c.state == TimerState.FIRED)).scalar_one()
    )


def mark_fired(tx: Tx, timer_id: str) -> bool:
    """Use a waiting timer up; False when it was fired or cancelled before."""
    waiting = update(timer).where(timer.c.id == timer_id, timer.c.state == _WAITING)
    return tx.execute(waiting.values(state=TimerState.FIRED)).rowcount == 1


def rename(tx: Tx, timer_id: str, element_id: str) -> None:
    """Say under which element of the diagram a timer runs now; its instant stays."""
    rows.change(tx, timer, timer_id, {"element_id": element_id})


def discard(tx: Tx, instance_id: str, tokens: Sequence[str]) -> None:
    """Take timers away that a reverted migration had set: their tokens will be given again."""
    if tokens:
        tx.execute(delete(timer).where(timer.c.instance_id == instance_id, timer.c.token.in_(tokens)))


def cancel(tx: Tx, instance_id: str, tokens: Sequence[str]) -> int:
    """Cancel the waiting timers with these tokens; gives how many."""
    if not tokens:
        return 0
    waiting = update(timer).where(
        timer.c.instance_id == instance_id, timer.c.token.in_(tokens), timer.c.state == _WAITING
    )
    return tx.execute(waiting.values(state=TimerState.CANCELLED)).rowcount
