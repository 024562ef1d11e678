"""A whole installation for each form (embedded, grown-up), and people with browsers who use it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.installation import Installation, grown_up, scratch_database
from e2e.people import People
from playwright.sync_api import Browser, Playwright, sync_playwright

CHROMIUM = os.environ.get("MOTCUA_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    if CHROMIUM is None:
        reason = "no Chromium on this machine: apt-get install chromium, or set MOTCUA_TEST_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield running
    running.close()


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
def people(browser: Browser, office: Installation, tmp_path: Path) -> Iterator[People]:
    crowd = People(browser, office, tmp_path)
    yield crowd
    crowd.go_home()
