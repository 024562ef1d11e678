"""How we talk to the two databases: one set of habits for SQLite, one for PostgreSQL."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from engine.store.connection.json_text import read_json, write_json

BUSY_TIMEOUT_MS: Final = 5000
_ASK_AGAIN_S: Final = 0.003


def open_engines(url: str) -> tuple[Engine, Engine]:
    """(for writing, for reading). The second cannot change a row, whatever a view tries."""
    if url.startswith("sqlite"):
        return _sqlite(url, read_only=False), _sqlite(url, read_only=True)
    writer = create_engine(
        url,
        hide_parameters=True,  # a failing statement must not carry people's data into a log
        pool_size=10,
        max_overflow=20,
        pool_timeout=10,
        pool_pre_ping=True,  # a restarted server costs a reconnect, not a failed request
        connect_args={"connect_timeout": 5, "application_name": "motcua"},
        json_serializer=write_json,
        json_deserializer=read_json,
    )
    return writer, writer.execution_options(postgresql_readonly=True)


def _sqlite(url: str, *, read_only: bool) -> Engine:
    database = make_url(url).database
    if database is None or database == ":memory:":
        raise ValueError("SQLite in memory cannot be shared by two connections; give a file")
    Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        hide_parameters=True,  # a failing statement must not carry people's data into a log
        pool_size=10,
        max_overflow=20,
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False},
        json_serializer=write_json,
        json_deserializer=read_json,
    )
    event.listen(engine, "connect", _reading if read_only else _writing)
    event.listen(engine, "begin", _begin_deferred if read_only else _begin_immediate)
    return engine


def _writing(connection: sqlite3.Connection, record: Any) -> None:
    _habits(connection)
    connection.execute("PRAGMA busy_timeout=0")  # see _begin_immediate; once it holds the lock nothing else is busy


def _reading(connection: sqlite3.Connection, record: Any) -> None:
    _habits(connection)
    connection.execute("PRAGMA query_only=ON")


def _habits(connection: sqlite3.Connection) -> None:
    """WAL lets readers go on beside the writer; FULL keeps what was answered even through a power cut."""
    connection.isolation_level = None  # we say BEGIN ourselves, the driver would say it too late
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_immediate(connection: Connection) -> None:
    """A writer takes the write lock at once: upgrading later could fail halfway.

    SQLite's own waiting asks less and less often, so that among several processes the one that has waited longest
    has the least chance and may never win. Whoever waits here asks at a steady pace.
    """
    raw = connection.connection.driver_connection
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while raw is not None and time.monotonic() < until:
        try:
            raw.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                break
            time.sleep(_ASK_AGAIN_S)
        else:
            return
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # the last try: its failure is told in SQLAlchemy's words


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
