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

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.total // self.size))
