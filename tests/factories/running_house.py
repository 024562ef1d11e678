"""One installation in its own folder, started as an operator starts it, and looked after from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

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
