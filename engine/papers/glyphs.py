"""Which signs our fonts cannot print: a paper with a hole in it must not be published."""

from __future__ import annotations

from functools import cache

from engine.papers.sheet import font_tables


def missing(text: str) -> str:
    """The signs of the text that one of the fonts has no picture for, each once, in order."""
    wanted = (sign for word in (text, text.upper()) for sign in word if not sign.isspace())
    return "".join(dict.fromkeys(sign for sign in wanted if not all(ord(sign) in table for table in _tables())))


@cache
def _tables() -> tuple[frozenset[int], ...]:
    return font_tables()
