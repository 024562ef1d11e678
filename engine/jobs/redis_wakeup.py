"""Redis wakes RQ workers on any machine. When it is down, that costs delay and nothing else."""

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
from rq.serializers import JSONSerializer

from engine.settings import Settings
from engine.wakeup import Notifier, PipeNotifier

QUEUE: Final = "motcua"
DRAIN: Final = "engine.jobs.job_runner.drain"
_SILENCE_S: Final = 2.0
_LOG = logging.getLogger("motcua.bell")


def make_notifier(settings: Settings) -> Notifier:
    """Redis when one is configured, else the pipe on this machine."""
    return RedisNotifier(settings.redis_url) if settings.redis_url else PipeNotifier(settings.var)


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


class RedisNotifier:
    """Enqueues "look at the rows". After a failure it stays silent a moment, so that an outage costs no request."""

    def __init__(self, url: str) -> None:
        self._queue = Queue(QUEUE, connection=connect(url), serializer=JSONSerializer)
        self._silent_until = 0.0
        self._lock = threading.Lock()

    def notify(self) -> None:
        """Wake an RQ worker; what is not heard is found by the sweeper."""
        if time.monotonic() < self._silent_until:
            return
        try:
            if self._queue.count:
                return  # one is waiting to be heard: whoever hears it sees these rows too
            self._queue.enqueue_call(DRAIN, result_ttl=0, failure_ttl=0, ttl=60, timeout=600)
        except (RedisError, OSError) as error:
            with self._lock:
                self._silent_until = time.monotonic() + _SILENCE_S
            _LOG.warning("Redis cannot be notified (%s); the sweeper will find the work", type(error).__name__)
