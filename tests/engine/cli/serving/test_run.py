"""`motcua run` as a person starts it: serves, starts again, stops cleanly, says what is in its way."""

from __future__ import annotations

import os
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories.running_house import PATIENCE_S, House, free_port

pytestmark = pytest.mark.slow


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    built = House(tmp_path)
    yield built
    built.end()


def test_it_serves_tells_the_doors_and_ctrl_c_stops_all_of_it(house: House):
    process = house.start()
    house.wait_for("Ctrl-C")
    with urllib.request.urlopen(f"http://127.0.0.1:{house.port}/healthz", timeout=10) as answer:
        assert answer.status == 200
    assert f"http://127.0.0.1:{house.port}/desk" in house.said()
    assert "tiepnhan" in house.said()
    assert len(house.members()) >= 3
    os.killpg(process.pid, signal.SIGINT)  # a terminal gives Ctrl-C to the whole group
    assert process.wait(30) == 0
    assert house.members() == []
    assert "Traceback" not in house.said()

    house.start()  # the second start finds everything there
    house.wait_for("Ctrl-C")
    assert "+ " not in house.said()


def test_a_taken_port_is_a_sentence_with_the_way_out(house: House):
    with socket.socket() as other:
        other.bind(("127.0.0.1", house.port))
        other.listen()
        process = house.start()
        assert process.wait(PATIENCE_S) == 2
    assert f"{house.port}" in house.said()
    assert "MOTCUA_PORT=" in house.said()
    assert "Traceback" not in house.said()


def test_a_database_that_does_not_answer_is_named(house: House):
    house.environment["MOTCUA_DATABASE_URL"] = f"postgresql://127.0.0.1:{free_port()}/nothing"
    assert house.start().wait(PATIENCE_S) == 2
    assert "MOTCUA_DATABASE_URL" in house.said()
    assert "Traceback" not in house.said()


def test_killed_children_come_back_and_a_killed_parent_takes_them_along(house: House):
    process = house.start()
    house.wait_for("Ctrl-C")
    worker = next(pid for pid in house.members() if "worker" in Path(f"/proc/{pid}/cmdline").read_text())
    os.kill(worker, signal.SIGKILL)
    house.wait_for("đang chạy lại")
    process.kill()
    process.wait(10)
    until = time.monotonic() + 30
    while house.members():
        assert time.monotonic() < until
        time.sleep(0.2)
