"""The exact evaluator: every column maps a value to the set of rows it allows; a decision is their AND.

Rows are bits of one integer. Words are looked up in a dictionary; numbers and days by bisection into
elementary segments (each boundary, and each gap between two of them), so nothing is approximated.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rules.legal import Window
from rules.tables.cells import Among, Cell, Interval, Number, Within, Word
from rules.tables.table import DecisionTable


@dataclass(frozen=True, slots=True)
class WordIndex:
    """Rows allowed by each word of a column, and by any other word."""

    masks: Mapping[object, int]
    others: int

    def mask(self, value: object) -> int:
        """Bits of the rows whose cell accepts `value`."""
        return self.masks.get(value, self.others)


@dataclass(frozen=True, slots=True)
class SegmentIndex:
    """Rows allowed in each elementary segment: 2·i is the gap before boundary i, 2·i+1 the boundary itself."""

    bounds: Sequence[Number]
    masks: Sequence[int]
    unknown: int

    def segment(self, value: Number) -> int:
        """The number of the segment `value` lies in."""
        at = bisect_left(self.bounds, value)
        return 2 * at + 1 if at < len(self.bounds) and self.bounds[at] == value else 2 * at

    def mask(self, value: object) -> int:
        """Bits of the rows whose cell accepts `value`; an unknown number meets only empty cells."""
        if value is None:
            return self.unknown
        return self.masks[self.segment(value)]  # type: ignore[arg-type] # columns are normalised before


ColumnIndex = WordIndex | SegmentIndex


class Index:
    """All columns of one table, its categories and its validity windows, ready to evaluate."""

    def __init__(self, table: DecisionTable) -> None:
        self.table = table
        self._all = (1 << len(table.rows)) - 1
        self._columns = tuple(
            (name, index_column([row.cells.get(name) for row in table.rows], kind))
            for name, kind in table.kinds.items()
            if any(name in row.cells for row in table.rows)
        )
        self._days = index_windows([row.window for row in table.rows])
        self._ids = tuple(row.id for row in table.rows)
        self._categories = tuple(
            (category.name, _category_index(category.rows, table.kinds)) for category in table.categories
        )

    def rows_met(self, facts: Mapping[str, object], on: date) -> int:
        """Bits of the rows met by normalised `facts` on the legally relevant day `on`."""
        if self._categories:
            facts = self.with_categories(facts)
        mask = self._days.mask(on.toordinal())
        for name, column in self._columns:
            mask &= column.mask(facts[name])
            if not mask:
                return 0
        return mask

    def with_categories(self, facts: Mapping[str, object]) -> dict[str, object]:
        """The facts and every category, each explicitly true or false."""
        found = dict(facts)
        for name, (count, columns) in self._categories:
            mask = (1 << count) - 1
            for column_name, column in columns:
                mask &= column.mask(found[column_name])
            found[name] = mask != 0
        return found

    def row_ids(self, mask: int) -> tuple[str, ...]:
        """Ids of the rows in `mask`, in table order."""
        return tuple(self._ids[at] for at in bits(mask))


def bits(mask: int) -> list[int]:
    """Positions of the set bits, lowest first."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def index_column(cells: Sequence[Cell | None], kind: str) -> ColumnIndex:
    """The index of one column over the cells of all rows."""
    if kind in ("choice", "text", "boolean"):
        return _index_words(cells)
    return _index_segments(cells)


def _index_words(cells: Sequence[Cell | None]) -> WordIndex:
    words: set[Word] = set()
    others = 0
    for at, cell in enumerate(cells):
        if isinstance(cell, Among):
            words |= cell.words
        if cell is None or (isinstance(cell, Among) and cell.negated):
            others |= 1 << at
    masks: dict[object, int] = {word: _mask(cell is None or cell.accepts(word) for cell in cells) for word in words}
    return WordIndex(masks, others)


def _mask(flags: Iterable[bool]) -> int:
    return sum(1 << at for at, flag in enumerate(flags) if flag)


def _index_segments(cells: Sequence[Cell | None]) -> SegmentIndex:
    ends: set[Number] = set()
    for cell in cells:
        for interval in cell.intervals if isinstance(cell, Within) else ():
            ends |= {end for end in (interval.low, interval.high) if end is not None}
    bounds = sorted(ends)
    anything = _mask(cell is None for cell in cells)
    masks = [anything] * (2 * len(bounds) + 1)
    for at, cell in enumerate(cells):
        for interval in cell.intervals if isinstance(cell, Within) else ():
            first, last = segments_of(interval, bounds)
            for segment in range(first, last + 1):
                masks[segment] |= 1 << at
    return SegmentIndex(bounds, masks, anything)


def segments_of(interval: Interval, bounds: Sequence[Number]) -> tuple[int, int]:
    """First and last elementary segment inside `interval` (last < first when it is empty)."""
    first, last = 0, 2 * len(bounds)
    if interval.low is not None:
        first = 2 * bisect_left(bounds, interval.low) + (2 if interval.low_open else 1)
    if interval.high is not None:
        last = 2 * bisect_left(bounds, interval.high) + (0 if interval.high_open else 1)
    return first, last


def index_windows(windows: Sequence[Window]) -> SegmentIndex:
    """The index of validity windows over day ordinals."""
    return _index_segments([window_cell(window) for window in windows])


def window_cell(window: Window) -> Within | None:
    """A window as a cell over day ordinals; None when it is open on both ends."""
    if window.valid_from is None and window.valid_to is None:
        return None
    low = window.valid_from.toordinal() if window.valid_from else None
    high = window.valid_to.toordinal() if window.valid_to else None
    return Within((Interval(low, high),))


CategoryIndex = tuple[int, tuple[tuple[str, ColumnIndex], ...]]


def _category_index(rows: Sequence[Mapping[str, Cell]], kinds: Mapping[str, str]) -> CategoryIndex:
    names = [name for name in kinds if any(name in row for row in rows)]
    return len(rows), tuple((name, index_column([row.get(name) for row in rows], kinds[name])) for name in names)
