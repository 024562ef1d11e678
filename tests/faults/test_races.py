"""Races in the size of the suite; `./motcua test faults -k race --races 10000` runs them in full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from faults.conftest import missing
from faults.races import race
from faults.servers import postgres_folder


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_one_wins_the_others_get_a_sentence_and_nothing_is_doubled(
    database: str, ordered: Callable[[str, Any], Any], keep_result: Callable[[dict[str, Any]], None]
) -> None:
    if database == "postgresql" and postgres_folder() is None:
        missing("PostgreSQL (initdb, pg_ctl)")
    found = race(database, ordered("races", 60), ordered("seed", 5), ordered("minutes", 600.0))
    keep_result({"what": "races", **found})
    assert found["wrong"] == []
    assert found["double effects"] == found["broken history"] == 0
    assert found["told in a sentence"] > 0
