from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text

from engine.domain.clock import SystemClock
from engine.domain.errors import WrongState
from engine.store import migrations
from engine.store.connection import Database, open_database
from engine.store.migrations.rendering import is_ours
from engine.store.schema import metadata


def test_the_migrated_tables_are_the_tables_of_the_schema(database: Database):
    with database.writer.connect() as connection:
        # Alembic takes an empty-text default on SQLite for none, so defaults are compared on PostgreSQL only.
        options = {"compare_type": True, "compare_server_default": connection.dialect.name == "postgresql"}
        options["include_name"] = is_ours
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def words_of(condition: str) -> list[str]:
    """The values and names of a condition, however the database writes it back."""
    said = re.sub(r"::[a-z ]+(\[\])?", "", condition)
    return sorted(set(re.findall(r"'[a-z_]+'|\b\d+\b|\b[a-z]+_[a-z]+\b", said)))


def test_the_migrated_vocabularies_are_those_of_the_schema(database: Database):
    """Alembic does not compare CHECK constraints."""
    inspector = inspect(database.writer)
    for table in metadata.sorted_tables:
        drawn = [*table.constraints, *(one for column in table.columns for one in column.constraints)]
        checks = [one for one in drawn if isinstance(one, CheckConstraint)]
        ours = {f"ck_{table.name}_{str(one.name).removeprefix(f'ck_{table.name}_')}": one for one in checks}
        ours = {name: words_of(str(one.sqltext)) for name, one in ours.items()}
        theirs = {str(one["name"]): words_of(one["sqltext"]) for one in inspector.get_check_constraints(table.name)}
        assert theirs == ours, table.name


def test_partial_indexes_are_those_of_the_schema(database: Database):
    inspector = inspect(database.writer)
    on = database.writer.dialect.name
    for table in metadata.sorted_tables:
        theirs = {one["name"]: one for one in inspector.get_indexes(table.name)}
        for index in table.indexes:
            ours = index.dialect_options[on]["where"]
            found = theirs[index.name].get("dialect_options", {}).get(f"{on}_where")
            assert (found is None) == (ours is None), index.name
            assert words_of(str(found)) == words_of(str(ours)), index.name
    assert inspector.get_pk_constraint("event")["constrained_columns"] == ["chain", "number", "at"]


def test_every_word_column_is_held_by_the_database(database: Database):
    """A word that is none is refused, whoever writes it."""
    wrong = {
        "unit": "INSERT INTO unit (id, code, name_vi, name_en, kind, agency_code)"
        " VALUES ('u','u','u','u','palace','u')",
        "connector_job": "INSERT INTO connector_job (id, kind, key, payload, state, attempts, due_at, created_at)"
        " VALUES ('j','k','k','{}','sleeping',0,'2026-01-01T00:00:00Z','2026-01-01T00:00:00Z')",
    }
    for table, statement in wrong.items():
        with pytest.raises(Exception, match=f"ck_{table}_"), database.begin() as tx:
            tx.execute(text(statement))


def newest() -> str:
    """The last migration."""
    return max(path.stem for path in (Path(migrations.__file__).parent / "versions").glob("0*.py"))


def test_migrating_again_changes_nothing(database: Database):
    database.migrate()
    with database.read() as tx:
        assert tx.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [newest()]


@pytest.mark.parametrize("found", ["0001", "0010", "0999_later"])
def test_a_record_of_another_numbering_is_refused_as_it_is(tmp_path: Path, found: str):
    database = open_database(f"sqlite:///{tmp_path / 'old.db'}", SystemClock())
    with database.begin() as tx:
        tx.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        tx.execute(text("INSERT INTO alembic_version VALUES (:found)"), {"found": found})
    with pytest.raises(WrongState) as refused:
        database.migrate()
    assert found in refused.value.message.vi
    assert found in refused.value.message.en
    with database.read() as tx:
        assert inspect(tx.connection).get_table_names() == ["alembic_version"]
        assert tx.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [found]
    database.close()


def test_two_processes_may_migrate_at_once(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    processes = [subprocess.Popen([sys.executable, __file__, url]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0]
    database = open_database(url, SystemClock())
    with database.read() as tx:
        assert tx.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [newest()]
        assert tx.now <= datetime.now(UTC)
    database.close()


if __name__ == "__main__":
    started = open_database(sys.argv[1], SystemClock())
    started.migrate()
    started.close()
