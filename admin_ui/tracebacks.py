"""Where an error happened, for the log: files, lines and functions, never what was being worked on."""

from __future__ import annotations

from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

from engine.domain.wordless_log import chain_of

Found = tuple[type[BaseException], BaseException, TracebackType | None]


def without_words(logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put the kinds of error and their places into the line. Messages are left out: a database's or a parser's quotes
    the very values it stumbled over, and those are people's names and numbers.
    """
    found: Found | None = line.pop("exc_info", None)
    if found and found[1]:
        line["exception"] = [{"kind": kind, "at": places} for kind, places in chain_of(found[1])]
    return line
