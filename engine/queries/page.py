"""One page of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """`number` counts from 1. `approximate`: nothing matched as typed, these are the nearest."""

    rows: tuple[Row, ...]
    number: int
    size: int
    total: int
    approximate: bool = False

    @classmethod
    def within(cls, number: int, size: int, total: int) -> int:
        """The page to show: behind the last one there is the last one, never an empty list that seems to be all."""
        return min(max(number, 1), max(1, -(-total // size)))

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.total // self.size))
