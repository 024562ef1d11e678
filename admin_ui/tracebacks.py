"""Where an error happened, for the log: files, lines and functions, never what was being worked on."""

from __future__ import annotations

import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

Found = tuple[type[BaseException], BaseException, TracebackType | None]


def without_words(logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Put the kinds of error and their places into the line. Messages are left out: a database's or a parser's quotes
    the very values it stumbled over, and those are people's names and numbers.
    """
    found: Found | None = line.pop("exc_info", None)
    if found and found[1]:
        line["exception"] = _chain(found[1])
    return line


def _chain(error: BaseException) -> list[dict[str, Any]]:
    """The error and what caused it, outermost first."""
    chain: list[dict[str, Any]] = []
    seen: BaseException | None = error
    while seen is not None and len(chain) < 10:
        frames = traceback.extract_tb(seen.__traceback__)[-30:]
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        chain.append({"kind": f"{type(seen).__module__}.{type(seen).__qualname__}", "at": places})
        seen = seen.__cause__ or seen.__context__
    return chain
