"""The transaction as actions see it: run statements, know the time, leave a word for after the commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult
from sqlalchemy.sql.base import Executable


class Tx:
    """One open transaction. Doors open and close it; actions and queries only use it.

    `now` is the same instant (UTC) for everything written in it.
    """

    def __init__(self, connection: Connection, now: datetime, notifier: Callable[[], None]) -> None:
        self.connection = connection
        self.now = now
        self._notifier = notifier
        self._after: list[Callable[[], None]] = []
        self._rung = False

    @property
    def on_postgresql(self) -> bool:
        """Whether this is PostgreSQL; else it is SQLite, where writers come one at a time anyway."""
        return self.connection.dialect.name == "postgresql"

    def execute(
        self, statement: Executable, params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[Any]:
        """Run one Core statement."""
        result = self.connection.execute(statement, params)
        if not isinstance(result, CursorResult):
            raise TypeError(f"not a statement of the record: {statement}")
        return result

    def notify_after_commit(self) -> None:
        """Wake a worker once the rows are kept. Twice in one transaction is once."""
        if not self._rung:
            self._rung = True
            self._after.append(self._notifier)

    def afterwards(self) -> tuple[Callable[[], None], ...]:
        """What is to run after the commit, in order."""
        return tuple(self._after)
