from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from engine.domain.clock import SystemClock
from engine.domain.errors import Conflict, Unreachable
from engine.store.connection import Database, open_database, rows
from engine.store.schema.catalogue import poll
from engine.store.schema.dossiers import notice
from engine.store.schema.work import event, process_instance

QUESTION = {"question_vi": "Bạn hài lòng không?", "question_en": "Are you satisfied?"}


def _polls(database: Database) -> int:
    with database.read() as tx:
        return len(tx.execute(select(poll)).all())


def add_and_fail(database: Database) -> None:
    with database.begin() as tx:
        rows.add(tx, poll, {**QUESTION, "opens_at": tx.now})
        tx.notify_after_commit()
        raise RuntimeError


def test_return_keeps_and_raise_takes_back(database: Database, clock):
    with database.begin() as tx:
        rows.add(tx, poll, {**QUESTION, "opens_at": tx.now})
    with pytest.raises(RuntimeError):
        add_and_fail(database)
    assert _polls(database) == 1


def test_a_reading_transaction_cannot_write(database: Database):
    with pytest.raises((DBAPIError, Unreachable)), database.read() as tx:
        tx.execute(insert(poll).values(id="1", opens_at=tx.now, **QUESTION))
    assert _polls(database) == 0
    with database.begin() as tx:  # the connection that was only read from may write afterwards
        rows.add(tx, poll, {**QUESTION, "opens_at": tx.now})
    assert _polls(database) == 1


def test_now_is_fixed_at_the_beginning_and_comes_back_aware(database: Database, clock):
    with database.begin() as tx:
        before = tx.now
        clock.advance(hours=1)
        poll_id = rows.add(tx, poll, {**QUESTION, "opens_at": tx.now})
    with database.read() as tx:
        row = rows.get(tx, poll, poll_id)
    assert row is not None
    assert row["opens_at"] == before
    assert row["opens_at"].utcoffset().total_seconds() == 0


def test_the_bell_rings_once_after_the_commit_and_never_after_a_roll_back(database: Database):
    rung: list[int] = []
    database.set_notifier(lambda: rung.append(_polls(database)))
    with database.begin() as tx:
        rows.add(tx, poll, {**QUESTION, "opens_at": tx.now})
        tx.notify_after_commit()
        tx.notify_after_commit()
    assert rung == [1]
    with pytest.raises(RuntimeError):
        add_and_fail(database)
    assert rung == [1]


def test_a_broken_bell_does_not_turn_a_kept_change_into_an_error(database: Database):
    def broken() -> None:
        raise OSError("Redis is gone")

    database.set_notifier(broken)
    with database.begin() as tx:
        rows.add(tx, poll, {**QUESTION, "opens_at": tx.now})
        tx.notify_after_commit()
    assert _polls(database) == 1


def test_foreign_keys_hold(database: Database):
    values = {"dossier_id": "nobody", "kind": "x", "text_vi": "a", "text_en": "b", "person_id": None}
    with pytest.raises(IntegrityError), database.begin() as tx:
        rows.add(tx, notice, {**values, "at": tx.now})


def test_a_stale_version_is_a_conflict(database: Database, clock):
    with database.begin() as tx, pytest.raises(Conflict):
        rows.change_version(tx, process_instance, "none", 1, {"state": "ended"})


def test_sqlite_says_a_sentence_when_it_stays_locked(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("engine.store.connection.engines.BUSY_TIMEOUT_MS", 100)
    database = open_database(f"sqlite:///{tmp_path / 'a.db'}", SystemClock())
    database.migrate()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with database.begin():
            held.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    with pytest.raises(Unreachable) as caught, database.begin():
        pass
    with database.read() as tx:  # readers are not held up by the writer
        assert tx.execute(select(event)).all() == []
    done.set()
    thread.join()
    database.close()
    assert "đang bận" in caught.value.message.vi


def test_an_unreachable_server_says_a_sentence():
    database = open_database("postgresql+psycopg://nobody@127.0.0.1:9/none", SystemClock())
    with pytest.raises(Unreachable), database.begin() as tx:
        tx.execute(text("SELECT 1"))
    database.close()
