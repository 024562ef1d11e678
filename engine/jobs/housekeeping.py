"""The housekeeping hand: months ahead, retention, and what would grow for ever. Small batches, with rests."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from connectors.errors import ConnectorError
from engine.actions.records import ClearDossiers, DiscardDrafts, clear_dossiers, discard_drafts
from engine.bootstrap import Platform
from engine.domain.actor import SYSTEM, Actor
from engine.domain.errors import Conflict, Unreachable
from engine.domain.procedures import KINDS
from engine.store.connection import Tx
from engine.store.history import housekeeping, months, retention

_LOG = logging.getLogger("motcua.housekeeping")
_EVERY_S: Final = 600
_BATCH: Final = 1000
_FILES: Final = 200
_UPLOAD_AGE: Final = timedelta(hours=1)  # an upload is attached within seconds or never
_LONGEST_REST_S: Final = 2.0
Chore = Callable[[], Mapping[str, int]]


class Housekeeper:
    """Does one round of all chores. Killed at any point it leaves whole batches; the next round goes on."""

    def __init__(self, platform: Platform, actor: Actor = SYSTEM) -> None:
        self._platform = platform
        self._actor = actor

    def keep(self, stop: threading.Event) -> None:
        """Round after round until `stop` is set."""
        while not stop.is_set():
            try:
                self.tidy(stop)
            except Exception:
                _LOG.exception("a round of housekeeping")
            stop.wait(_EVERY_S)

    def tidy(self, stop: threading.Event) -> dict[str, int]:
        """One round; gives what was removed, by table. A chore that fails is told to the log and left for the next."""
        total: dict[str, int] = {}
        for chore in (*self._chores(), *self._due(), self._delete_files):
            for removed in self._worked_off(chore, stop):
                _add(total, removed)
        return total

    def retain(self, stop: threading.Event) -> Iterator[Mapping[str, int]]:
        """Only retention, batch by batch: what `motcua retention run` shows as it goes."""
        for chore in (*self._due(), self._delete_files):
            yield from self._worked_off(chore, stop)

    def _chores(self) -> tuple[Chore, ...]:
        return (
            self._in_one("partition", lambda tx: len(months.keep_ahead(tx)), once=True),
            self._in_one("session", lambda tx: housekeeping.forget_sessions(tx, _BATCH)),
            self._in_one("sign_in_attempt", lambda tx: housekeeping.forget_attempts(tx, _BATCH)),
            self._in_one("kept_form", lambda tx: housekeeping.forget_forms(tx, _BATCH)),
            self._in_one("sign_in_throttle", lambda tx: housekeeping.forget_guesses(tx, _BATCH)),
            self._in_one("connector_job", lambda tx: housekeeping.empty_jobs(tx, _BATCH)),
            self._in_one("inbound_message", lambda tx: housekeeping.forget_unclaimed(tx, _BATCH)),
            self._discard_drafts,
            self._delete_strays,
        )

    def _in_one(self, name: str, act: Callable[[Tx], int], *, once: bool = False) -> Chore:
        done: list[bool] = []

        def chore() -> Mapping[str, int]:
            if once and done:
                return {}
            done.append(True)
            with self._platform.database.begin() as tx:
                rows = act(tx)
            return {name: rows} if rows else {}

        return chore

    def _due(self) -> Iterator[Chore]:
        with self._platform.database.read() as tx:
            codes = retention.procedure_codes(tx)
        for code in codes:
            for kind in KINDS:
                yield self._clearing(ClearDossiers(self._actor, code, kind))

    def _clearing(self, cmd: ClearDossiers) -> Chore:
        def chore() -> Mapping[str, int]:
            with self._platform.database.begin() as tx:
                return clear_dossiers(tx, self._platform.office, cmd)

        return chore

    def _discard_drafts(self) -> Mapping[str, int]:
        days = self._platform.settings.draft_days
        if not days:
            return {}
        with self._platform.database.begin() as tx:
            return discard_drafts(tx, self._platform.office, DiscardDrafts(self._actor, days))

    def _delete_files(self) -> Mapping[str, int]:
        """Row first, bytes after: a row says the file is removed, then the store lets go of it, then the row knows."""
        with self._platform.database.read() as tx:
            waiting = retention.files_to_delete(tx, _FILES)
        for _, key in waiting:
            self._platform.registry.storage.delete(key)
        if not waiting:
            return {}
        with self._platform.database.begin() as tx:
            retention.files_deleted(tx, [row_id for row_id, _ in waiting])
        return {"file": len(waiting)}

    def _delete_strays(self) -> Mapping[str, int]:
        """Uploads no row points to: we died before they were attached. Each folder's turn comes within three hours."""
        with self._platform.database.read() as tx:
            turn = int(tx.now.timestamp() // _EVERY_S) % 16
            folders = (f"uploads/{turn * 16 + number:02x}" for number in range(16))
            before = tx.now - _UPLOAD_AGE
            old = [key for folder in folders for key in self._platform.registry.storage.keys(folder, before=before)]
            strays = [key for start in range(0, len(old), _FILES) for key in retention.strays(tx, old[start:][:_FILES])]
        for key in strays:
            self._platform.registry.storage.delete(key)
        if strays:
            _LOG.info("%d uploads were never attached", len(strays))
        return {}

    def _worked_off(self, chore: Chore, stop: threading.Event) -> Iterator[Mapping[str, int]]:
        """Batch after batch until nothing is left, each followed by a rest as long as itself: people come first."""
        while not stop.is_set():
            begun = time.perf_counter()
            try:
                removed = chore()
            except (Conflict, Unreachable, ConnectorError) as error:
                _LOG.warning("housekeeping goes on later: %s", type(error).__name__)
                return
            except Exception:
                _LOG.exception("a chore of housekeeping")
                return
            if not any(removed.values()):
                return
            yield removed
            stop.wait(min(time.perf_counter() - begun, _LONGEST_REST_S))


def _add(total: dict[str, int], removed: Mapping[str, Any]) -> None:
    for name, rows in removed.items():
        total[name] = total.get(name, 0) + rows
