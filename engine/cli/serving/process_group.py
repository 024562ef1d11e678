"""The processes of `motcua run`: started in order, restarted when they die, stopped in the opposite order."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.cli.output import CommandError, complain

_QUICK_DEATH_S: Final = 5.0
_QUICK_DEATHS_ALLOWED: Final = 3
_GRACE_S: Final = 30.0


@dataclass
class Child:
    """One process of ours. It shares our process group but ignores Ctrl-C: we hear it, and stop all in order."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    quick_deaths: int = field(default=0)

    def start(self) -> None:
        """Start it."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own words
            list(self.command), env=dict(self.environment), stdin=subprocess.DEVNULL
        )

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask it to end, wait, and end it by force when it does not."""
        if self.process is None or not self.alive:
            return
        self.process.terminate()
        try:
            self.process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Family:
    """All children of one command."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = tuple(children)

    def start(self) -> None:
        """Start all, in order."""
        for child in self.children:
            child.start()

    def watch(self, stop: threading.Event) -> None:
        """Keep all alive until `stop`. Raises CommandError when one dies again and again at its start."""
        while not stop.wait(0.2):
            for child in self.children:
                if not child.alive:
                    self.revive(child)

    def revive(self, child: Child) -> None:
        """Start a dead child again. Raises CommandError after three deaths within seconds of their start."""
        code = child.process.returncode if child.process else None
        quick = time.monotonic() - child.started_at < _QUICK_DEATH_S
        child.quick_deaths = child.quick_deaths + 1 if quick else 0
        if child.quick_deaths >= _QUICK_DEATHS_ALLOWED:
            raise CommandError(
                f"Tiến trình “{child.name}” dừng liên tục ngay sau khi chạy (mã {code}); xem lỗi ở phía trên.",
                f'The process "{child.name}" stops again and again at its start (code {code}); see the error above.',
            )
        complain(
            f"Tiến trình “{child.name}” đã dừng (mã {code}), đang chạy lại.",
            f'The process "{child.name}" stopped (code {code}) and is started again.',
        )
        child.start()

    def stop(self) -> None:
        """Stop all, the last started first."""
        for child in reversed(self.children):
            child.stop()
