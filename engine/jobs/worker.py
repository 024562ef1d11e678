"""The worker process: a sweeper that looks at the rows every moment, threads that work them off, a bell for haste."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from engine.bootstrap import Platform
from engine.domain.errors import Unreachable
from engine.jobs.housekeeping import Housekeeper
from engine.jobs.job_runner import DESK, Line
from engine.jobs.migration_runner import MigrationHand
from engine.jobs.timer_runner import TimerHand
from engine.jobs.wakeup_listener import RingingWorker
from engine.wakeup import PipeBell

_LOG = logging.getLogger("motcua.worker")
_PAUSE_WITHOUT_DATABASE_S: Final = 1.0
_LONGEST_CALL_S: Final = 30.0
_FIRST_TIDY_S: Final = 30.0


class Worker:
    """Runs until `stop` is set. Killed at any point it loses nothing: another takes over when its lease runs out."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._wake = threading.Condition()
        self._rounds = 0
        self._lines: list[Line] = []
        self._pipe = PipeBell(platform.settings.var)  # beside Redis too: neighbours on this machine ring it
        self._gone = threading.Event()
        self.stop = threading.Event()

    def ask_to_stop(self) -> None:
        """End after the calls under way are recorded. May be called from a signal handler or another thread."""
        self.stop.set()
        self._pipe.ring()

    def run(self) -> None:
        """Work until stopped; returns when the calls under way are recorded."""
        DESK.platform, DESK.stop = self._platform, self.stop
        threads = [
            threading.Thread(target=self._work, name=f"line-{number}", daemon=True)
            for number in range(self._platform.settings.worker_threads)
        ]
        threads.append(threading.Thread(target=self._fire_timers, name="timers", daemon=True))
        threads.append(threading.Thread(target=self._keep_house, name="housekeeping", daemon=True))
        threads.append(threading.Thread(target=self._migrate, name="migrations", daemon=True))
        leases = threading.Thread(target=self._renew_leases, name="leases", daemon=True)
        for thread in (*threads, leases):
            thread.start()
        self._listen()
        self._ring_inside()
        for thread in threads:
            thread.join(timeout=_LONGEST_CALL_S)
        self._gone.set()
        leases.join(timeout=_PAUSE_WITHOUT_DATABASE_S)

    def _listen(self) -> None:
        """Wait for bells and, failing them, for the next sweep."""
        settings = self._platform.settings
        ringing = RingingWorker(settings.redis_url, self._ring_inside) if settings.redis_url else None
        if ringing is not None:
            ringing.start()
        while not self.stop.is_set():
            self._pipe.wait(settings.sweep_seconds)
            self._ring_inside()
        if ringing is not None:
            ringing.stop()

    def _ring_inside(self) -> None:
        with self._wake:
            self._rounds += 1
            self._wake.notify_all()

    def _work(self) -> None:
        line = Line(self._platform)
        self._lines.append(line)
        self._each_round(lambda: line.work_off(self.stop))

    def _fire_timers(self) -> None:
        hand = TimerHand(self._platform)
        self._each_round(lambda: hand.fire_due(self.stop))

    def _renew_leases(self) -> None:
        """Calls may be slow; a lease that is no longer renewed means that its worker has died."""
        while not self._gone.wait(self._platform.settings.lease_seconds / 4):
            for line in tuple(self._lines):
                self._quietly(line.renew)

    def _keep_house(self) -> None:
        if not self.stop.wait(_FIRST_TIDY_S):  # the people waiting at the start come first
            Housekeeper(self._platform).keep(self.stop)

    def _migrate(self) -> None:
        hand = MigrationHand(self._platform)
        self._each_round(lambda: hand.work_off(self.stop))

    def _each_round(self, act: Callable[[], int]) -> None:
        """Act at every ring, and at once again as long as there was something to do."""
        seen = -1
        while not self.stop.is_set():
            with self._wake:
                self._wake.wait_for(lambda: self._rounds != seen or self.stop.is_set())  # noqa: B023 - used at once
                seen = self._rounds
            while self._quietly(act) and not self.stop.is_set():
                pass

    def _quietly(self, act: Callable[[], int]) -> int:
        """One round; whatever goes wrong in it must not end the worker."""
        try:
            return act()
        except Unreachable:
            self.stop.wait(_PAUSE_WITHOUT_DATABASE_S)
        except Exception:
            _LOG.exception("a round of the worker")
            self.stop.wait(_PAUSE_WITHOUT_DATABASE_S)
        return 0
