"""Any FEEL value as the text ``string()`` gives."""

from __future__ import annotations

from decimal import Decimal

from rules.feel.operations.scope import current_run
from rules.feel.values.values import Function, Range, plain


def text_of(value: object) -> str:
    """The text of a value; inside lists and contexts texts stand in quotes."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    return _composite(value)


def _composite(value: object) -> str:
    current_run().meter.tick()
    if isinstance(value, list):
        return "[" + ", ".join(_inner(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_inner(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Range):
        return _range(value)
    if isinstance(value, Function):
        return f"function({', '.join(value.parameters)})"
    return "null" if value is None else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _inner(value: object) -> str:
    return _quoted(value) if isinstance(value, str) else text_of(value)


def _key(key: str) -> str:
    return key if key.replace(" ", "").replace("_", "").isalnum() else _quoted(key)


def _range(span: Range) -> str:
    if span.op is not None:
        end = span.low if span.op in {">", ">=", "=", "!="} else span.high
        return f"({span.op} {_inner(end)})"
    low, high = "[" if span.low_included else "(", "]" if span.high_included else ")"
    return f"{low}{_inner(span.low)}..{_inner(span.high)}{high}"
