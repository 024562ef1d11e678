"""A training ground of its own for each test: three real servers on free ports, a clock the test sets."""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from connectors.identity.sandbox.secret import kept_rsa_key
from connectors.kit import Surroundings
from connectors.port import Identity
from connectors.registry import Registry, build_registry
from connectors.sandboxes import Running, start_all
from connectors.training.config import SandboxConfig
from engine.settings_reader import Reader

CALLBACK = "http://127.0.0.1:5000/auth/callback"
VERIFIER = "v" * 64
AN = ("038203000123", "An@203Mau", "+84912345601")


@dataclass
class SetClock:
    """Time stands still until the test moves it."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 3, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class Browser:
    """A browser without JavaScript: cookies, forms, redirects up to the portal's callback."""

    def __init__(self) -> None:
        self.http = httpx2.Client(trust_env=False, follow_redirects=False, timeout=20)

    def get(self, url: str, **query: str) -> httpx2.Response:
        return self._follow(self.http.get(url, params=query or None))

    def post(self, url: str, **form: str) -> httpx2.Response:
        return self._follow(self.http.post(url, data=form))

    def _follow(self, reply: httpx2.Response) -> httpx2.Response:
        while reply.status_code == 303 and not reply.headers["location"].startswith("http://127.0.0.1:5000/"):
            reply = self.http.get(reply.url.join(reply.headers["location"]))
        return reply


def query_of(reply: httpx2.Response) -> dict[str, str]:
    """The query the portal's callback receives."""
    assert reply.status_code == 303, reply.text
    return {name: values[0] for name, values in parse_qs(urlsplit(reply.headers["location"]).query).items()}


@dataclass
class Ground:
    """The running sandboxes with the platform's own connectors turned to them."""

    running: Running
    registry: Registry
    clock: SetClock

    callback = CALLBACK
    query_of = staticmethod(query_of)
    browser = Browser

    def url(self, name: str, path: str = "") -> str:
        return self.running.urls[name] + path

    def fault(self, name: str, kind: str, **wish: object) -> None:
        reply = httpx2.post(self.url(name, "/faults"), json={"kind": kind, **wish}, trust_env=False)
        assert reply.status_code == 200, reply.text

    def effects(self, name: str) -> dict[str, int]:
        return httpx2.get(self.url(name, "/effects"), trust_env=False).json()["effects"]

    def texts(self, number: str) -> list[str]:
        reply = httpx2.get(self.url("sms", "/inbox.json"), params={"to": number}, trust_env=False)
        return [message["text"] for message in reply.json()["messages"]]

    def sign_in(self, **changes: str) -> SignIn:
        return SignIn.start(self, **changes)

    def exchange(self, code: str, **changes: str) -> Identity:
        wish = {"nonce": "n-1", "code_verifier": VERIFIER, "redirect_uri": CALLBACK, **changes}
        return self.registry.identity("dvcqg").exchange(code=code, **wish)

    def otp(self, number: str) -> str:
        found = re.search(r"\b\d{6}\b", self.texts(number)[0])
        assert found
        return found.group()


@dataclass
class SignIn:
    ground: Ground
    browser: Browser
    address: str

    @classmethod
    def start(cls, ground: Ground, **changes: str) -> SignIn:
        wish = {"state": "s-1", "nonce": "n-1", "code_verifier": VERIFIER, "redirect_uri": ground.callback, **changes}
        browser = ground.browser()
        page = browser.get(ground.registry.identity("dvcqg").authorization_url(**wish))
        assert page.status_code == 200, page.text
        return cls(ground, browser, str(page.url).partition("/login/")[2])

    def step(self, name: str) -> str:
        return self.ground.url("identity", f"/{name}/{self.address}")

    def password(self, name: str = AN[0], password: str = AN[1], tab: str = "cccd"):
        return self.browser.post(self.step("login"), tab=tab, username=name, password=password)

    def otp(self, code: str):
        return self.browser.post(self.step("otp"), code=code)

    def to_code(self, person: tuple[str, str, str] = AN) -> dict[str, str]:
        assert "XÁC NHẬN" in self.password(person[0], person[1]).text
        return self.ground.query_of(self.otp(self.ground.otp(person[2])))


@pytest.fixture(scope="session")
def made_keys(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for name in ("oidc.pem", "vneid-client.pem"):
        kept_rsa_key(folder / name)
    return folder


@pytest.fixture
def sandbox_config(tmp_path, made_keys) -> SandboxConfig:
    folder = tmp_path / "sandbox"
    shutil.copytree(made_keys, folder)
    return SandboxConfig(directory=folder, clock=SetClock(), redirect_uris=(CALLBACK,))


def registry_of(ground: SandboxConfig, folder: Path) -> Registry:
    """The platform's own connectors, with nothing set but the training ground."""
    return build_registry(Reader({}), Surroundings(ground.clock), f"file://{folder}/files", ground)


@pytest.fixture
def ground(sandbox_config, tmp_path) -> Iterator[Ground]:
    with start_all(sandbox_config) as running:
        yield Ground(running, registry_of(running.config, tmp_path), sandbox_config.clock)


class Listener:
    """A portal that receives the post's reports: keeps what came, answers 204."""

    def __init__(self) -> None:
        self.received: list[tuple[dict[str, str], bytes]] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/webhooks/post"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                stream.readline()
                headers: dict[str, str] = {}
                while (line := stream.readline().strip()) != b"":
                    name, _, value = line.decode().partition(": ")
                    headers[name] = value
                sizes = {name.lower(): value for name, value in headers.items()}
                body = stream.read(int(sizes.get("content-length", "0")))
                self.received.append((headers, body))
                connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


@pytest.fixture
def reporting_ground(sandbox_config, listener, tmp_path) -> Iterator[Ground]:
    with start_all(replace(sandbox_config, webhooks={"post": listener.url})) as running:
        yield Ground(running, registry_of(running.config, tmp_path), sandbox_config.clock)
