"""Migration runs and their moves: rows first, so that a run survives whatever happens to the worker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any, Final

from sqlalchemy import Integer, Select, case, exists, func, insert, literal, literal_column, or_, select, text, update

from engine.domain.migration import AT_WORK, UNDER_WAY, MoveState, RunState, Selection
from engine.domain.vocabulary import IncidentState, InstanceState, TaskState, TimerState
from engine.store.connection import Row, Tx, rows
from engine.store.schema import migrating
from engine.store.schema.dossiers import dossier
from engine.store.schema.migrating import migration_move, migration_run
from engine.store.schema.work import incident, process_instance, task, timer

_RUN: Final = migration_run.c
_MOVE: Final = migration_move.c
_I: Final = process_instance.c
_VIETNAM: Final = timezone(timedelta(hours=7))
# The very words of the partial index: SQLite does not see that other words imply them.
_AT_WORK: Final[Any] = text(migrating.IS_AT_WORK)


def running(code: str, target_id: str, chosen: Selection) -> Select[Any]:
    """The running instances of a procedure that are not on the target version, oldest first."""
    statement = (
        select(_I.id, _I.dossier_id, _I.procedure_version_id)
        .join(dossier, dossier.c.id == _I.dossier_id)
        .where(
            dossier.c.procedure_code == code, _I.state == InstanceState.RUNNING, _I.procedure_version_id != target_id
        )
        .order_by(_I.id)
    )
    return statement.where(*_chosen(chosen))


def _chosen(chosen: Selection) -> Iterable[Any]:
    if chosen.codes:
        yield dossier.c.code.in_(chosen.codes)
    if chosen.unit_id:
        yield dossier.c.unit_id == chosen.unit_id
    if chosen.from_on:
        yield dossier.c.submitted_at >= datetime.combine(chosen.from_on, time(), _VIETNAM).astimezone(UTC)
    if chosen.until_on:
        after = chosen.until_on + timedelta(days=1)
        yield dossier.c.submitted_at < datetime.combine(after, time(), _VIETNAM).astimezone(UTC)
    if chosen.element:
        places = ((task, TaskState.OPEN), (timer, TimerState.WAITING), (incident, IncidentState.OPEN))
        yield or_(
            *(
                exists().where(
                    table.c.instance_id == _I.id, table.c.state == state, table.c.element_id == chosen.element
                )
                for table, state in places
            )
        )


def counts_by_version(tx: Tx, code: str) -> dict[str, int]:
    """How many instances run on each version of a procedure, by the version's id."""
    statement = (
        select(_I.procedure_version_id, func.count().label("number"))
        .join(dossier, dossier.c.id == _I.dossier_id)
        .where(dossier.c.procedure_code == code, _I.state == InstanceState.RUNNING)
        .group_by(_I.procedure_version_id)
    )
    return {str(row["procedure_version_id"]): int(row["number"]) for row in tx.execute(statement).mappings()}


def add(tx: Tx, values: Mapping[str, Any]) -> str:
    """Keep a new run; wakes a worker after the commit. Gives the id."""
    tx.notify_after_commit()
    return rows.add(tx, migration_run, {"due_at": tx.now, "created_at": tx.now, **values})


def plan(tx: Tx, run_id: str, code: str, target_id: str, chosen: Selection, canary: int) -> int:
    """Write down every instance the run is to move, in one statement; the first `canary` go first. Gives how many."""
    found = running(code, target_id, chosen).order_by(None).subquery()
    place = func.row_number().over(order_by=found.c.id)
    first = case((place <= canary, 1), else_=0) if canary else literal(0, Integer)
    lines = select(
        literal(run_id),
        found.c.id,
        found.c.dossier_id,
        found.c.procedure_version_id,
        first,
        literal(MoveState.PLANNED.value),
    )
    names = ["run_id", "instance_id", "dossier_id", "from_id", "canary", "state"]
    tx.execute(insert(migration_move).from_select(names, lines))
    return sum(counts(tx, run_id).values())


def get(tx: Tx, run_id: str) -> Row | None:
    """The run, or None."""
    return rows.get(tx, migration_run, run_id)


def get_for_share(tx: Tx, run_id: str) -> Row | None:
    """The run, and nobody turns it until the transaction ends: whoever stops or reverts it waits for our move."""
    return rows.first(tx, select(migration_run).where(_RUN.id == run_id).with_for_update(read=True))


def newest(tx: Tx, code: str | None, limit: int) -> list[Row]:
    """Runs of one procedure or all, newest first."""
    statement = select(migration_run).order_by(_RUN.id.desc()).limit(limit)
    return rows.every(tx, statement.where(_RUN.procedure_code == code) if code else statement)


def under_way(tx: Tx, code: str) -> Row | None:
    """The run of a procedure that has not come to its end, or None."""
    return rows.first(tx, select(migration_run).where(_RUN.procedure_code == code, _RUN.state.in_(UNDER_WAY)))


def due(tx: Tx) -> list[Row]:
    """Runs a worker has something to do for, oldest first."""
    return rows.every(tx, select(migration_run).where(_AT_WORK, _RUN.due_at <= tx.now).order_by(_RUN.due_at).limit(20))


def change_state(tx: Tx, run_id: str, expected: Iterable[RunState], state: RunState, **values: Any) -> bool:
    """Bring a run into a state, if it is still in one of those expected; False when somebody else turned it."""
    still = update(migration_run).where(_RUN.id == run_id, _RUN.state.in_(list(expected)))
    if tx.execute(still.values(state=state.value, due_at=values.pop("due_at", tx.now), **values)).rowcount != 1:
        return False
    if state in AT_WORK:
        tx.notify_after_commit()
    return True


def next_moves(tx: Tx, run_id: str, state: MoveState, *, canary_only: bool, limit: int) -> list[str]:
    """The next instances in one state (planned or reverting), oldest first. A reading look, without holding them."""
    statement = select(_MOVE.instance_id).where(_MOVE.run_id == run_id, _MOVE.state == state)
    if canary_only:
        statement = statement.where(_MOVE.canary == 1)
    return [str(one) for one in tx.execute(statement.order_by(_MOVE.instance_id).limit(limit)).scalars()]


def move(tx: Tx, run_id: str, instance_id: str) -> Row | None:
    """One instance's row of a run, or None."""
    statement = select(migration_move).where(_MOVE.run_id == run_id, _MOVE.instance_id == instance_id)
    return rows.first(tx, statement)


def change_move(tx: Tx, run_id: str, instance_id: str, values: Mapping[str, Any]) -> None:
    """Write what became of one instance."""
    one = update(migration_move).where(_MOVE.run_id == run_id, _MOVE.instance_id == instance_id)
    tx.execute(one.values({"at": tx.now, **values}))


def ask_back(tx: Tx, run_id: str, codes: Iterable[str]) -> int:
    """Mark moved instances (of these dossiers, or all) to be put back; gives how many."""
    moved = update(migration_move).where(_MOVE.run_id == run_id, _MOVE.state == MoveState.MOVED)
    wanted = list(codes)
    if wanted:
        moved = moved.where(_MOVE.dossier_id.in_(select(dossier.c.id).where(dossier.c.code.in_(wanted))))
    return tx.execute(moved.values(state=MoveState.REVERTING, reason="", reasons=None)).rowcount


def counts(tx: Tx, run_id: str, *, canary_only: bool = False) -> dict[str, int]:
    """How many instances of a run are in each state."""
    statement = select(_MOVE.state, func.count().label("number")).where(_MOVE.run_id == run_id).group_by(_MOVE.state)
    if canary_only:
        statement = statement.where(_MOVE.canary == 1)
    return {str(row["state"]): int(row["number"]) for row in tx.execute(statement).mappings()}


def canary_incidents(tx: Tx, run_id: str) -> int:
    """How many incidents have opened since on the instances that went first."""
    statement = (
        select(func.count())
        .select_from(migration_move.join(incident, incident.c.instance_id == _MOVE.instance_id))
        .where(_MOVE.run_id == run_id, _MOVE.canary == 1, _MOVE.state == MoveState.MOVED)
        .where(incident.c.opened_at >= _MOVE.at)
    )
    return int(tx.execute(statement).scalar_one())


def reasons(tx: Tx, run_id: str) -> list[Row]:
    """Why instances were refused, most frequent first: reason, how many, and one of them with its dossier's code."""
    number = func.count().label("number")
    grouped = (
        select(_MOVE.reason, number, func.min(_MOVE.instance_id).label("instance_id"))
        .where(_MOVE.run_id == run_id, _MOVE.reason != literal_column("''"))
        .group_by(_MOVE.reason)
        .subquery()
    )
    example = (_MOVE.run_id == run_id) & (_MOVE.instance_id == grouped.c.instance_id)
    statement = (
        select(grouped.c.reason, grouped.c.number, _MOVE.reasons, _MOVE.dossier_id, dossier.c.code)
        .select_from(grouped)
        .join(migration_move, example)
        .join(dossier, dossier.c.id == _MOVE.dossier_id)
        .order_by(grouped.c.number.desc(), grouped.c.reason)
    )
    return rows.every(tx, statement)


def moves(tx: Tx, run_id: str, state: str, after: str, limit: int) -> list[Row]:
    """The rows of a run with their dossiers' codes, by instance; `state` empty: all; behind the instance `after`."""
    shown = [column for column in migration_move.c if column.name not in ("snapshot", "restore")]
    statement = (
        select(*shown, dossier.c.code)
        .join(dossier, dossier.c.id == _MOVE.dossier_id)
        .where(_MOVE.run_id == run_id, _MOVE.instance_id > after)
        .order_by(_MOVE.instance_id)
        .limit(limit)
    )
    return rows.every(tx, statement.where(_MOVE.state == state) if state else statement)


def of_instance(tx: Tx, instance_id: str) -> list[Row]:
    """Every migration an instance was part of, oldest first, with the run's target, ground and person."""
    shown = [column for column in migration_move.c if column.name not in ("snapshot", "restore")]
    statement = (
        select(*shown, _RUN.target_id, _RUN.ground, _RUN.actor_name)
        .join(migration_run, _RUN.id == _MOVE.run_id)
        .where(_MOVE.instance_id == instance_id)
        .order_by(_MOVE.run_id)
    )
    return rows.every(tx, statement)
