"""For every floor: the two databases, a clock that is set by hand, and a platform with nothing real outside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from engine.bootstrap import Platform, build
from engine.settings import Settings
from engine.store.connection import Database, open_database
from engine.store.schema import metadata

POSTGRES_HERE = "postgresql://root@127.0.0.1:5432/test"
POSTGRES = os.environ.get("MOTCUA_TEST_POSTGRES_URL", POSTGRES_HERE).replace("+psycopg", "", 1)


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> None:
        self.at = at

    def advance(self, **delta: float) -> datetime:
        self.at += timedelta(**delta)
        return self.at


@pytest.fixture
def clock() -> SetClock:
    """A working Tuesday, 09:00 in Vietnam."""
    return SetClock(datetime(2026, 3, 10, 2, 0, tzinfo=UTC))


def absent(service: str, error: Exception) -> str:
    """Skip loudly on a user's machine; fail where all services are promised."""
    reason = f"{service} does not answer ({error}); its half of the tests did not run"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_scratch() -> Iterator[str]:
    """A database of our own on the server, made once per test process and dropped at the end."""
    name = f"motcua_test_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    try:
        admin = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        absent("PostgreSQL", error)
    with admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        url = f"{POSTGRES.rsplit('/', 1)[0]}/{name}".replace("postgresql://", "postgresql+psycopg://", 1)
        database = open_database(url, SetClock(datetime(2026, 1, 1, tzinfo=UTC)))
        database.migrate()
        database.close()
        yield url
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated empty file, copied for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = open_database(f"sqlite:///{path}", SetClock(datetime(2026, 1, 1, tzinfo=UTC)))
    database.migrate()
    database.close()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database; every test runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "motcua.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    url = request.getfixturevalue("postgres_scratch")
    yield url
    tables = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    with psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # the history's guards refuse it otherwise
        connection.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")


@pytest.fixture
def database(database_url: str, clock: SetClock) -> Iterator[Database]:
    opened = open_database(database_url, clock)
    yield opened
    opened.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Everything beside the database lies in the test's own folder."""
    places = {"MOTCUA_VAR": str(tmp_path / "var"), "MOTCUA_DATABASE_URL": database_url}
    return Settings.from_env({**places, "MOTCUA_PRACTICE": "on"})


@pytest.fixture
def platform(settings: Settings, clock: SetClock) -> Iterator[Platform]:
    built = build(settings, clock)
    yield built
    built.close()
