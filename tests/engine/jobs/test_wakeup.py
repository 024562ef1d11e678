from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer

from engine.jobs.redis_wakeup import QUEUE, RedisNotifier, make_notifier
from engine.jobs.wakeup_listener import WakeupListener
from engine.settings import Settings
from engine.wakeup import PipeNotifier

REDIS = os.environ.get("MOTCUA_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


def test_the_pipe_wakes_a_waiting_worker_at_once(tmp_path: Path):
    listener, ringer = PipeNotifier(tmp_path), PipeNotifier(tmp_path)
    assert listener.wait(0.01) is False
    threading.Timer(0.1, ringer.notify).start()
    begun = time.monotonic()
    assert listener.wait(10) is True
    assert time.monotonic() - begun < 5


def test_a_ring_before_the_wait_is_heard_and_a_thousand_rings_are_one(tmp_path: Path):
    listener = PipeNotifier(tmp_path)
    listener.wait(0)
    for _ in range(100_000):
        listener.notify()
    assert listener.wait(1) is True
    while listener.wait(0):
        pass
    assert listener.wait(0.01) is False


def test_ringing_where_nobody_listens_costs_nothing(tmp_path: Path):
    PipeNotifier(tmp_path / "nowhere").notify()
    PipeNotifier(tmp_path).notify()


def test_redis_away_costs_a_request_almost_nothing():
    notifier = RedisNotifier("redis://127.0.0.1:9/0")
    begun = time.monotonic()
    for _ in range(50):
        notifier.notify()
    assert time.monotonic() - begun < 1


@pytest.mark.redis
def test_the_redis_bell_carries_no_work_only_a_name():
    connection = Redis.from_url(REDIS)
    queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)
    queue.empty()
    RedisNotifier(REDIS).notify()
    (job,) = queue.jobs
    assert (job.func_name, list(job.args), job.kwargs) == ("engine.jobs.job_runner.drain", [], {})
    queue.empty()


@pytest.mark.redis
def test_whoever_can_write_to_redis_cannot_choose_what_runs(tmp_path: Path):
    """Neither by a name nor by a pickled object: what lies there is JSON, and only the one bell is rung."""
    connection, touched = Redis.from_url(REDIS), tmp_path / "touched"
    queue = Queue(QUEUE, connection=connection, serializer=JSONSerializer)
    queue.empty()
    queue.enqueue_call("pathlib.Path.touch", args=(str(touched),))
    queue.enqueue_call("os.mkdir", args=(str(touched),))
    pickled = Queue(QUEUE, connection=connection)
    pickled.enqueue_call("os.mkdir", args=(str(touched),))
    listener = WakeupListener(REDIS, lambda: None)
    listener.start()
    until = time.monotonic() + 20
    while queue.count and time.monotonic() < until:
        time.sleep(0.05)
    listener.stop()
    assert queue.count == 0
    assert not touched.exists()


def test_the_settings_choose_the_bell(tmp_path: Path):
    plain = {"MOTCUA_VAR": str(tmp_path)}
    assert isinstance(make_notifier(Settings.from_env(plain)), PipeNotifier)
    assert isinstance(make_notifier(Settings.from_env({**plain, "MOTCUA_REDIS_URL": REDIS})), RedisNotifier)
