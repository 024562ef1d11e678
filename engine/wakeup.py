"""Wakes a worker after a commit. A notification carries no work: the rows are the truth, this is only haste."""

from __future__ import annotations

import hashlib
import os
import select
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

_ONE: Final = b"!"


class Notifier(Protocol):
    """Somebody who can wake a worker. It never fails and never takes long."""

    def notify(self) -> None:
        """Wake a worker, if one hears it."""
        ...


class PipeNotifier:
    """A named pipe between the processes of one machine: the web writes, a worker waits at the other end.

    Nobody listening costs nothing. Where the system has no named pipes the sweeper alone finds the work.
    """

    def __init__(self, directory: Path) -> None:
        digest = hashlib.sha256(str(directory).encode()).hexdigest()[:16]
        self._path = (
            directory / "wakeup" if directory.is_dir() else Path(tempfile.gettempdir()) / f"motcua-{digest}.wakeup"
        )
        self._pipe: int | None = None
        self._lock = threading.Lock()

    def notify(self) -> None:
        """Wake one worker on this machine."""
        with suppress(OSError, AttributeError):  # nobody listens, or the pipe is full: they are awake already
            end = os.open(self._path, os.O_WRONLY | os.O_NONBLOCK)
            try:
                os.write(end, _ONE)
            finally:
                os.close(end)

    def wait(self, seconds: float) -> bool:
        """Sleep until somebody notifies, at most so many seconds. True when somebody did."""
        ear = self._listen()
        if ear is None:
            threading.Event().wait(seconds)
            return False
        ready, _, _ = select.select([ear], [], [], seconds)
        with suppress(BlockingIOError):
            if ready:
                os.read(ear, 65536)
        return bool(ready)

    def _listen(self) -> int | None:
        with self._lock:
            if self._pipe is None and hasattr(os, "mkfifo"):
                with suppress(OSError):
                    with suppress(FileExistsError):
                        os.mkfifo(self._path, 0o600)
                    self._pipe = os.open(self._path, os.O_RDWR | os.O_NONBLOCK)
            return self._pipe
