"""The storm in the size of the suite; `./motcua test faults --instances 10000 --kills 1000` is the full one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest
from faults.conftest import missing
from faults.servers import postgres_folder
from faults.storm import Order, storm


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_nothing_is_lost_stuck_or_done_twice(
    database: str, ordered: Callable[[str, Any], Any], keep_result: Callable[[dict[str, Any]], None]
) -> None:
    if database == "postgresql" and postgres_folder() is None:
        missing("PostgreSQL (initdb, pg_ctl)")
    if shutil.which("redis-server") is None:
        missing("redis-server")
    order = Order(
        database=database,
        instances=ordered("instances", 40),
        kills=ordered("kills", 8),
        seed=ordered("seed", 7),
        redis=True,
        minutes=ordered("minutes", 600.0),
    )
    found = storm(order)
    keep_result({"what": "storm", **found})
    must_not_be = (
        "deadlocks",
        "lost",
        "stuck",
        "done twice",
        "effects twice",
        "phantoms",
        "broken history",
        "open at the end",
    )
    assert {name: found[name] for name in must_not_be} == dict.fromkeys(must_not_be, 0), found["wrong"]
    assert found["wrong"] == []
    assert found["strange incidents"] == []
    assert found["kills"] >= order.kills * 0.9
