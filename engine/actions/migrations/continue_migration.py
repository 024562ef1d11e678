"""An administrator lets a migration go on: after its first dossiers, or after it was stopped."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.migrations.plan_migration import busy
from engine.actions.migrations.steering import TURNED, run_of
from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.errors import Conflict
from engine.domain.history import EventKind
from engine.domain.migration import MoveState, RunState
from engine.store.connection import Tx
from engine.store.history import events
from engine.store.process import migration_runs


@dataclass(frozen=True)
class ContinueMigration:
    """Going on means all that is left: the first ones have been looked at."""

    actor: Actor
    run_id: str


def continue_migration(tx: Tx, office: OfficeContext, cmd: ContinueMigration) -> None:
    """Move what is still planned, or put back what was still to be put back."""
    run = run_of(tx, cmd.actor, cmd.run_id)
    events.hold_office(tx)
    other = migration_runs.under_way(tx, run["procedure_code"])
    if other is not None and other["id"] != run["id"]:
        raise Conflict(busy(other["actor_name"]))
    left = migration_runs.counts(tx, cmd.run_id)
    state = RunState.REVERTING if left.get(MoveState.REVERTING) else RunState.MOVING
    resting = (RunState.WAITING, RunState.STOPPED, RunState.WATCHING)
    if not migration_runs.change_state(tx, cmd.run_id, resting, state, note_vi="", note_en="", ended_at=None):
        raise Conflict(TURNED)
    events.append(tx, events.OFFICE, cmd.actor, EventKind.MIGRATION_WENT_ON, {"run": cmd.run_id})
