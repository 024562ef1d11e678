"""The worker as a process of its own, killed in the middle; effects are counted at the other side."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from factories.calls import job_counts
from redis import Redis

from engine.bootstrap import Platform

REDIS = os.environ.get("MOTCUA_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


class Workers:
    """Worker processes that can be started and killed outright."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
        self.environment |= environment
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, **more: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-m", "engine.cli", "worker"], env={**self.environment, **more})
        self.processes.append(process)
        return process

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait(10)


@pytest.fixture
def workers(environment: dict[str, str]) -> Iterator[Workers]:
    started = Workers(environment)
    yield started
    started.end()


def wait_until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come about in time"
        time.sleep(0.05)


def states(platform: Platform) -> dict[str, int]:
    with platform.database.read() as tx:
        return job_counts(tx)


def test_killed_between_claim_and_record_nothing_is_lost_and_nothing_sent_twice(
    running: Platform, workers: Workers, sms, send
):
    sms.fault(kind="slow", delay_s=0.3)  # each call takes a while, so that a kill falls into the middle of one
    keys = send(20)
    for _ in range(3):
        done = states(running).get("done", 0)
        process = workers.start()
        wait_until(lambda seen=done: states(running).get("done", 0) > seen and "claimed" in states(running))
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    sms.fault(kind="works")
    workers.start()
    wait_until(lambda: states(running) == {"done": 20})
    assert sms.effects() == dict.fromkeys(keys, 1)


def test_lost_replies_are_asked_for_again_under_the_same_key(running: Platform, workers: Workers, sms, send):
    sms.fault(kind="lost_reply", times=5)
    keys = send(10)
    workers.start()
    wait_until(lambda: states(running) == {"done": 10})
    assert sms.effects() == dict.fromkeys(keys, 1)


def test_a_stopped_worker_records_the_call_under_way(running: Platform, workers: Workers, sms, send):
    sms.fault(kind="slow", delay_s=1.0)
    send(2)
    process = workers.start()
    wait_until(lambda: states(running).get("claimed", 0) > 0)
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert "claimed" not in states(running)


@pytest.mark.redis
def test_a_flushed_redis_costs_only_delay(running: Platform, workers: Workers, sms, send):
    process = workers.start(MOTCUA_REDIS_URL=REDIS)
    keys = send(5, "before")
    wait_until(lambda: states(running) == {"done": 5})
    Redis.from_url(REDIS).flushdb()
    keys += send(5, "after")
    wait_until(lambda: states(running) == {"done": 10}, 15)
    assert process.poll() is None
    assert Counter(sms.effects()) == Counter(dict.fromkeys(keys, 1))


def test_without_any_redis_the_sweeper_does_the_work(running: Platform, workers: Workers, sms, send):
    process = workers.start(MOTCUA_REDIS_URL="redis://127.0.0.1:9/0")
    keys = send(5)
    wait_until(lambda: states(running) == {"done": 5})
    assert process.poll() is None
    assert sms.effects() == dict.fromkeys(keys, 1)
