"""Patterns of form fields. They come with packs of others and are run on what anybody types: they need a stopwatch.

Python's own engine can be made to search for hours (`(a+)+$`) and cannot be stopped; `regex` can.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import regex  # type: ignore[import-untyped]  # the package ships no types

LONGEST: Final = 500
_SECONDS: Final = 0.1  # an honest pattern needs microseconds for the longest field
_TRIED: Final = 0.1  # what a pattern that searches needs a multiple of for the runs below, an honest one a thousandth
_RUN: Final = 10_000
_ROUNDS: Final = 3
_MOST_SIGNS: Final = 12
_ENDING: Final = 3
_ALWAYS: Final = "a0A "


def fits(pattern: str, text: str) -> bool:
    """Whether the whole text has this form. One that cannot be decided in a few tenths of a second has not."""
    return _decided(pattern, text, _SECONDS) is True


def is_kind(pattern: str) -> bool:
    """Whether it is a pattern, and one that decides quickly about every text that was made to embarrass it."""
    if len(pattern) > LONGEST:
        return False
    try:
        return all(_decided(pattern, text, _TRIED) is not None for text in _hostile(pattern))
    except (regex.error, RecursionError, OverflowError, MemoryError):
        return False


def _decided(pattern: str, text: str, seconds: float) -> bool | None:
    """Whether the whole text has this form; None when every round ran out of time.

    The stopwatch runs on the wall: a machine that paused must not make a good answer wrong, so it is asked again.
    """
    for _ in range(_ROUNDS):
        try:
            return _compiled(pattern).fullmatch(text, timeout=seconds) is not None
        except TimeoutError:
            continue
    return None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    return regex.compile(pattern)


def _hostile(pattern: str) -> Iterator[str]:
    """Long runs of the signs the pattern speaks of, alone and in pairs, that fail at the very end.

    The pattern's last signs come before that end: with a literal it requires the engine cannot give up at once.
    """
    signs = list(dict.fromkeys([*(sign for sign in pattern if sign.isalnum()), *_ALWAYS]))[:_MOST_SIGNS]
    others = [sign for sign in dict.fromkeys(pattern) if sign in "-_.,:;/@ "]
    runs = [sign * _RUN for sign in (*signs, *others)]
    runs += ["".join(pair) * (_RUN // 2) for pair in itertools.permutations(signs[:6] + others[:3], 2)]
    for run in runs:
        yield f"{run}\x00"
        for ending in dict.fromkeys(pattern[-_ENDING:].strip("$)")):
            yield f"{run}{ending}\x00"
