"""`motcua run` as a person starts it: serves, starts again, stops cleanly, says what is in its way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
PATIENCE_S = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _processes() -> Iterator[tuple[int, int]]:
    """Every living process and its group; a bare machine has no pgrep."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _parent, group = entry.read_text().rpartition(")")[2].split()[:3]
            if state != "Z":
                yield int(entry.parent.name), int(group)


class House:
    """One installation in its own folder, in a process group of its own, as a terminal would start it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.log = folder / "log.txt"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")} | {
            "MOTCUA_VAR": str(folder / "var"),
            "MOTCUA_PORT": str(self.port),
            "MOTCUA_PRACTICE": "on",
            "MOTCUA_SANDBOX_IDENTITY_PORT": str(free_port()),
            "MOTCUA_SANDBOX_SMS_PORT": str(free_port()),
            "MOTCUA_SANDBOX_POST_PORT": str(free_port()),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "engine.cli", "run"],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self.process

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def wait_for(self, words: str) -> None:
        until = time.monotonic() + PATIENCE_S
        while words not in self.said():
            assert time.monotonic() < until, self.said()
            assert self.process is not None
            assert self.process.poll() is None, self.said()
            time.sleep(0.1)

    def members(self) -> list[int]:
        """The processes of the group that still live."""
        assert self.process is not None
        return [pid for pid, group in _processes() if group == self.process.pid]

    def end(self) -> None:
        if self.process is not None and self.members():
            os.killpg(self.process.pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait(10)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    built = House(tmp_path)
    yield built
    built.end()


def test_it_serves_tells_the_doors_and_ctrl_c_stops_all_of_it(house: House):
    process = house.start()
    house.wait_for("Ctrl-C")
    with urllib.request.urlopen(f"http://127.0.0.1:{house.port}/healthz", timeout=10) as answer:
        assert answer.status == 200
    assert f"http://127.0.0.1:{house.port}/desk" in house.said()
    assert "tiepnhan" in house.said()
    assert len(house.members()) >= 3
    os.killpg(process.pid, signal.SIGINT)  # a terminal gives Ctrl-C to the whole group
    assert process.wait(30) == 0
    assert house.members() == []
    assert "Traceback" not in house.said()

    house.start()  # the second start finds everything there
    house.wait_for("Ctrl-C")
    assert "+ " not in house.said()


def test_a_taken_port_is_a_sentence_with_the_way_out(house: House):
    with socket.socket() as other:
        other.bind(("127.0.0.1", house.port))
        other.listen()
        process = house.start()
        assert process.wait(PATIENCE_S) == 2
    assert f"{house.port}" in house.said()
    assert "MOTCUA_PORT=" in house.said()
    assert "Traceback" not in house.said()


def test_a_database_that_does_not_answer_is_named(house: House):
    house.environment["MOTCUA_DATABASE_URL"] = f"postgresql://127.0.0.1:{free_port()}/nothing"
    assert house.start().wait(PATIENCE_S) == 2
    assert "MOTCUA_DATABASE_URL" in house.said()
    assert "Traceback" not in house.said()


def test_killed_children_come_back_and_a_killed_parent_takes_them_along(house: House):
    process = house.start()
    house.wait_for("Ctrl-C")
    worker = next(pid for pid in house.members() if "worker" in Path(f"/proc/{pid}/cmdline").read_text())
    os.kill(worker, signal.SIGKILL)
    house.wait_for("đang chạy lại")
    process.kill()
    process.wait(10)
    until = time.monotonic() + 30
    while house.members():
        assert time.monotonic() < until
        time.sleep(0.2)
