"""Built-ins on texts. Positions and lengths count characters, not bytes."""

from __future__ import annotations

from decimal import Decimal

from rules.feel.builtins import patterns
from rules.feel.builtins.registry import builtin
from rules.feel.operations.scope import current_run


@builtin("substring", "string: string", "start position: number", "length?: number")
def _substring(text: str, start: Decimal, length: Decimal | None = None) -> object:
    first = int(start)
    if first == 0 or abs(first) > len(text):
        return None
    begin = first - 1 if first > 0 else len(text) + first
    if length is None:
        return text[begin:]
    return text[begin : begin + int(length)] if length >= 1 else None


@builtin("string length", "string: string")
def _string_length(text: str) -> object:
    return Decimal(len(text))


@builtin("upper case", "string: string")
def _upper_case(text: str) -> object:
    return text.upper()


@builtin("lower case", "string: string")
def _lower_case(text: str) -> object:
    return text.lower()


@builtin("substring before", "string: string", "match: string")
def _substring_before(text: str, match: str) -> object:
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after", "string: string", "match: string")
def _substring_after(text: str, match: str) -> object:
    return text.partition(match)[2] if match else text


@builtin("contains", "string: string", "match: string")
def _contains(text: str, match: str) -> object:
    return match in text


@builtin("starts with", "string: string", "match: string")
def _starts_with(text: str, match: str) -> object:
    return text.startswith(match)


@builtin("ends with", "string: string", "match: string")
def _ends_with(text: str, match: str) -> object:
    return text.endswith(match)


def _timed(result: object) -> object:
    # A pattern may take long over a short text: look at the stopwatch after each.
    current_run().meter.look()
    return result


@builtin("matches", "input: string", "pattern: string", "flags?: string?")
def _matches(text: str, pattern: str, flags: str | None = None) -> object:
    compiled = patterns.compile_pattern(pattern, flags or "")
    return None if compiled is None else _timed(patterns.search(compiled, text))


@builtin("replace", "input: string", "pattern: string", "replacement: string", "flags?: string?")
def _replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> object:
    compiled = patterns.compile_pattern(pattern, flags or "")
    if compiled is None:
        return None
    return _timed(patterns.replace(compiled, text, replacement, literal="q" in (flags or "")))


@builtin("split", "string: string", "delimiter: string")
def _split(text: str, delimiter: str) -> object:
    compiled = patterns.compile_pattern(delimiter, "")
    return None if compiled is None else _timed(patterns.split(compiled, text))


@builtin("string join", "list: list", "delimiter?: string?")
def _string_join(parts: list[object], delimiter: str | None = None) -> object:
    if not all(part is None or isinstance(part, str) for part in parts):
        return None
    return (delimiter or "").join(part for part in parts if isinstance(part, str))
