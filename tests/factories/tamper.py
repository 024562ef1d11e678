"""What somebody with all rights over the database can do to the history: the guards are taken off and put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from engine.store.connection import Database, Tx


@contextmanager
def behind_its_back(database: Database) -> Iterator[Tx]:
    """A transaction in which the history's guards sleep, as they do for a superuser who means it."""
    with database.begin() as tx:
        say = tx.connection.exec_driver_sql
        if tx.on_postgresql:
            say("SET LOCAL session_replication_role = replica")
            yield tx
            return
        guards = say("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'event%'").fetchall()
        assert guards
        for name, _ in guards:
            say(f"DROP TRIGGER {name}")
        yield tx
        for _, sql in guards:
            say(sql)
