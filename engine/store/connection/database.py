"""The one place where transactions begin and end. Only doors (web, job step, command) call it."""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from engine.domain.clock import Clock
from engine.domain.errors import Unreachable
from engine.domain.text import Text
from engine.store.connection.engines import BUSY_TIMEOUT_MS, open_engines
from engine.store.connection.tx import Tx

__all__ = ["Database", "Tx", "open_database"]

_LOG = logging.getLogger("motcua.store")

BUSY = Text(
    "Hệ thống đang bận hoặc cơ sở dữ liệu tạm thời không phản hồi. Chưa có gì bị thay đổi; hãy thử lại sau ít giây.",
    "The system is busy or its database does not answer just now. Nothing was changed; please try again in a moment.",
)


class WriteLock:
    """Lets the threads of one process write to SQLite in turn: its busy handler is not fair."""

    def __init__(self, *, fair: bool) -> None:
        self._lock = threading.Lock() if fair else None

    def __enter__(self) -> None:
        if self._lock is not None and not self._lock.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
            raise Unreachable(BUSY)

    def __exit__(self, *error: object) -> None:
        if self._lock is not None:
            self._lock.release()


class Database:
    """The record. `begin` writes, `read` cannot."""

    def __init__(self, writer: Engine, reader: Engine, clock: Clock) -> None:
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._notifier: Callable[[], None] = _silence
        self._write_lock = WriteLock(fair=writer.dialect.name == "sqlite")

    @property
    def writer(self) -> Engine:
        """The engine itself, for migrations and checks."""
        return self._writer

    def set_notifier(self, notifier: Callable[[], None]) -> None:
        """Say what wakes a worker after a commit that left work to do."""
        self._notifier = notifier

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        """A writing transaction: leaving it well commits and then wakes a worker; an error takes everything back.

        Raises Unreachable when the database does not answer or stays locked.
        """
        with _speaking(), self._write_lock, self._writer.begin() as connection:
            tx = Tx(connection, self._clock.now(), self._notifier)
            yield tx
        for function in tx.afterwards():
            _run_quietly(function)

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """A reading transaction: one consistent picture, no change possible."""
        with _speaking(), self._reader.begin() as connection:
            yield Tx(connection, self._clock.now(), _silence)

    def migrate(self) -> None:
        """Bring the tables to the newest form. Safe to call at every start and by several processes at once."""
        with _speaking():
            # Named, not imported: a worker that comes back after a crash should not have to load Alembic first.
            importlib.import_module("engine.store.connection.migrate").upgrade(self._writer)

    def close(self) -> None:
        """Give all connections back."""
        self._reader.dispose()
        self._writer.dispose()


def open_database(url: str, clock: Clock) -> Database:
    """The database behind `url` (sqlite:///file or postgresql+psycopg://…). Connects at first use."""
    writer, reader = open_engines(url)
    return Database(writer, reader, clock)


@contextmanager
def _speaking() -> Iterator[None]:
    """Turn "no connection" and "locked" into a sentence; every other database error is ours to mend."""
    try:
        yield
    except PoolTimeout as error:
        raise Unreachable(BUSY) from error
    except DBAPIError as error:
        if isinstance(error, OperationalError) or error.connection_invalidated:
            _LOG.warning("database does not answer: %s", type(error.orig).__name__)
            raise Unreachable(BUSY) from error
        raise


def _run_quietly(function: Callable[[], None]) -> None:
    """The rows are kept: what comes after must not turn a success into an error page."""
    try:
        function()
    except Exception:
        _LOG.exception("after commit")


def _silence() -> None:
    """Nobody is to be notified yet: the sweeper will find the rows."""
