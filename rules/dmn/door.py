"""What comes from outside enters under its declared type: forms and JSON know no dates, only their text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from rules.dmn.item_types import TypeTable
from rules.errors import DmnEvaluationError
from rules.feel import (
    FeelType,
    coerce,
    current_run,
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
    shown_value,
    to_number,
)

_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?")
_HOW: Final[Mapping[str, str]] = {
    "date": "2026-01-31",
    "time": "08:30:00",
    "date and time": "2026-01-31T08:30:00+07:00",
    "number": "12.5",
    "days and time duration": "P3DT4H",
    "years and months duration": "P1Y6M",
    "boolean": "true, false",
}


def _number(text: str) -> object:
    return to_number(text) if _NUMBER.fullmatch(text) else None


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "days and time duration": parse_duration,
    "years and months duration": parse_duration,
    "duration": parse_duration,
    "number": _number,
}


def composed(value: object) -> object:
    """The value with every text in it in NFC, as the texts of a model are: é is é however it was typed."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(each) for each in value]
    if isinstance(value, dict):
        return {key: composed(each) for key, each in value.items()}
    return value


def from_text(value: object, wanted: FeelType) -> object:
    """The value with every text in it read as the type that is declared for its place; unreadable text stays."""
    if isinstance(value, str):
        base = wanted.element if wanted.kind == "list" and wanted.element is not None else wanted
        reader = _READERS.get(base.kind)
        read = None if reader is None else reader(value.strip())
        return value if read is None else read
    if isinstance(value, list) and wanted.kind == "list" and wanted.element is not None:
        return [from_text(each, wanted.element) for each in value]
    if isinstance(value, dict) and wanted.fields:
        return {
            key: from_text(each, wanted.fields[key]) if key in wanted.fields else each for key, each in value.items()
        }
    return value


def entered(value: object, types: TypeTable, type_ref: str, name: str) -> object:
    """A value from outside as its declared type; null, and told with the field, when it cannot be that."""
    wanted = types.named(type_ref)
    if value is None:
        return None
    read = from_text(value, wanted) if current_run().strict else value
    found = coerce(read, wanted)
    if found is None:
        told, shape = shown_value(value), _shape(wanted)
        current_run().problems.append(
            DmnEvaluationError(
                f"“{name}” nhận giá trị {told}, không thuộc kiểu “{type_ref}”{shape and f' (viết dạng {shape})'}.",
                f"“{name}” was given {told}, which is not of type “{type_ref}”{shape and f' (written like {shape})'}.",
            )
        )
    return found


def _shape(wanted: FeelType) -> str:
    return "" if wanted.allowed is not None else _HOW.get(wanted.kind, "")
