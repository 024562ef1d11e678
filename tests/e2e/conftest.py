"""A whole installation for each form (embedded, grown-up), and people with browsers who use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.installation import Installation, grown_up, scratch_database
from e2e.people import People
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
