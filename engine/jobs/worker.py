"""The worker process: a sweeper that looks at the rows every moment, threads that do what is due."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from engine.bootstrap import Platform
from engine.domain.errors import Unreachable
from engine.jobs.housekeeping import Housekeeper
from engine.jobs.job_runner import WORKER, JobRunner
from engine.jobs.migration_runner import MigrationRunner
from engine.jobs.timer_runner import TimerRunner
from engine.jobs.wakeup_listener import WakeupListener
from engine.wakeup import PipeNotifier

_LOG = logging.getLogger("motcua.worker")
_PAUSE_WITHOUT_DATABASE_S: Final = 1.0
_LONGEST_CALL_S: Final = 30.0
_FIRST_CLEAN_UP_S: Final = 30.0


class Worker:
    """Runs until `stop` is set. Killed at any point it loses nothing: another takes over when its lease runs out."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._wake = threading.Condition()
        self._rounds = 0
        self._runners: list[JobRunner] = []
        self._pipe = PipeNotifier(platform.settings.var)  # beside Redis too: neighbours on this machine use it
        self._gone = threading.Event()
        self.stop = threading.Event()

    def ask_to_stop(self) -> None:
        """End after the calls under way are recorded. May be called from a signal handler or another thread."""
        self.stop.set()
        self._pipe.notify()

    def run(self) -> None:
        """Work until stopped; returns when the calls under way are recorded."""
        WORKER.platform, WORKER.stop = self._platform, self.stop
        threads = [
            threading.Thread(target=self._work, name=f"jobs-{number}", daemon=True)
            for number in range(self._platform.settings.worker_threads)
        ]
        threads.append(threading.Thread(target=self._fire_timers, name="timers", daemon=True))
        threads.append(threading.Thread(target=self._clean_up, name="housekeeping", daemon=True))
        threads.append(threading.Thread(target=self._migrate, name="migrations", daemon=True))
        leases = threading.Thread(target=self._renew_leases, name="leases", daemon=True)
        for thread in (*threads, leases):
            thread.start()
        self._listen()
        self._wake_all()
        for thread in threads:
            thread.join(timeout=_LONGEST_CALL_S)
        self._gone.set()
        leases.join(timeout=_PAUSE_WITHOUT_DATABASE_S)

    def _listen(self) -> None:
        """Wait for notifications and, failing them, for the next sweep."""
        settings = self._platform.settings
        listener = WakeupListener(settings.redis_url, self._wake_all) if settings.redis_url else None
        if listener is not None:
            listener.start()
        while not self.stop.is_set():
            self._pipe.wait(settings.sweep_seconds)
            self._wake_all()
        if listener is not None:
            listener.stop()

    def _wake_all(self) -> None:
        with self._wake:
            self._rounds += 1
            self._wake.notify_all()

    def _work(self) -> None:
        runner = JobRunner(self._platform)
        self._runners.append(runner)
        self._each_round(lambda: runner.work_off(self.stop))

    def _fire_timers(self) -> None:
        runner = TimerRunner(self._platform)
        self._each_round(lambda: runner.fire_due(self.stop))

    def _renew_leases(self) -> None:
        """Calls may be slow; a lease that is no longer renewed means that its worker has died."""
        while not self._gone.wait(self._platform.settings.lease_seconds / 4):
            for runner in tuple(self._runners):
                self._quietly(runner.renew)

    def _clean_up(self) -> None:
        if not self.stop.wait(_FIRST_CLEAN_UP_S):  # the people waiting at the start come first
            Housekeeper(self._platform).keep(self.stop)

    def _migrate(self) -> None:
        runner = MigrationRunner(self._platform)
        self._each_round(lambda: runner.work_off(self.stop))

    def _each_round(self, act: Callable[[], int]) -> None:
        """Act at every wake-up, and at once again as long as there was something to do."""
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
