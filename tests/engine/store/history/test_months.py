"""Partitions by month: made ahead, made at need, never in the way of an insert."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Thread

import pytest
from sqlalchemy import text

from engine.domain.actor import SYSTEM
from engine.domain.history import EventKind
from engine.store.connection import Database
from engine.store.history import events, months

# Partitions are PostgreSQL's.
pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)]


@pytest.fixture
def on_postgresql(database: Database) -> Iterator[Database]:
    yield database
    with database.begin() as tx:  # the scratch database is shared with other tests
        for month in months.months(tx):
            if month.year >= 2031:
                tx.execute(text(f"DROP TABLE event_{month:%Y_%m}"))


def parts(database: Database) -> dict[str, int]:
    with database.read() as tx:
        found = tx.execute(text("SELECT tableoid::regclass::text, count(*) FROM event GROUP BY 1")).all()
    return {str(name): count for name, count in found}


def written(database: Database, chain: str, how_many: int = 1) -> None:
    for _ in range(how_many):
        with database.begin() as tx:
            events.append(tx, chain, SYSTEM, EventKind.TIMER_FIRED, {})


def test_months_are_made_ahead_once(on_postgresql: Database, clock):
    clock.set(datetime(2031, 11, 30, 23, 59, 59, tzinfo=UTC))
    with on_postgresql.begin() as tx:
        assert months.keep_ahead(tx) == ["event_2031_11", "event_2031_12", "event_2032_01", "event_2032_02"]
    with on_postgresql.begin() as tx:
        assert months.keep_ahead(tx) == []
    written(on_postgresql, "a")
    clock.advance(seconds=1)
    written(on_postgresql, "a")
    assert parts(on_postgresql) == {"event_2031_11": 1, "event_2031_12": 1}


def test_an_insert_without_its_month_is_kept_and_moved_later(on_postgresql: Database, clock):
    clock.set(datetime(2033, 5, 1, tzinfo=UTC))
    written(on_postgresql, "a", 3)
    assert parts(on_postgresql) == {"event_other": 3}
    with on_postgresql.begin() as tx:
        assert "event_2033_05" in months.keep_ahead(tx)
    written(on_postgresql, "a", 2)
    assert parts(on_postgresql) == {"event_2033_05": 5}
    with on_postgresql.read() as tx:
        assert list(events.broken_links(tx)) == []
    for name in ("event_2033_05", "event_other"):  # the guards stand on both again
        with pytest.raises(Exception, match="append only"), on_postgresql.begin() as tx:
            tx.execute(text(f"TRUNCATE {name}"))
    with pytest.raises(Exception, match="append only"), on_postgresql.begin() as tx:
        tx.execute(text("DELETE FROM event_2033_05"))


def test_making_months_while_others_write_loses_nothing(on_postgresql: Database, clock):
    clock.set(datetime(2034, 7, 15, tzinfo=UTC))
    writers = [Thread(target=written, args=(on_postgresql, f"chain-{number}", 25)) for number in range(4)]
    for writer in writers:
        writer.start()
    for _ in range(10):
        with on_postgresql.begin() as tx:
            months.keep_ahead(tx)
            tx.execute(text("SELECT pg_sleep(0.02)"))  # writers run into the lock while the month is being made
    for writer in writers:
        writer.join()
    with on_postgresql.begin() as tx:
        months.keep_ahead(tx)
    assert sum(parts(on_postgresql).values()) == 100
    with on_postgresql.read() as tx:
        assert list(events.broken_links(tx)) == []


def test_a_dossiers_history_opens_only_its_own_months(on_postgresql: Database, clock):
    clock.set(datetime(2035, 1, 10, tzinfo=UTC))
    for _ in range(8):  # two years of months
        with on_postgresql.begin() as tx:
            months.keep_ahead(tx)
        clock.advance(days=90)
    clock.set(datetime(2035, 6, 20, tzinfo=UTC))
    written(on_postgresql, "a")
    clock.set(datetime(2035, 7, 20, tzinfo=UTC))
    written(on_postgresql, "a")
    with on_postgresql.begin() as tx:
        end = events.head(tx, "a")
        plan = explained(tx, events.chain_within(end))
        everywhere = explained(tx, "SELECT * FROM event WHERE chain = 'a'")
    assert set(re.findall(r"event_(?:\d{4}_\d{2}|other)", plan)) >= {"event_2035_06", "event_2035_07"}
    assert not re.search(r"event_(other|2035_0[1-58]|2036)", plan), plan
    assert "event_2036_01" in everywhere


def explained(tx, statement) -> str:
    if not isinstance(statement, str):
        statement = str(statement.compile(tx.connection, compile_kwargs={"literal_binds": True}))
    return "\n".join(tx.connection.exec_driver_sql(f"EXPLAIN {statement}").scalars())
