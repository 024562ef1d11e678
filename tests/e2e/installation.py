"""One running Motcua: started as an operator would, on ports and in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
import pytest
import redis

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = os.environ.get("MOTCUA_TEST_POSTGRES_URL", "postgresql+psycopg://root@127.0.0.1:5432/test")
REDIS = os.environ.get("MOTCUA_TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
READY_S = 240


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """`motcua run` in a process group of its own. The practice clock is a file all processes read."""

    def __init__(self, folder: Path, more: dict[str, str]) -> None:
        self.folder = folder
        self.port, self.identity, self.sms, self.post = (free_port() for _ in range(4))
        self.url = f"http://127.0.0.1:{self.port}"
        self.clock = folder / "clock"
        self.clock.write_text("0")
        self.log = folder / "log.txt"
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")},
            "MOTCUA_VAR": str(folder / "var"),
            "MOTCUA_PORT": str(self.port),
            "MOTCUA_PRACTICE": "on",
            "MOTCUA_SANDBOX_IDENTITY_PORT": str(self.identity),
            "MOTCUA_SANDBOX_SMS_PORT": str(self.sms),
            "MOTCUA_SANDBOX_POST_PORT": str(self.post),
            "MOTCUA_TRAVEL_CLOCK": str(self.clock),
            "MOTCUA_SWEEP_SECONDS": "0.5",
            "MOTCUA_LEASE_SECONDS": "5",
            "MOTCUA_RATE_LIMITS": "off",
            **more,
        }

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "engine.cli", "run"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + READY_S
        while time.monotonic() < until:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
            if self.process is not None and self.process.poll() is not None:
                break
            time.sleep(0.2)
        self.stop()
        pytest.fail("the installation did not come up:\n" + self.log.read_text("utf-8", "replace")[-4000:])

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
        self.process = None

    def restart(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Pull the plug between two steps, and start again."""
        self.stop(how)
        self.start()

    def travel(self, seconds: int) -> None:
        """Move the practice clock on."""
        self.clock.write_text(str(int(self.clock.read_text()) + seconds))

    def travel_to(self, moment: datetime) -> None:
        """Set the practice clock to an instant."""
        self.clock.write_text(str(int((moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())))

    def sandbox(self, name: str, path: str) -> str:
        return f"http://127.0.0.1:{getattr(self, name)}{path}"


def _absent(what: str) -> None:
    reason = f"{what} is not reachable; this test needs a real one"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextlib.contextmanager
def scratch_database() -> Iterator[str]:
    """A database of its own, dropped afterwards."""
    plain = POSTGRES.replace("+psycopg", "")
    name = f"motcua_e2e_{secrets.token_hex(4)}"
    try:
        with psycopg.connect(plain, autocommit=True, connect_timeout=2) as server:
            server.execute(f'CREATE DATABASE "{name}"')
    except psycopg.OperationalError:
        _absent("PostgreSQL")
    yield f"{POSTGRES.rpartition('/')[0]}/{name}"
    with psycopg.connect(plain, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def grown_up(database_url: str) -> dict[str, str]:
    database = f"{REDIS.rpartition('/')[0]}/{_shelf()}"
    try:
        redis.Redis.from_url(database, socket_connect_timeout=1).flushdb()
    except redis.ConnectionError:
        _absent("Redis")
    return {"MOTCUA_DATABASE_URL": database_url, "MOTCUA_REDIS_URL": database, "MOTCUA_WORKERS": "2"}


def _shelf() -> int:
    """A Redis database of our own: other tests empty theirs, and so do we."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return 8 + int(worker) % 6
