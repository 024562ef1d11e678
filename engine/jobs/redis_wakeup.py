"""The bell of the grown-up form: Redis wakes RQ workers on any machine. Down, it costs delay and nothing else."""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue

from engine.settings import Settings
from engine.wakeup import Bell, PipeBell

QUEUE: Final = "motcua"
DRAIN: Final = "engine.jobs.job_runner.drain"
_SILENCE_S: Final = 2.0
_LOG = logging.getLogger("motcua.bell")


def make_bell(settings: Settings) -> Bell:
    """Redis when one is configured, else the pipe on this machine."""
    return RedisBell(settings.redis_url) if settings.redis_url else PipeBell(settings.var)


def connect(url: str, *, patient: bool = False) -> Redis:
    """A client that gives up at once: by its own habit it would hold a citizen's request for four seconds.

    `patient`: for the worker, whose blocking wait must not time out by the socket.
    """
    return Redis.from_url(
        url,
        retry=Retry(NoBackoff(), 0),
        socket_connect_timeout=0.3,
        socket_timeout=None if patient else 0.5,
        socket_keepalive=True,
    )


class RedisBell:
    """Enqueues "look at the rows". After a failure it stays silent a moment, so that an outage costs no request."""

    def __init__(self, url: str) -> None:
        self._queue = Queue(QUEUE, connection=connect(url))
        self._silent_until = 0.0
        self._lock = threading.Lock()

    def ring(self) -> None:
        """Wake an RQ worker; what cannot be rung is found by the sweeper."""
        if time.monotonic() < self._silent_until:
            return
        try:
            if self._queue.count:
                return  # one is waiting to be heard: whoever hears it sees these rows too
            self._queue.enqueue_call(DRAIN, result_ttl=0, failure_ttl=0, ttl=60, timeout=600)
        except (RedisError, OSError) as error:
            with self._lock:
                self._silent_until = time.monotonic() + _SILENCE_S
            _LOG.warning("the bell does not reach Redis (%s); the sweeper will find the work", type(error).__name__)
