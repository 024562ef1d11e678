from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from engine.domain.clock import SystemClock
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


def test_partial_indexes_and_unique_keys_arrived(database: Database):
    inspector = inspect(database.writer)
    names = {index["name"] for table in metadata.tables for index in inspector.get_indexes(table)}
    assert {"ix_task_queue", "ix_task_mine", "ix_timer_due", "ix_connector_job_due"} <= names
    assert inspector.get_pk_constraint("event")["constrained_columns"] == ["chain", "number", "at"]


def newest() -> str:
    """The number of the last migration."""
    return max(path.name[:4] for path in (Path(migrations.__file__).parent / "versions").glob("0*.py"))


def test_migrating_again_changes_nothing(database: Database):
    database.migrate()
    with database.read() as tx:
        assert tx.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [newest()]


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
