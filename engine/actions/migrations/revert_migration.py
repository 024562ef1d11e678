"""An administrator wants migrated dossiers back on the version they came from."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.migrations.plan_migration import busy
from engine.actions.migrations.steering import TURNED, run_of
from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.errors import Conflict, WrongState
from engine.domain.history import EventKind
from engine.domain.migration import RunState
from engine.domain.reasons import reason_given
from engine.domain.text import Text
from engine.store.connection import Tx
from engine.store.history import events
from engine.store.process import migration_runs


@dataclass(frozen=True)
class RevertMigration:
    """`codes`: only these dossiers; none named means all that were moved. What is still planned is not moved."""

    actor: Actor
    run_id: str
    reason: str
    codes: tuple[str, ...] = ()


def revert_migration(tx: Tx, office: OfficeContext, cmd: RevertMigration) -> int:
    """Ask for it; a worker puts them back one by one, and refuses those that have moved on. Gives how many."""
    run = run_of(tx, cmd.actor, cmd.run_id)
    reason = reason_given(cmd.reason)
    events.hold_office(tx)
    other = migration_runs.under_way(tx, run["procedure_code"])
    if other is not None and other["id"] != run["id"]:
        raise Conflict(busy(other["actor_name"]))
    asked = {"kind": cmd.actor.kind, "id": cmd.actor.id, "name": cmd.actor.name, "reason": reason}
    if not migration_runs.change_state(
        tx, cmd.run_id, tuple(RunState), RunState.REVERTING, asked_back=asked, note_vi="", note_en="", ended_at=None
    ):
        raise Conflict(TURNED)
    number = migration_runs.ask_back(tx, cmd.run_id, cmd.codes)
    if not number:
        raise WrongState(NOTHING)
    data = {"run": cmd.run_id, "asked": number, "reason": reason}
    events.append(tx, events.OFFICE, cmd.actor, EventKind.MIGRATION_REVERTED, data)
    return number


NOTHING = Text(
    "Không có hồ sơ nào của đợt này đã được chuyển để trả về.",
    "No dossier of this migration was moved, so there is nothing to put back.",
)
