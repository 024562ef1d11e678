"""The bell that wakes a worker after a commit. It carries no work: the rows are the truth, the bell only haste."""

from __future__ import annotations

import hashlib
import os
import select
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

_ONE_RING: Final = b"!"


class Bell(Protocol):
    """Something that can be rung. Ringing never fails and never takes long."""

    def ring(self) -> None:
        """Wake a worker, if one hears it."""
        ...


class PipeBell:
    """A named pipe between the processes of one machine: the web rings, a worker waits at the other end.

    Nobody listening costs nothing. Where the system has no named pipes the sweeper alone finds the work.
    """

    def __init__(self, directory: Path) -> None:
        digest = hashlib.sha256(str(directory).encode()).hexdigest()[:16]
        self._path = directory / "bell" if directory.is_dir() else Path(tempfile.gettempdir()) / f"motcua-{digest}.bell"
        self._ear: int | None = None
        self._lock = threading.Lock()

    def ring(self) -> None:
        """Wake one worker on this machine."""
        with suppress(OSError, AttributeError):  # nobody listens, or the pipe is full: they are awake already
            end = os.open(self._path, os.O_WRONLY | os.O_NONBLOCK)
            try:
                os.write(end, _ONE_RING)
            finally:
                os.close(end)

    def wait(self, seconds: float) -> bool:
        """Sleep until somebody rings, at most so many seconds. True when it rang."""
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
            if self._ear is None and hasattr(os, "mkfifo"):
                with suppress(OSError):
                    with suppress(FileExistsError):
                        os.mkfifo(self._path, 0o600)
                    self._ear = os.open(self._path, os.O_RDWR | os.O_NONBLOCK)
            return self._ear
