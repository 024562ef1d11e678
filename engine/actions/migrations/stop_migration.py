"""An administrator stops a migration; what has moved stays moved."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.migrations.steering import TURNED, run_of
from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.errors import Conflict
from engine.domain.history import EventKind
from engine.domain.migration import UNDER_WAY, RunState
from engine.domain.reasons import reason_given
from engine.store.connection import Tx
from engine.store.history import events
from engine.store.process import migration_runs


@dataclass(frozen=True)
class StopMigration:
    """With a reason; the instance under way at this moment may still be moved."""

    actor: Actor
    run_id: str
    reason: str


def stop_migration(tx: Tx, office: OfficeContext, cmd: StopMigration) -> None:
    """Let no further dossier move until somebody goes on or reverts."""
    run_of(tx, cmd.actor, cmd.run_id)
    reason = reason_given(cmd.reason)
    told = {"note_vi": reason, "note_en": reason}
    if not migration_runs.change_state(tx, cmd.run_id, UNDER_WAY, RunState.STOPPED, **told):
        raise Conflict(TURNED)
    events.append(tx, events.OFFICE, cmd.actor, EventKind.MIGRATION_STOPPED, {"run": cmd.run_id, "reason": reason})
