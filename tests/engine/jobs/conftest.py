"""The three sandboxes on free ports, and a platform that speaks to them."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from connectors.sandboxes import Running, start_all
from connectors.training.config import SandboxConfig
from engine.bootstrap import Platform, build
from engine.domain.clock import SystemClock
from engine.settings import Settings
from engine.store.process import jobs


@pytest.fixture
def sandboxes(tmp_path: Path) -> Iterator[Running]:
    config = SandboxConfig(tmp_path / "var" / "sandbox", SystemClock().now)
    with start_all(config) as running:
        yield running


@pytest.fixture
def environment(database_url: str, sandboxes: Running, tmp_path: Path) -> dict[str, str]:
    """What a worker process of its own needs to join in."""
    return {
        "MOTCUA_VAR": str(tmp_path / "var"),
        "MOTCUA_DATABASE_URL": database_url,
        "MOTCUA_PRACTICE": "on",
        "MOTCUA_SANDBOX_IDENTITY_PORT": str(sandboxes.config.port("identity")),
        "MOTCUA_SANDBOX_SMS_PORT": str(sandboxes.config.port("sms")),
        "MOTCUA_SANDBOX_POST_PORT": str(sandboxes.config.port("post")),
        "MOTCUA_SWEEP_SECONDS": "0.2",
        "MOTCUA_LEASE_SECONDS": "2",
        "MOTCUA_WORKER_THREADS": "2",
    }


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator[Platform]:
    """The platform on the true clock: sandboxes and worker processes live on it too."""
    built = build(Settings.from_env(environment))
    yield built
    built.close()


class SmsPeer:
    """The SMS sandbox seen from outside: its faults and its count of effects."""

    def __init__(self, url: str) -> None:
        self._url = url

    def fault(self, **fault: object) -> None:
        body = json.dumps(fault).encode()
        request = urllib.request.Request(f"{self._url}/faults", body, {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=10).close()

    def effects(self) -> dict[str, int]:
        with urllib.request.urlopen(f"{self._url}/effects", timeout=10) as answer:
            return dict(json.load(answer)["effects"])


@pytest.fixture
def sms(sandboxes: Running) -> SmsPeer:
    return SmsPeer(sandboxes.urls["sms"])


@pytest.fixture
def send(running: Platform) -> Callable[..., list[str]]:
    """Leave so many messages to be sent; gives their keys."""

    def leave(how_many: int, prefix: str = "key") -> list[str]:
        keys = [f"{prefix}-{number}" for number in range(how_many)]
        with running.database.begin() as tx:
            jobs.add_all(tx, [{"kind": "sms.send", "key": key, "payload": SMS} for key in keys])
        return keys

    return leave


SMS = {"to": "0912345678", "text": "Hồ sơ của ông/bà đã được tiếp nhận."}
