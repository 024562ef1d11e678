"""Slow and oversized requests against the real server: others are served meanwhile, and everybody gets a sentence."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from admin_ui.serving import HEAD_S, Inbox

pytestmark = pytest.mark.slow
SERVER = ("-m", "gunicorn", "-c", "python:engine.cli.serving.web_server", "admin_ui.app:create_wsgi()")
SLOW = 40
THREADS = 4


@dataclass(frozen=True)
class Web:
    """A running server."""

    port: int

    def line(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=HEAD_S + 20)

    def say(self, *pieces: bytes) -> bytes:
        """Everything it answers on one line."""
        with self.line() as line:
            for piece in pieces:
                line.sendall(piece)
            return read_all(line)

    def get(self, path: str) -> float:
        """How long a page of somebody else takes."""
        begun = time.monotonic()
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            assert answer.status == 200
            answer.read()
        return time.monotonic() - begun


def read_all(line: socket.socket) -> bytes:
    got = b""
    with suppress(ConnectionResetError):
        while piece := line.recv(65536):
            got += piece
    return got


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("web")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")} | {
        "MOTCUA_VAR": str(folder / "var"),
        "MOTCUA_DATABASE_URL": f"sqlite:///{folder / 'motcua.db'}",
        "MOTCUA_PORT": str(port),
        "MOTCUA_THREADS": str(THREADS),
        "MOTCUA_PRACTICE": "on",
        "MOTCUA_SANDBOX": "on",
    }
    (folder / "motcua.db").write_bytes(sqlite_template.read_bytes())
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, *SERVER], env=environment, stdout=log, stderr=log)
    served = Web(port)
    until = time.monotonic() + 90
    while True:
        try:
            served.get("/healthz")
            break
        except OSError:
            assert time.monotonic() < until, (folder / "log").read_text()
            assert process.poll() is None, (folder / "log").read_text()
            time.sleep(0.2)
    yield served
    process.terminate()
    assert process.wait(30) == 0
    assert "Traceback" not in (folder / "log").read_text()


def test_others_are_served_beside_forty_slow_lines(web: Web) -> None:
    """Ten times as many as there are threads: half of them drip a head, half a body, some say nothing at all."""
    with ExitStack() as open_lines:
        lines = [open_lines.enter_context(web.line()) for _ in range(SLOW)]
        for number, line in enumerate(lines):
            if number % 4 == 1:
                line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
            elif number % 4 > 1:
                line.sendall(b"POST /track HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
        begun = time.monotonic()
        slowest = 0.0
        while time.monotonic() - begun < 4:
            for number, line in enumerate(lines):
                if number % 4:
                    line.sendall(b"a")
            slowest = max(slowest, web.get("/healthz"), web.get("/track"))
        assert slowest < 3, f"somebody waited {slowest:.1f} s"


def test_a_head_that_never_ends_is_told_so(web: Web) -> None:
    begun = time.monotonic()
    with web.line() as line:
        line.sendall(b"GET /api/v1/procedures HTTP/1.1\r\nHost: x\r\n")
        with suppress(OSError):
            while time.monotonic() - begun < HEAD_S - 2:
                line.sendall(b"X")
                time.sleep(0.5)
        answer = read_all(line)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert "quá chậm" in json.loads(answer.partition(b"\r\n\r\n")[2])["message"]
    assert time.monotonic() - begun < HEAD_S + 5


@pytest.mark.parametrize("path", [b"/procedures", b"/api/v1/procedures"])
def test_what_is_too_large_is_answered_with_a_sentence(web: Web, path: bytes) -> None:
    host = b"Host: 127.0.0.1\r\n"
    cases = {
        414: b"GET " + path + b"?q=" + b"x" * 9000 + b" HTTP/1.1\r\n" + host + b"\r\n",
        431: b"GET " + path + b" HTTP/1.1\r\n" + host + b"Cookie: a=" + b"x" * 9000 + b"\r\n\r\n",
        411: b"POST " + path + b" HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\n",
        413: b"POST " + path + b" HTTP/1.1\r\n" + host + b"Content-Length: 900000000\r\n\r\n",
    }
    many = b"".join(b"X-%d: 1\r\n" % number for number in range(150))
    answers = {status: web.say(request) for status, request in cases.items()}
    answers[431] = min(answers[431], web.say(b"GET " + path + b" HTTP/1.1\r\n" + host + many + b"\r\n"))
    for status, answer in answers.items():
        assert answer.startswith(b"HTTP/1.1 %d " % status), answer[:200]
        words = answer.partition(b"\r\n\r\n")[2].decode()
        assert "." in words
        if path.startswith(b"/api"):
            assert json.loads(words)["message"]


def test_two_requests_on_one_line_and_a_late_body(web: Web) -> None:
    """Pipelining, keep-alive and "100 Continue" still work as before."""
    page = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
    both = web.say(page + b"\r\n" + page + b"Connection: close\r\n\r\n")
    assert both.count(b"HTTP/1.1 200 OK") == 2
    with web.line() as line:
        line.sendall(b"POST /track HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n")
        line.sendall(b"Connection: close\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 100 Continue")
        line.sendall(b"a=b")
        assert b"HTTP/1.1 400" in read_all(line), "the page's token is missing: the body was read"


def test_nonsense_is_answered_in_our_words(web: Web) -> None:
    answer = web.say(b"G<script> HTTP/9\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert "không đọc được" in answer.decode()
    assert b"<script>" not in answer


def test_a_slow_body_may_take_its_time_but_not_for_ever() -> None:
    """8 KB a second is slow and fine; silence and a byte a second are not."""
    head = b"POST / HTTP/1.1\r\nContent-Length: 10000000\r\n\r\n"
    steady, dripping, silent = (Inbox(0.0, 1 << 25, head) for _ in range(3))
    for second in range(1, 301):
        steady.take(b"x" * 9000, float(second))
        dripping.take(b"x", float(second))
    assert not steady.is_late(300.0)
    assert dripping.is_late(300.0)
    assert silent.is_late(31.0)
    assert not silent.is_late(5.0)
