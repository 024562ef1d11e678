"""The space of situations a table must cover, cut into elementary pieces; gaps, overlaps and dead rows in it.

Each dimension is a list of choices; a choice carries an example and the set of rows that accept it. Rows are
boxes, one side per dimension (the geometric view of Calvanese et al., BPM 2016). A gap is a choice in every
dimension that no row accepts in all; it is searched by recursion over (dimension, rows still alive), and each
such pair is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rules.tables.index import bits

NODE_BUDGET = 300_000


class OverBudgetError(Exception):
    """The search looked at more nodes than allowed; what was found so far stays true."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One elementary piece of a dimension: an example of it, and the bits of the rows that accept it."""

    example: Mapping[str, object]
    mask: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """One independent part of a situation."""

    name: str
    choices: tuple[Choice, ...]


class Space:
    """All situations, as the product of its dimensions, over `count` rows."""

    def __init__(self, dimensions: Sequence[Dimension], count: int, *, budget: int = NODE_BUDGET) -> None:
        self._dimensions = tuple(sorted((_merged(one) for one in dimensions), key=lambda one: len(one.choices)))
        self.count = count
        self._budget = budget

    def with_budget(self, budget: int) -> Space:
        """The same situations, searched with another patience."""
        return Space(self._dimensions, self.count, budget=budget)

    def gaps(self, alive: int | None = None, within: int | None = None, limit: int = 20) -> list[dict[str, object]]:
        """Up to `limit` situations that none of the rows `alive` accepts; inside row `within` when given.

        Raises OverBudgetError when the search is cut short.
        """
        search = _GapSearch(self._dimensions, self._budget, within)
        start = (1 << self.count) - 1 if alive is None else alive
        return [dict(found) for _, found in zip(range(limit), search.run(0, start, {}), strict=False)]

    def gaps_between(self, limit: int = 20) -> list[dict[str, object]]:
        """As `gaps`, for rows of which no two share a situation: they are counted, so it takes no search.

        Disjoint rows cover everything exactly when the situations they accept are as many as there are. Where they
        are fewer, the choices under which they are fewer lead to every gap, without a step in vain.
        """
        return [
            dict(found) for _, found in zip(range(limit), self._missing(0, (1 << self.count) - 1, {}), strict=False)
        ]

    def _missing(self, at: int, alive: int, found: dict[str, object]) -> Iterator[dict[str, object]]:
        volumes, total = self._volumes[at]
        if sum(volumes[row] for row in bits(alive)) == total:
            return
        if at == len(self._dimensions):
            yield found
            return
        for choice in self._dimensions[at].choices:
            yield from self._missing(at + 1, alive & choice.mask, {**found, **choice.example})

    @cached_property
    def _volumes(self) -> list[tuple[list[int], int]]:
        """By dimension: in how many situations of it and all later ones each row is met, and how many there are."""
        volumes, total = [1] * self.count, 1
        found = [(volumes, total)]
        for dimension in reversed(self._dimensions):
            widths = [0] * self.count
            for choice in dimension.choices:
                for row in bits(choice.mask):
                    widths[row] += 1
            volumes = [volume * width for volume, width in zip(volumes, widths, strict=True)]
            total *= len(dimension.choices)
            found.append((volumes, total))
        return found[::-1]

    def overlaps(self) -> Iterator[tuple[int, int, dict[str, object]]]:
        """Every pair of rows that share a situation, with one they share."""
        partners = [((1 << self.count) - 1) & ~((1 << (row + 1)) - 1) for row in range(self.count)]
        for dimension in self._dimensions:
            for row, together in enumerate(_together(dimension, self.count)):
                partners[row] &= together
        for row, mask in enumerate(partners):
            for other in bits(mask):
                yield row, other, self._shared((1 << row) | (1 << other))

    def unreachable(self) -> list[int]:
        """Rows that accept no situation at all."""
        return [row for row in range(self.count) if self._example(row) is None]

    def within(self, inner: int, outer: int) -> bool:
        """True when every situation of row `inner` is one of row `outer`."""
        both = (1 << inner) | (1 << outer)
        return all(choice.mask & both != 1 << inner for dimension in self._dimensions for choice in dimension.choices)

    def example(self, row: int) -> dict[str, object]:
        """A situation row `row` accepts; empty when there is none."""
        return self._example(row) or {}

    def _example(self, row: int) -> dict[str, object] | None:
        found = self._shared(1 << row)
        return found if found or not self._dimensions else None

    def _shared(self, rows: int) -> dict[str, object]:
        found: dict[str, object] = {}
        for dimension in self._dimensions:
            choice = next((one for one in dimension.choices if one.mask & rows == rows), None)
            if choice is None:
                return {}
            found |= choice.example
        return found


def _merged(dimension: Dimension) -> Dimension:
    """Choices accepted by the same rows behave alike: one of them is enough."""
    kept: dict[int, Choice] = {}
    for choice in dimension.choices:
        kept.setdefault(choice.mask, choice)
    return Dimension(dimension.name, tuple(kept.values()))


def _together(dimension: Dimension, count: int) -> list[int]:
    """For each row, the rows it shares a choice with."""
    found = [0] * count
    for choice in dimension.choices:
        for row in bits(choice.mask):
            found[row] |= choice.mask
    return found


class _GapSearch:
    """Recursion over dimensions with the rows still alive; remembers pairs known to have no gap."""

    def __init__(self, dimensions: tuple[Dimension, ...], budget: int, within: int | None) -> None:
        self._dimensions = dimensions
        self._left = budget
        self._closed: set[tuple[int, int]] = set()
        self._inside = 0 if within is None else 1 << within

    def run(self, at: int, alive: int, found: dict[str, object]) -> Iterator[dict[str, object]]:
        """Situations from dimension `at` on that no row of `alive` accepts."""
        if not alive:
            rest = self._rest(at)
            if rest is not None:
                yield {**found, **rest}
            return
        if at == len(self._dimensions) or (at, alive) in self._closed:
            return
        self._spend()
        empty = True
        for choice in self._dimensions[at].choices:
            if choice.mask & self._inside == self._inside:
                for gap in self.run(at + 1, alive & choice.mask, {**found, **choice.example}):
                    empty = False
                    yield gap
        if empty:
            self._closed.add((at, alive))

    def _rest(self, at: int) -> dict[str, object] | None:
        """Any choice for the dimensions that no longer matter (inside the given row)."""
        rest: dict[str, object] = {}
        for dimension in self._dimensions[at:]:
            choice = next((one for one in dimension.choices if one.mask & self._inside == self._inside), None)
            if choice is None:
                return None
            rest |= choice.example
        return rest

    def _spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise OverBudgetError
