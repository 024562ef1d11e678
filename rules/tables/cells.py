"""Cells of a decision table: sets of words, and intervals of numbers or days. An empty cell accepts anything.

The notation is that of FEEL unary tests, so a lawyer reads the same in the grid, in YAML and in DMN:
`"online", "post"` · `not("counter")` · `true` · `>= 60` · `[1..5)` · `2024-01-01` · `-`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from rules.errors import FeeFileError

Number = int | Decimal
Word = str | bool


@dataclass(frozen=True, slots=True)
class Among:
    """One of `words`, or (negated) none of them. A fact nobody knows is none of them."""

    words: frozenset[Word]
    negated: bool = False

    def accepts(self, value: object) -> bool:
        """True when the cell is met by `value`."""
        return (value in self.words) != self.negated


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers or day ordinals between two ends; an end that is None is unbounded."""

    low: Number | None = None
    high: Number | None = None
    low_open: bool = False
    high_open: bool = False

    def contains(self, value: Number) -> bool:
        """True when `value` lies inside."""
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return self.high is None or value < self.high or (value == self.high and not self.high_open)

    def __str__(self) -> str:
        left = "(" if self.low_open or self.low is None else "["
        right = ")" if self.high_open or self.high is None else "]"
        if self.low is not None and self.low == self.high:
            return str(self.low)
        if self.low is None:
            return f"{'<' if self.high_open else '<='} {self.high}"
        if self.high is None:
            return f"{'>' if self.low_open else '>='} {self.low}"
        return f"{left}{self.low}..{self.high}{right}"


@dataclass(frozen=True, slots=True)
class Within:
    """In one of the intervals. A number nobody knows is in none."""

    intervals: tuple[Interval, ...]

    def accepts(self, value: object) -> bool:
        """True when the cell is met by `value`, a number or a day ordinal."""
        return isinstance(value, int | Decimal) and any(one.contains(value) for one in self.intervals)


Cell = Among | Within

_PARTS = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[\[\](][^\[\]()]*\.\.[^\[\]()]*[\[\])]|[^,"]+)\s*(?:,|$)')
_RANGE = re.compile(r"([\[\](])\s*(.*?)\s*\.\.\s*(.*?)\s*([\[\])])$")
_COMPARE = re.compile(r"(<=|>=|<|>|=)\s*(.+)$")


def read_cell(text: str, kind: str, place: str) -> Cell | None:
    """The cell written as `text` in a column of `kind`; None for "-" or nothing.

    Raises FeeFileError naming `place` when the text is not a cell of that kind.
    """
    bare = text.strip()
    if bare in ("", "-"):
        return None
    negated = bare.startswith("not(") and bare.endswith(")")
    parts = list(_split(bare[4:-1] if negated else bare, place))
    if kind in ("choice", "text", "boolean"):
        return Among(frozenset(_word(part, kind, place) for part in parts), negated)
    if negated:
        raise _unreadable(text, kind, place)
    return Within(tuple(_interval(part, kind, place) for part in parts))


def _split(text: str, place: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        found = _PARTS.match(text, at)
        if found is None:
            raise _unreadable(text, "", place)
        yield found[1].strip()
        at = found.end()


def _unreadable(text: str, kind: str, place: str) -> FeeFileError:
    return FeeFileError(
        place, f"không hiểu điều kiện «{text}» của cột {kind}", f"cannot read condition “{text}” of a {kind} column"
    )


def _word(part: str, kind: str, place: str) -> Word:
    if kind == "boolean" and part in ("true", "false"):
        return part == "true"
    if kind != "boolean" and part.startswith('"'):
        return part[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    raise _unreadable(part, kind, place)


def _interval(part: str, kind: str, place: str) -> Interval:
    if found := _RANGE.match(part):
        left, low, high, right = found.groups()
        return Interval(read_number(low, kind, place), read_number(high, kind, place), left != "[", right != "]")
    if found := _COMPARE.match(part):
        sign, value = found[1], read_number(found[2], kind, place)
        if sign == "=":
            return Interval(value, value)
        return Interval(high=value, high_open=sign == "<") if sign[0] == "<" else Interval(value, low_open=sign == ">")
    value = read_number(part, kind, place)
    return Interval(value, value)


def read_number(text: str, kind: str, place: str) -> Number:
    """A number, or a day as its ordinal (never yyyymmdd, which has phantom gaps)."""
    try:
        if kind == "date":
            return date.fromisoformat(text.removeprefix('date("').removesuffix('")')).toordinal()
        number = Decimal(text)
        if number.is_finite():
            return int(number) if number == number.to_integral_value() and abs(number) < 10**18 else number
    except (ValueError, InvalidOperation):
        pass
    raise _unreadable(text, kind, place)


def write_cell(cell: Cell | None, kind: str) -> str:
    """The cell in the notation `read_cell` reads; equal cells are written equally."""
    if cell is None:
        return "-"
    if isinstance(cell, Among):
        words = ", ".join(sorted(_show_word(word) for word in cell.words))
        return f"not({words})" if cell.negated else words
    return ", ".join(_show_interval(one, kind) for one in cell.intervals)


def _show_word(word: Word) -> str:
    if isinstance(word, bool):
        return "true" if word else "false"
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _show_interval(one: Interval, kind: str) -> str:
    if kind != "date":
        return str(one)
    text = str(one)
    for end in {one.low, one.high} - {None}:
        text = text.replace(str(end), date.fromordinal(int(end or 1)).isoformat())
    return text
