"""A house with its pages, on SQLite: what depends on the database is tested one floor below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from factories.fixtures import SetClock
from factories.web_house import Browser, WebHouse, found_house


@pytest.fixture(scope="session")
def build_house(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Callable[..., WebHouse]]:
    """Found an office at 09:00 on a working Tuesday. `**settings`: as in the environment, without the prefix."""
    built: list[WebHouse] = []

    def found(**settings: Any) -> WebHouse:
        clock = SetClock(datetime(2026, 3, 10, 2, 0, tzinfo=UTC))
        built.append(found_house(tmp_path_factory.mktemp("house"), clock, sqlite_template, **settings))
        return built[-1]

    yield found
    for house in built:
        house.platform.close()


@pytest.fixture
def house(build_house: Callable[..., WebHouse]) -> WebHouse:
    """A house of one's own."""
    return build_house()


@pytest.fixture(scope="module")
def shared_house(build_house: Callable[..., WebHouse]) -> WebHouse:
    """A house for the tests of one file that leave it as it was, or do not mind."""
    return build_house()


@pytest.fixture
def visitor(shared_house: WebHouse) -> Browser:
    """Somebody who is not signed in."""
    return shared_house.browser()
