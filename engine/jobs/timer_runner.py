"""Lets due timers fire, several in one short transaction, so that a hundred thousand due at once starve nobody."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from engine.actions.process import TIMER_FAILED, FireDueTimers, FireTimer, TimerBroke, fire_due_timers, fire_timer
from engine.bootstrap import Platform
from engine.domain.errors import Conflict, Unreachable
from engine.store.process import instances, timers
from engine.store.records import IncidentRow

_LOG = logging.getLogger("motcua.timers")
_MOST: Final = 50
_HOLD_S: Final = 0.06  # so long may people wait for a dossier of ours, or on SQLite for the only pen
_BREATH_S: Final = 0.008  # more than those who wait for SQLite's lock sleep between two looks
_PAUSE: Final = timedelta(minutes=5)
_MOMENT: Final = timedelta(seconds=2)
_MOST_PASSED_OVER: Final = 500
_SOON: Final = timedelta(minutes=1)  # who rings again within this time lets all others go first
_MOST_KNOWN: Final = 20_000
_MOST_BUSY: Final = 2_000
_TURNS: Final = 3  # so often may one dossier ring in one round


class Turns:
    """Who rang lately: a dossier that rings again and again goes after the others, and not for ever in one round."""

    def __init__(self) -> None:
        self._rang: dict[str, datetime] = {}
        self._now: datetime | None = None
        self._round: Counter[str] = Counter()
        self.busy: tuple[str, ...] = ()  # go after the others
        self.done: tuple[str, ...] = ()  # have had their turns in this round

    def begin(self, now: datetime) -> None:
        """A new round: what rang long ago is forgotten."""
        self._now = now
        self._rang = {one: until for one, until in self._rang.items() if until > now}
        self.busy = tuple(one for one in self.busy if one in self._rang)
        self._round, self.done = Counter(), ()

    def note(self, instances: Iterable[str]) -> None:
        """These have rung."""
        for one in instances:
            if one in self._rang and one not in self.busy:
                self.busy = (*self.busy, one)[-_MOST_BUSY:]
            self._rang.pop(one, None)
            if self._now is not None:
                self._rang[one] = self._now + _SOON
            self._round[one] += 1
            if self._round[one] == _TURNS:
                self.done = (*self.done, one)
        while len(self._rang) > _MOST_KNOWN:
            self._rang.pop(next(iter(self._rang)))


class TimerRunner:
    """Fires timers and remembers those that failed, so that one broken dossier does not hold up the others."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._failed: dict[str, datetime] = {}
        self._most = 5  # as many as fit into _HOLD_S; found out on the way
        self._turns = Turns()

    def fire_due(self, stop: threading.Event) -> int:
        """Fire one batch of due timers; gives how many were taken in hand."""
        with self._platform.database.read() as tx:
            self._failed = {timer_id: until for timer_id, until in self._failed.items() if until > tx.now}
            if not timers.due(tx, 1, tuple(self._failed)):
                return 0
        taken = 0
        self._turns.begin(self._platform.clock.now())
        while not stop.is_set() and (batch := self._fire_batch(self._turns.busy) or self._fire_batch(self._turns.done)):
            taken += batch
            stop.wait(_BREATH_S)
        return taken

    def _fire_batch(self, after_others: Collection[str]) -> int:
        """Fire a few; the dossiers that ring all the time have their turn when nobody else's timer is due."""
        began = time.monotonic()
        asked = FireDueTimers(self._most, tuple(self._failed), after_others)
        try:
            with self._platform.database.begin() as tx:
                taken = fire_due_timers(tx, self._platform.office, asked)
        except TimerBroke as broke:
            return sum(self._fire(timer_id) for timer_id in broke.held)
        except (Conflict, Unreachable):
            return 0  # the database is away, or one of the rows has moved: the next round tries again
        self._turns.note(taken)
        self._find_pace(len(taken), time.monotonic() - began)
        return len(taken)

    def _find_pace(self, taken: int, seconds: float) -> None:
        if seconds > _HOLD_S:
            self._most = max(1, int(self._most * 0.7))
        elif taken == self._most and seconds < _HOLD_S / 2:
            self._most = min(_MOST, self._most + 2)

    def _fire(self, timer_id: str) -> bool:
        try:
            with self._platform.database.begin() as tx:
                fire_timer(tx, self._platform.office, FireTimer(timer_id))
        except Unreachable:
            return False  # the database is away: the next round tries again
        except Conflict:  # somebody moved the dossier just now; until it is looked at again, others go first
            self._failed[timer_id] = self._platform.clock.now() + _MOMENT
            return False
        except Exception as error:
            _LOG.exception("timer %s", timer_id)
            self._set_aside(timer_id, error)
            return False
        return True

    def _set_aside(self, timer_id: str, error: Exception) -> None:
        """The timer stays due and is tried again later; until then an official sees why it did not fire."""
        with self._platform.database.begin() as tx:
            timer = timers.get(tx, timer_id)
            self._failed[timer_id] = tx.now + _PAUSE
            if timer is None or _is_told(instances.open_incidents(tx, timer["instance_id"]), timer["token"]):
                return
            instances.add_incident(
                tx,
                {
                    "instance_id": timer["instance_id"],
                    "element_id": timer["element_id"],
                    "token": timer["token"],
                    "code": TIMER_FAILED,
                    "message_vi": f"Đến hạn nhưng chưa chạy được bước “{timer['element_id']}”: {error}",
                    "message_en": f'Due, but the step "{timer["element_id"]}" could not be run: {error}',
                },
            )
        while len(self._failed) > _MOST_PASSED_OVER:
            self._failed.pop(next(iter(self._failed)))


def _is_told(open_incidents: list[IncidentRow], token: str) -> bool:
    return any(row["code"] == TIMER_FAILED and row["token"] == token for row in open_incidents)
