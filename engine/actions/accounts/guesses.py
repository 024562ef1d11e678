"""Bounds for guessing: a few wrong tries are free, then each one costs a longer pause. Nothing is ever locked for good.

Counted are the account at one place, the account everywhere, the place, and a device that has signed in before, each by
itself: wrong tries from elsewhere do not keep the owner's own device out, nor one careless desk its whole office.
While a pause lasts no try is looked at and none is counted, so that hammering does not prolong it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from engine.store.accounts import throttle
from engine.store.connection import Tx


@dataclass(frozen=True)
class Bound:
    """`free` wrong tries cost nothing, then the pause doubles from `first` to `longest`; forgotten after `fades`."""

    free: int
    first: timedelta
    longest: timedelta
    fades: timedelta

    def pause(self, failures: int) -> timedelta:
        """How long nothing is looked at after that many wrong tries in a row."""
        beyond = failures - self.free
        return timedelta(0) if beyond < 0 else min(self.first * 2 ** min(beyond, 20), self.longest)


@dataclass(frozen=True)
class Counted:
    """One thing that wrong tries are counted for."""

    subject: str
    bound: Bound


_HOUR: Final = timedelta(hours=1)
ACCOUNT_AT_PLACE: Final = Bound(5, timedelta(seconds=5), timedelta(minutes=15), timedelta(days=1))
KNOWN_DEVICE: Final = Bound(10, timedelta(seconds=5), timedelta(minutes=15), timedelta(days=1))
# With 40 s at the longest an account is tried at most 90 times an hour (ASVS 2.2.1 allows 100), from anywhere.
ACCOUNT: Final = Bound(20, timedelta(seconds=2), timedelta(seconds=40), _HOUR)
PLACE: Final = Bound(
    100, timedelta(seconds=2), timedelta(seconds=40), timedelta(minutes=15)
)  # a whole office behind one
# Votes that one connection sends without signing in: a family or an office answers, a program that drops its cookie
# does not get far.
VOTES: Final = Bound(30, timedelta(minutes=30), timedelta(days=1), timedelta(days=1))
TRACKED_CODE: Final = Bound(10, timedelta(seconds=5), timedelta(minutes=10), timedelta(days=1))


def pause_left(tx: Tx, counted: Sequence[Counted]) -> int:
    """Seconds until a try is looked at again; 0: now."""
    known = throttle.known(tx, [each.subject for each in counted])
    closed = [row["closed_until"] for row in known.values() if row["closed_until"] is not None]
    return max((int((until - tx.now).total_seconds()) + 1 for until in closed if until > tx.now), default=0)


def count_try(tx: Tx, counted: Sequence[Counted]) -> None:
    """One more try for each: a wrong password, or a vote."""
    known = throttle.known(tx, [each.subject for each in counted])
    for each in counted:
        row = known.get(each.subject)
        fresh = row is None or row["last_at"] < tx.now - each.bound.fades
        failures = 1 if fresh or row is None else int(row["failures"]) + 1
        pause = each.bound.pause(failures)
        throttle.keep(tx, each.subject, failures, tx.now + pause if pause else None)
