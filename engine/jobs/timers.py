"""Lets due timers fire, one transaction each, so that a hundred thousand due at once starve nobody."""

from __future__ import annotations

import logging
import random
import threading
from datetime import datetime, timedelta
from typing import Final

from engine.actions.fire_timer import FireTimer, fire_timer
from engine.bootstrap import Platform
from engine.domain.errors import Conflict, Unreachable
from engine.store import instances, timers
from engine.store.rows import Row

_LOG = logging.getLogger("motcua.timers")
_BATCH: Final = 100
_PAUSE: Final = timedelta(minutes=5)
_MOST_PASSED_OVER: Final = 500
_CHANCE: Final = random.SystemRandom()


class TimerHand:
    """Fires timers and remembers those that failed, so that one broken dossier does not hold up the others."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._failed: dict[str, datetime] = {}

    def fire_due(self, stop: threading.Event) -> int:
        """Fire one batch of due timers; gives how many fired."""
        with self._platform.database.read() as tx:
            self._failed = {timer_id: until for timer_id, until in self._failed.items() if until > tx.now}
            due = timers.due(tx, _BATCH, tuple(self._failed))
        _CHANCE.shuffle(due)  # several workers take different ones first and rarely meet on a dossier
        return sum(self._fire(timer_id) for timer_id in due if not stop.is_set())

    def _fire(self, timer_id: str) -> bool:
        try:
            with self._platform.database.begin() as tx:
                fire_timer(tx, self._platform.office, FireTimer(timer_id))
        except (Conflict, Unreachable):
            return False  # somebody moved the dossier just now, or the database is away: the next round tries again
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
                    "code": "timer_failed",
                    "message_vi": f"Đến hạn nhưng chưa chạy được bước “{timer['element_id']}”: {error}",
                    "message_en": f'Due, but the step "{timer["element_id"]}" could not be run: {error}',
                },
            )
        while len(self._failed) > _MOST_PASSED_OVER:
            self._failed.pop(next(iter(self._failed)))


def _is_told(open_incidents: list[Row], token: str) -> bool:
    return any(row["code"] == "timer_failed" and row["token"] == token for row in open_incidents)
