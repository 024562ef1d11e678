from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from datetime import date

import pytest

from engine.domain.clock import SystemClock
from engine.domain.errors import Unreachable
from engine.store.connection import Database, open_database
from engine.store.dossiers import counters

AGENCY, DAY = "000.00.00.H56", date(2026, 3, 10)


def take(url: str, how_many: int) -> list[int]:
    database = open_database(url, SystemClock())
    numbers = []
    while len(numbers) < how_many:
        with suppress(Unreachable), database.begin() as tx:  # a crowded SQLite says "try again": nothing was taken
            numbers.append(counters.next_number(tx, AGENCY, DAY))
    database.close()
    return numbers


def test_two_thousand_numbers_by_four_processes_have_no_twin_and_no_gap(database_url: str):
    command = [sys.executable, __file__, database_url, "500"]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    taken = [number for process in processes for number in json.loads(process.communicate(timeout=120)[0])]
    assert sorted(taken) == list(range(1, 2001))


def take_and_fail(database: Database) -> None:
    with database.begin() as tx:
        assert counters.next_number(tx, AGENCY, DAY) == 2
        raise RuntimeError


def test_a_roll_back_gives_the_number_back(database: Database):
    with database.begin() as tx:
        assert counters.next_number(tx, AGENCY, DAY) == 1
    with pytest.raises(RuntimeError):
        take_and_fail(database)
    with database.begin() as tx:
        assert counters.next_number(tx, AGENCY, DAY) == 2
        assert counters.next_number(tx, AGENCY, date(2026, 3, 11)) == 1
        assert counters.next_number(tx, "000.00.00.H57", DAY) == 1


if __name__ == "__main__":
    print(json.dumps(take(sys.argv[1], int(sys.argv[2]))))  # noqa: T201 - the answer to the parent process
