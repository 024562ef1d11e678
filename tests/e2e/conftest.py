"""A whole installation for each form (embedded, grown-up), and people with browsers who use it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from e2e.installation import Installation, grown_up, scratch_database
from e2e.people import People
from e2e.served_house import ServedHouse
from factories.fixtures import SetClock
from factories.web_house import found_house
from playwright.sync_api import Browser, expect

expect.set_options(timeout=20_000)  # two whole installations may share two busy cores


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """SQLite, files on disk, a worker inside."""
    with Installation(tmp_path_factory.mktemp("embedded"), {}) as office:
        yield office


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """PostgreSQL, Redis with RQ workers, gunicorn."""
    with scratch_database() as url, Installation(tmp_path_factory.mktemp("grown"), grown_up(url)) as office:
        yield office


@pytest.fixture(params=["embedded", "grown"])
def office(request: pytest.FixtureRequest) -> Installation:
    installation: Installation = request.getfixturevalue(request.param)
    return installation


@pytest.fixture
def people(chromium: Browser, office: Installation, tmp_path: Path) -> Iterator[People]:
    crowd = People(chromium, office, tmp_path)
    yield crowd
    crowd.go_home()


@pytest.fixture(scope="module")
def town(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[ServedHouse]:
    """An office on a Tuesday morning, served to people who are signed in already."""
    clock = SetClock(datetime(2026, 3, 10, 2, 0, tzinfo=UTC))
    house = found_house(tmp_path_factory.mktemp("house"), clock, sqlite_template)
    with ServedHouse(house, chromium) as served:
        yield served
    house.platform.close()
