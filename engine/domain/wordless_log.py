"""Logs without people's data: of an error they tell its kind and its places, never its words.

A database quotes the very row it stumbled over ("Failing row contains (…)"), a parser the text it could not read. Such
words end in the files of operators, who have no business with names and numbers of citizens (Nghị định 13/2023/NĐ-CP).
The record itself is cleaned when it is made, so that whoever writes it, gunicorn and RQ too, has nothing to tell.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from types import TracebackType
from typing import Any, Final

_DEEPEST: Final = 10
_FRAMES: Final = 30
# How databases and SQLAlchemy begin to quote rows and values.
_QUOTES: Final = re.compile(r"\(?(?:DETAIL:|Failing row contains|Key \(|\[SQL:|\[parameters:|CONTEXT:).*", re.DOTALL)
_make: Final = logging.LogRecord


def kind_of(error: BaseException) -> str:
    """The full name of an error's class."""
    return f"{type(error).__module__}.{type(error).__qualname__}"


def chain_of(error: BaseException) -> list[tuple[str, list[str]]]:
    """The error and what caused it, outermost first: the kind, and the places as "file:line function"."""
    chain: list[tuple[str, list[str]]] = []
    seen: BaseException | None = error
    while seen is not None and len(chain) < _DEEPEST:
        frames = traceback.extract_tb(seen.__traceback__)[-_FRAMES:]
        chain.append((kind_of(seen), [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]))
        seen = seen.__cause__ or seen.__context__
    return chain


def told_without_words(error: BaseException) -> str:
    """The chain as lines for a log."""
    lines = ((f"{kind}", *(f"  {place}" for place in places)) for kind, places in chain_of(error))
    return "\n".join(line for part in lines for line in part)


def install() -> None:
    """Make every log record and every last word of a dying thread wordless, in this process. Safe to repeat."""
    logging.setLogRecordFactory(_record)
    sys.excepthook = _died
    threading.excepthook = _thread_died


def _record(*given: Any, **named: Any) -> logging.LogRecord:
    record = _make(*given, **named)
    record.args = _without_errors(record.args)
    found = record.exc_info
    if found and found[1] is not None:
        record.exc_text = told_without_words(found[1])
        record.exc_info = None  # a formatter of somebody else's would write it with its words
    message = record.getMessage()
    if _QUOTES.search(message):
        record.msg, record.args = _QUOTES.sub("…", message), ()
    return record


def _without_errors(args: Any) -> Any:
    if isinstance(args, tuple):
        return tuple(kind_of(one) if isinstance(one, BaseException) else one for one in args)
    return args


def _died(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    sys.stderr.write(told_without_words(error) + "\n")


def _thread_died(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
        sys.stderr.write(told_without_words(told.exc_value) + "\n")
