"""Goes over a whole history, from the record or a file, in flat memory, and compares it with heads kept elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from engine.domain.history.chain import GENESIS, BrokenLink, ChainWalk


class Head(NamedTuple):
    """Where a chain ended when somebody looked."""

    chain: str
    number: int
    hash: str


class KeptHeads:
    """Heads in order of their chains, read beside a history in the same order. `exact`: nothing came after them."""

    def __init__(self, heads: Iterable[Head], *, exact: bool = False) -> None:
        self._heads = iter(heads)
        self._next = next(self._heads, None)
        self._exact = exact

    def passed_over(self, chain: str | None) -> Iterator[BrokenLink]:
        """Chains that should have come before this one (None: before the end) and did not."""
        while self._next is not None and (chain is None or self._next.chain < chain):
            yield BrokenLink(self._next.chain, self._next.number, "the whole chain is missing")
            self._next = next(self._heads, None)

    def take(self, chain: str) -> Head | None:
        """The kept head of this chain, if there is one."""
        if self._next is None or self._next.chain != chain:
            return None
        taken, self._next = self._next, next(self._heads, None)
        return taken

    def compare(self, head: Head | None, walk: ChainWalk, *, ended: bool) -> Iterator[BrokenLink]:
        """Does the chain pass through its kept head?"""
        if head is None:
            if ended and self._exact:
                yield BrokenLink(walk.chain, walk.number, "no head")
        elif not ended:
            if walk.number == head.number and walk.hash != head.hash:
                yield BrokenLink(walk.chain, head.number, "another hash than the kept head")
        elif walk.number < head.number or (self._exact and walk.number > head.number):
            yield BrokenLink(walk.chain, head.number, f"kept head {head.number}, last link {walk.number}")


@dataclass
class Verification:
    """One pass. `partial`: the rows are a part of the history (a month), so chains may begin in the middle."""

    kept: Sequence[KeptHeads] = ()
    partial: bool = False
    rows: int = 0
    chains: int = 0
    cleared: int = 0
    broken: int = 0
    _walk: ChainWalk | None = field(default=None, repr=False)
    _heads: list[Head | None] = field(default_factory=list, repr=False)

    def over(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[BrokenLink]:
        """Take the rows in order of chain and number; gives each place that does not hold."""
        for fault in self._faults(rows):
            self.broken += 1
            yield fault

    def _faults(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[BrokenLink]:
        for row in rows:
            self.rows += 1
            if self._walk is None or row["chain"] != self._walk.chain:
                yield from self._finish()
                yield from self._begin(row)
            if self._walk is not None:
                yield from self._walk.step(row)
                yield from self._compare(ended=False)
        yield from self._finish()
        if not self.partial:
            for kept in self.kept:
                yield from kept.passed_over(None)

    def _begin(self, row: Mapping[str, Any]) -> Iterator[BrokenLink]:
        chain = str(row["chain"])
        if self._walk is not None and chain < self._walk.chain:
            yield BrokenLink(chain, int(row["number"]), "out of order")
        for kept in self.kept:
            passed = list(kept.passed_over(chain))
            yield from [] if self.partial else passed
        self._heads = [kept.take(chain) for kept in self.kept]
        self.chains += 1
        self._walk = ChainWalk(chain)
        if self.partial:
            self._walk.number, self._walk.hash = int(row["number"]) - 1, str(row.get("previous") or GENESIS)
            yield from self._compare(ended=False)

    def _finish(self) -> Iterator[BrokenLink]:
        if self._walk is None:
            return
        yield from self._walk.end(partial=self.partial)
        self.cleared += self._walk.cleared
        yield from self._compare(ended=True)

    def _compare(self, *, ended: bool) -> Iterator[BrokenLink]:
        if self._walk is None:
            return
        for kept, head in zip(self.kept, self._heads, strict=True):
            yield from kept.compare(head, self._walk, ended=ended)


class HeadsDigest:
    """One digest over all heads in order: a single line of 64 letters to print, sign or publish."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()
        self.chains = 0

    def add(self, head: Head) -> None:
        """Take the next head."""
        self.chains += 1
        self._sum.update(f"{head.chain} {head.number} {head.hash}\n".encode())

    def hexdigest(self) -> str:
        """The digest so far."""
        return self._sum.hexdigest()
