"""An installation with a history of the first form comes over whole, and its chains hold as they did."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from factories.fixtures import POSTGRES
from sqlalchemy import text

from engine.domain.actor import SYSTEM
from engine.domain.history import EventKind
from engine.store.connection import Database, migrate, open_database
from engine.store.history import events

BEFORE, AFTER = "0006", "0008"
START = datetime(2025, 11, 20, 3, 4, 5, 678, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def old(request: pytest.FixtureRequest, tmp_path: Path, clock) -> Iterator[Database]:
    """A database as it was before, with two chains over three months."""
    if request.param == "sqlite":
        database = open_database(f"sqlite:///{tmp_path / 'old.db'}", clock)
        move(database, "upgrade", BEFORE)
        fill(database)
        yield database
        database.close()
        return
    name = f"motcua_old_{tmp_path.name.replace('-', '_')}"[:60]
    with psycopg.connect(POSTGRES, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        url = f"{POSTGRES.rsplit('/', 1)[0]}/{name}".replace("postgresql://", "postgresql+psycopg://", 1)
        database = open_database(url, clock)
        move(database, "upgrade", BEFORE)
        fill(database)
        yield database
        database.close()
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def move(database: Database, how: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parents[1] / "migrations"))
    with database.writer.begin() as connection:
        config.attributes["connection"] = connection
        getattr(command, how)(config, revision)


def fill(database: Database) -> None:
    """Links as the first form sealed them: everything in one digest."""
    insert = text(
        "INSERT INTO event (chain, number, at, actor_kind, actor_id, actor_name, kind, data, public, hash)"
        " VALUES (:chain, :number, :at, :actor_kind, :actor_id, :actor_name, :kind, :data, :public, :hash)"
    )
    with database.begin() as tx:
        for chain in ("office", "01JD0000000000000000000000"):
            previous = "0" * 64
            for number in range(1, 8):
                link = {
                    "chain": chain,
                    "number": number,
                    "at": (START + timedelta(days=10 * number)).isoformat(timespec="microseconds"),
                    "actor_kind": "citizen",
                    "actor_id": "p1",
                    "actor_name": "Nguyễn Văn An",
                    "kind": "tried",
                    "data": {"đ": [1.5, None, True], "b": "ớ", "a": number},
                    "public": number % 2,
                }
                covered = json.dumps(link, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                previous = hashlib.sha256(f"{previous}\n{covered}".encode()).hexdigest()
                at = link["at"] if tx.on_postgresql else link["at"].replace("+00:00", "Z")
                tx.execute(insert, {**link, "at": at, "data": json.dumps(link["data"]), "hash": previous})


def heads(database: Database) -> list[tuple[str, int, str]]:
    with database.read() as tx:
        assert list(events.broken_links(tx)) == []
        return list(events.heads(tx))


def test_a_filled_history_comes_over_and_goes_on(old: Database):
    with old.read() as tx:
        before = tx.execute(text("SELECT chain, number, hash FROM event ORDER BY chain, number")).all()
    move(old, "upgrade", "head")
    assert sorted(heads(old)) == sorted(tuple(row) for row in before if row[1] == 7)
    with old.read() as tx:
        assert tx.execute(text("SELECT chain, number, hash FROM event ORDER BY chain, number")).all() == before
        if tx.on_postgresql:
            assert tx.execute(text("SELECT count(DISTINCT tableoid) FROM event")).scalar_one() == 3
            assert tx.execute(text("SELECT count(*) FROM event_other")).scalar_one() == 0
    with old.begin() as tx:
        events.append(tx, "01JD0000000000000000000000", SYSTEM, EventKind.TASK_CLAIMED, {"note": "new form"})
    assert [number for _, number, _ in heads(old) if number == 8] == [8]


def test_the_way_back_is_open_until_a_link_of_the_new_form_is_written(old: Database):
    move(old, "upgrade", AFTER)
    move(old, "downgrade", BEFORE)
    with old.read() as tx:
        assert tx.execute(text("SELECT count(*) FROM event")).scalar_one() == 14
    move(old, "upgrade", AFTER)
    with old.begin() as tx:
        events.append(tx, events.OFFICE, SYSTEM, EventKind.TASK_CLAIMED, {})
    with pytest.raises(RuntimeError, match="new form"):
        move(old, "downgrade", BEFORE)
    assert len(heads(old)) == 2
