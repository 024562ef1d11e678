"""The worker is killed in the middle of a migration; another goes on where the rows say."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from factories.new_version import CODE, plan, publish_second
from factories.office_life import OfficeLife

from engine.actions.migrations import RevertMigration, revert_migration
from engine.bootstrap import Platform
from engine.queries.migrations import migration_view
from engine.store.history import events

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
MANY = 12


@pytest.fixture
def workers(environment: dict[str, str]) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a worker process of its own; all are ended after the test."""
    started: list[subprocess.Popen[bytes]] = []
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-m", "engine.cli", "worker"], env=plain | environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait(10)


def wait_until(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come about in time"
        time.sleep(0.02)


def test_killed_in_the_middle_of_a_run_each_dossier_is_moved_once(
    running: Platform, workers: Callable[[], subprocess.Popen[bytes]]
):
    life = OfficeLife.founded(running, (CODE,))
    citizen = life.citizen()
    ids = [life.sent(citizen) for _ in range(MANY)]
    publish_second(life)
    admin = life.officials["admin"]
    run_id = plan(life)

    def counts() -> dict[str, int]:
        return dict(life.see(migration_view, admin, run_id).counts)

    kill_until(workers, lambda: counts().get("moved", 0), lambda: counts() == {"moved": MANY})
    for dossier_id in ids:
        kinds = [one["kind"] for one in life.see(events.of_chain, dossier_id)]
        assert kinds.count("process.migrated") == 1
    before = {one: life.instance(one)["snapshot"] for one in ids}
    life.do(revert_migration, RevertMigration(admin, run_id, "Sơ đồ sai"))
    kill_until(workers, lambda: counts().get("reverted", 0), lambda: counts() == {"reverted": MANY})
    assert all(life.instance(one)["snapshot"] != before[one] for one in ids)
    assert life.see(lambda tx: list(events.broken_links(tx))) == []


def kill_until(
    workers: Callable[[], subprocess.Popen[bytes]], done: Callable[[], int], finished: Callable[[], bool]
) -> None:
    """Kill a worker after each little progress, twice; then let one come to the end."""
    for _ in range(2):
        seen = done()
        process = workers()
        wait_until(lambda seen=seen: done() > seen or finished())
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
    workers()
    wait_until(finished)
