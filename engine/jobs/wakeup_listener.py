"""An RQ worker in a thread, beside the sweeper of the same process. Redis may come and go."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.timeouts import TimerDeathPenalty

from engine.jobs.redis_wakeup import DRAIN, QUEUE, connect

_LOG = logging.getLogger("motcua.bell")
_PAUSE_S: Final = 1.0


class _ThreadWorker(SimpleWorker):
    """RQ's worker without what only a main thread may do."""

    death_penalty_class = TimerDeathPenalty

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Ring the one bell there is. Whoever else can write to Redis must not choose what runs here."""
        if job.func_name != DRAIN or job.args or job.kwargs:
            _LOG.error("a foreign job lay in the queue and was thrown away")
            job.delete()
            return
        super().execute_job(job, queue)

    def _install_signal_handlers(self) -> None:
        """Signals belong to the process, whose main thread stops us."""


class WakeupListener:
    """Takes the notifications from Redis and, when Redis was away, comes back by itself."""

    def __init__(self, url: str, wake: Callable[[], None]) -> None:
        self._url = url
        self._wake = wake
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rq", daemon=True)

    def start(self) -> None:
        """Begin listening."""
        self._thread.start()

    def stop(self) -> None:
        """Take no further job; the one under way is left to end by itself."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                connection = connect(self._url, patient=True)
                queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)
                _ThreadWorker([queue], connection=connection, serializer=JSONSerializer).work(logging_level="WARNING")
            except (RedisError, OSError) as error:
                _LOG.warning("Redis is away (%s); the sweeper goes on", type(error).__name__)
            except Exception:
                _LOG.exception("the listener to Redis")
            self._wake()
            self._stop.wait(_PAUSE_S)
