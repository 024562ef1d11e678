"""What no view has to look for: every name and value of a request is checked before one is asked.

Text that cannot be written down is refused with a sentence; on PostgreSQL it would otherwise be an error of the
database, on SQLite a row that nobody can export.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from flask import Flask, request

from engine.domain.errors import AddressTooLong, Invalid, MotcuaError, NotFound
from engine.domain.signs import UNWRITABLE, is_writable
from engine.domain.text import Text

MAX_ADDRESS: Final = 4000  # signs of path and query together; gunicorn itself stops at twice as many
MAX_FIELDS: Final = 1000  # the largest form of the shipped packs has under sixty
MAX_TEXT: Final = 20_000  # signs of one field; a form that is cut short would say something else than was typed
MAX_JSON: Final = 1_000_000  # bytes of one JSON body: files do not come this way
MAX_VALUES: Final = 5000  # of one JSON body, names included
_DEEPEST: Final = 100
_TOO_LONG: Final = Text(
    f"Một mục dài quá {MAX_TEXT} ký tự. Hãy rút ngắn, hoặc đính kèm thành tệp.",
    f"An entry is longer than {MAX_TEXT} characters. Make it shorter, or attach it as a file.",
)


_TOO_MANY: Final = Text(
    f"Yêu cầu có quá {MAX_VALUES} giá trị. Hãy chia thành nhiều yêu cầu nhỏ hơn.",
    f"The request holds more than {MAX_VALUES} values. Divide it into smaller ones.",
)


def check_input(app: Flask) -> None:
    """Check address, cookies and fields of every request."""
    app.before_request(_check_address)
    app.before_request(_check_fields)


def writable_json(value: Any) -> bool:
    """Whether every text of a JSON value can be written down and it is nested as people write it.

    Raises Invalid for more values, or a longer text, than any form of ours holds.
    """
    waiting: list[tuple[Any, int]] = [(value, 1)]
    values = 0
    while waiting:
        found, depth = waiting.pop()
        values += 1
        if values > MAX_VALUES:
            raise Invalid(message=_TOO_MANY)
        if isinstance(found, str) and len(found) > MAX_TEXT:
            raise Invalid(message=_TOO_LONG)
        if depth > _DEEPEST or (isinstance(found, str) and not is_writable(found)):
            return False
        if isinstance(found, dict):
            waiting.extend((part, depth + 1) for pair in found.items() for part in pair)
        elif isinstance(found, list):
            waiting.extend((part, depth + 1) for part in found)
    return True


def _check_address() -> None:
    if len(request.full_path) > MAX_ADDRESS:
        raise AddressTooLong
    if not _all_writable((request.path, *map(str, (request.view_args or {}).values()))):
        raise NotFound
    if not _all_writable(_words(request.args.items(multi=True))):
        raise MotcuaError(UNWRITABLE)
    if not _all_writable(_words(request.cookies.items())):
        raise MotcuaError(UNWRITABLE)


def _check_fields() -> None:
    if request.is_json:
        return  # read by the API's own parser
    long = [name for name, value in request.form.items(multi=True) if len(value) > MAX_TEXT]
    if long:
        raise Invalid({name[:120]: _TOO_LONG for name in long if is_writable(name)}, _TOO_LONG)
    wrong = [name for name, value in request.form.items(multi=True) if not _all_writable((name, value))]
    wrong += [name for name in request.files if not is_writable(name)]
    if wrong:
        raise Invalid({name: UNWRITABLE for name in wrong if is_writable(name)}, UNWRITABLE)


def _words(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in pairs:
        yield name
        yield value


def _all_writable(texts: Iterable[str]) -> bool:
    return all(map(is_writable, texts))
