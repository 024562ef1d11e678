"""After a batch: is a migration done, do the first ones have to be watched, may the rest follow?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from engine.context import OfficeContext
from engine.domain.actor import SYSTEM
from engine.domain.history import EventKind
from engine.domain.migration import Criterion, MoveState, RunState
from engine.domain.text import Text
from engine.store.connection import Row, Tx
from engine.store.history import events
from engine.store.process import migration_runs

# While a run is in this state, rows in that state are still to be worked off.
_LEFT: Final[Mapping[str, MoveState]] = {
    RunState.MOVING: MoveState.PLANNED,
    RunState.REVERTING: MoveState.REVERTING,
}


@dataclass(frozen=True)
class SettleMigration:
    """Whoever comes second, or after the operator stopped it, finds nothing to settle."""

    run_id: str


def settle_migration(tx: Tx, office: OfficeContext, cmd: SettleMigration) -> None:
    """Bring the run to the state its rows and its criterion ask for."""
    run = migration_runs.get(tx, cmd.run_id)
    if run is None:
        return
    counts = migration_runs.counts(tx, cmd.run_id)
    first = migration_runs.counts(tx, cmd.run_id, canary_only=True)
    if run["state"] == RunState.CANARY and not first.get(MoveState.PLANNED):
        if run["watch_minutes"]:
            until = tx.now + timedelta(minutes=run["watch_minutes"])
            migration_runs.change_state(tx, run["id"], (RunState.CANARY,), RunState.WATCHING, due_at=until)
        else:
            _judge_first(tx, run, first, counts)
    elif run["state"] == RunState.WATCHING and run["due_at"] <= tx.now:
        _judge_first(tx, run, first, counts)
    elif run["state"] in _LEFT and not counts.get(_LEFT[run["state"]]):
        _end(tx, run, counts)


def _judge_first(tx: Tx, run: Row, first: Mapping[str, int], counts: Mapping[str, int]) -> None:
    """Hold the first ones against the stated criterion."""
    if not counts.get(MoveState.PLANNED):
        _end(tx, run, counts)
        return
    incidents = migration_runs.canary_incidents(tx, run["id"])
    moved, refused = first.get(MoveState.MOVED, 0), first.get(MoveState.REFUSED, 0)
    good = moved > 0 and not incidents and (run["criterion"] == Criterion.NO_INCIDENT or not refused)
    if run["criterion"] != Criterion.ASK and good:
        _turn(tx, run, RunState.MOVING, Text("", ""), first)
        return
    note = Text(
        f"Nhóm đi trước: {moved} hồ sơ đã chuyển, {refused} không chuyển được, {incidents} sự cố. "
        "Hãy xem rồi quyết định đi tiếp, dừng hoặc trả về.",
        f"The first ones: {moved} moved, {refused} could not be moved, {incidents} incidents. "
        "Please look, then go on, stop or revert.",
    )
    _turn(tx, run, RunState.WAITING, note, first)


def _end(tx: Tx, run: Row, counts: Mapping[str, int]) -> None:
    """A run whose rest was never moved is stopped, not done: going on is still possible."""
    state = RunState.STOPPED if counts.get(MoveState.PLANNED) else RunState.DONE
    _turn(tx, run, state, Text("", ""), counts, ended_at=tx.now)


def _turn(tx: Tx, run: Row, state: RunState, note: Text, counts: Mapping[str, int], **values: Any) -> None:
    if migration_runs.change_state(
        tx, run["id"], (RunState(run["state"]),), state, note_vi=note.vi, note_en=note.en, **values
    ):
        data = {"run": run["id"], "state": state.value, "counts": dict(counts)}
        events.append(tx, events.OFFICE, SYSTEM, EventKind.MIGRATION_SETTLED, data)
