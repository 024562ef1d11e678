"""Works migration runs off, one dossier per transaction, so that nobody at a desk waits for it."""

from __future__ import annotations

import logging
import random
import threading
from typing import Final

from engine.actions.migrations import (
    FAULT,
    MoveInstance,
    RevertInstance,
    SettleMigration,
    move_instance,
    refusal,
    refuse_move,
    revert_instance,
    settle_migration,
)
from engine.bootstrap import Platform
from engine.domain.errors import Conflict, Unreachable
from engine.domain.migration import MoveState, RunState
from engine.store.connection import Row
from engine.store.process import migration_runs

_LOG = logging.getLogger("motcua.migration")
_BATCH: Final = 50
_BREATH_S: Final = 0.008  # people who wait for SQLite's only pen get it between two dossiers
_CHANCE: Final = random.SystemRandom()


class MigrationRunner:
    """One worker's part in the runs under way. Killed anywhere it loses nothing: the rows say what is left."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    def work_off(self, stop: threading.Event) -> int:
        """One batch of every run that wants work; gives how many dossiers were dealt with."""
        with self._platform.database.read() as tx:
            due = migration_runs.due(tx)
        return sum(self._batch(run, stop) for run in due if not stop.is_set())

    def _batch(self, run: Row, stop: threading.Event) -> int:
        back = run["state"] == RunState.REVERTING
        first_only = run["state"] == RunState.CANARY
        with self._platform.database.read() as tx:
            wanted = MoveState.REVERTING if back else MoveState.PLANNED
            left = (
                []
                if run["state"] == RunState.WATCHING
                else migration_runs.next_moves(tx, run["id"], wanted, canary_only=first_only, limit=_BATCH)
            )
        if not left:
            with self._platform.database.begin() as tx:
                settle_migration(tx, self._platform.office, SettleMigration(run["id"]))
            return 0
        return self._each(run["id"], left, stop, back=back)

    def _each(self, run_id: str, left: list[str], stop: threading.Event, *, back: bool) -> int:
        dealt = 0
        _CHANCE.shuffle(left)  # several workers take different ones first and rarely meet on a dossier
        for one in left:
            if stop.is_set():
                break
            dealt += self._one(run_id, one, back=back)
            stop.wait(_BREATH_S)
        return dealt

    def _one(self, run_id: str, instance_id: str, *, back: bool) -> bool:
        try:
            with self._platform.database.begin() as tx:
                if back:
                    revert_instance(tx, self._platform.office, RevertInstance(run_id, instance_id))
                else:
                    move_instance(tx, self._platform.office, MoveInstance(run_id, instance_id))
        except (Conflict, Unreachable):
            return False  # an official moved the dossier just now, or the database is away: the next round tries again
        except Exception as error:
            _LOG.exception("migration %s, instance %s", run_id, instance_id)
            self._set_aside(run_id, instance_id, error, back=back)
        return True

    def _set_aside(self, run_id: str, instance_id: str, error: Exception, *, back: bool) -> None:
        """One broken dossier must not hold up the others: it stays where it is, and the run says so."""
        told = refusal("fault", FAULT.fill(error=f"{type(error).__name__}: {error}"[:300]))
        with self._platform.database.begin() as tx:
            refuse_move(
                tx, MoveInstance(run_id, instance_id), [told], state=MoveState.MOVED if back else MoveState.REFUSED
            )
