"""Judges strangers' files in a child process: what hangs, eats memory or falls takes only the child with it."""

from __future__ import annotations

import json
import multiprocessing
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Final

CPU_SECONDS: Final = 1.7
"""Processor time for one file. An ordinary diagram takes some thousandths of a second."""
WALL_SECONDS: Final = 15.0
"""For one file on the clock, far above the processor time: a busy machine is nobody's fault."""
MEMORY_BYTES: Final = 2 * 1024**3

Judge = Callable[[str], dict[str, Any]]


class StoppedError(Exception):
    """The child did not answer; `out_of_time` tells whether it was stopped for taking too long."""

    def __init__(self, *, out_of_time: bool) -> None:
        super().__init__("out of time" if out_of_time else "fell")
        self.out_of_time = out_of_time


class Apart:
    """One child that judges file after file, and is replaced when it does not come back."""

    def __init__(self, judge: Judge, seconds: float = CPU_SECONDS) -> None:
        """`seconds` of processor time for one answer; more than one file may be behind it."""
        self._judge, self._seconds = judge, seconds
        self._context = multiprocessing.get_context("fork")  # the readers are loaded already: a child costs nothing
        self._child: BaseProcess | None = None
        self._line: Connection | None = None

    def judge(self, file: str) -> dict[str, Any]:
        """The child's answer; raises StoppedError."""
        line = self._line or self._start()
        try:
            line.send_bytes(file.encode("utf-8", "surrogateescape"))
            if not line.poll(WALL_SECONDS * self._seconds / CPU_SECONDS):
                raise StoppedError(out_of_time=True)
            answer: dict[str, Any] = json.loads(line.recv_bytes())
        except (EOFError, OSError) as error:
            raise StoppedError(out_of_time=self._ended_by() == -signal.SIGPROF) from error
        except StoppedError:
            self.close()
            raise
        return answer

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
        self._ended_by()

    def _start(self) -> Connection:
        ours, theirs = self._context.Pipe()
        self._child = self._context.Process(target=_work, args=(theirs, ours, self._judge, self._seconds), daemon=True)
        self._child.start()
        theirs.close()
        self._line = ours
        return ours

    def _ended_by(self) -> int | None:
        """Clear the child away; gives the number of the signal that ended it, negative."""
        child, line, self._child, self._line = self._child, self._line, None, None
        if line is not None:
            line.close()
        if child is None:
            return None
        child.join()
        return child.exitcode


def _work(line: Connection, parents: Connection, judge: Judge, seconds: float) -> None:
    """The child: one file at a time, each with its own processor time; SIGPROF ends it where it stands."""
    parents.close()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    while True:
        try:
            file = line.recv_bytes().decode("utf-8", "surrogateescape")
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_PROF, seconds)
        answer = json.dumps(judge(file)).encode()
        signal.setitimer(signal.ITIMER_PROF, 0)
        line.send_bytes(answer)
