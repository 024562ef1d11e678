"""The one clock. Everybody else is told what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

# No daylight saving; domain days, deadlines and dossier codes are counted here.
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock(Protocol):
    """Gives the present instant, aware and in UTC."""

    def now(self) -> datetime:
        """The present instant (UTC)."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present instant (UTC)."""
        return datetime.now(UTC)


class TravelClock:
    """Practice clock: the machine's time plus a number of seconds kept in a file.

    The file is read at every call, so several processes share one journey. No file or an unreadable one
    means no offset: a broken practice file must not stop the office.
    """

    def __init__(self, path: Path, base: Clock | None = None) -> None:
        self._path = path
        self._base = base or SystemClock()

    def now(self) -> datetime:
        """The practised instant (UTC)."""
        return self._base.now() + timedelta(seconds=self.offset_s())

    def offset_s(self) -> int:
        """Seconds between practice and truth."""
        try:
            return int(self._path.read_text(encoding="utf-8").strip() or "0")
        except (OSError, ValueError):
            return 0

    def travel(self, seconds: int) -> None:
        """Move on (or back) by `seconds`, for every process that reads the same file."""
        self._write(self.offset_s() + seconds)

    def travel_to(self, at: datetime) -> None:
        """Make it `at` now."""
        self._write(round((at - self._base.now()).total_seconds()))

    def _write(self, offset_s: int) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(f"{offset_s}\n", encoding="utf-8")
        fresh.replace(self._path)


def local(at: datetime) -> datetime:
    """The instant on the wall clock of Việt Nam (UTC+7)."""
    return at.astimezone(VIETNAM)


def local_day(at: datetime) -> date:
    """The calendar day of the instant in Việt Nam."""
    return local(at).date()
