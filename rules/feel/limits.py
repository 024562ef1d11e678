"""Limits of one evaluation: size, depth, steps and time, so that no expression can hang the office."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from rules.errors import FeelLimitError

_CHECK_EVERY = 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one evaluation may use; ``seconds`` is measured with ``stopwatch``, which tests replace."""

    source_chars: int = 50_000
    depth: int = 80
    calls: int = 120
    steps: int = 2_000_000
    list_size: int = 1_000_000
    string_chars: int = 1_000_000
    seconds: float = 5.0
    stopwatch: Callable[[], float] = time.monotonic


DEFAULT = Limits()


def refuse(what_vi: str, what_en: str) -> NoReturn:
    """Stop because a limit was reached."""
    raise FeelLimitError(
        f"Biểu thức vượt giới hạn cho phép: {what_vi}. Hãy viết biểu thức gọn hơn.",
        f"The expression exceeds a limit: {what_en}. Write a smaller expression.",
    )


class Meter:
    """Counts the steps of one evaluation and looks at the stopwatch now and then."""

    __slots__ = ("deadline", "depth", "limits", "next_look", "steps")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.steps = 0
        self.next_look = min(_CHECK_EVERY, limits.steps)
        self.depth = 0
        self.deadline = limits.stopwatch() + limits.seconds

    def tick(self, steps: int = 1) -> None:
        """Count work done; cheap, because the stopwatch is read once in a thousand steps."""
        self.steps += steps
        if self.steps >= self.next_look:
            self.look()

    def look(self) -> None:
        """Look at the stopwatch now: after work whose length no count of steps tells."""
        if self.steps > self.limits.steps:
            refuse("quá nhiều bước tính", "too many steps")
        if self.limits.stopwatch() > self.deadline:
            refuse("quá thời gian tính", "out of time")
        self.next_look = self.steps + _CHECK_EVERY

    def enter(self) -> None:
        """Enter a function written by a user; leaves with :meth:`leave`."""
        self.tick()
        self.depth += 1
        if self.depth > self.limits.calls:
            refuse("hàm gọi lồng nhau quá sâu", "functions call each other too deeply")

    def leave(self) -> None:
        """Leave a function written by a user."""
        self.depth -= 1

    def check_size(self, value: object) -> object:
        """Refuse a list or text that has grown beyond the limit; return it otherwise."""
        if isinstance(value, list):
            self.tick(len(value) >> 4)
            if len(value) > self.limits.list_size:
                refuse("danh sách quá dài", "the list is too long")
        elif isinstance(value, str):
            self.tick(len(value) >> 10)
            if len(value) > self.limits.string_chars:
                refuse("chuỗi ký tự quá dài", "the text is too long")
        return value
