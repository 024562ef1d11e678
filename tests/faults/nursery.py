"""Forks web and worker processes from a parent that has everything loaded, and replaces each one that dies.

Run as `python -m faults.nursery PLACES WEB WORKERS` (places as JSON). It tells every birth on a line of its output:
"web 4711". A web process answers on two ports: people's pages over HTTP, and what a test wants to know or to bring.
The nursery's end is the end of its input: then all its children die with it.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from faults.clerk import answer_calls
from faults.office import CODE, People, Places
from faults.pages import serve, warm_application
from flask import Flask

from engine.bootstrap import Platform
from engine.domain.clock import local_day
from engine.jobs.worker import Worker
from engine.store.catalogue import procedures

_BACKLOG = 256


@dataclass(frozen=True)
class House:
    """What every child is born with: the platform and the application, loaded, and the sockets to answer on."""

    platform: Platform
    people: People
    app: Flask
    listening: socket.socket
    pages: socket.socket


def main() -> None:
    places = Places(**json.loads(sys.argv[1]))
    web, workers = int(sys.argv[2]), int(sys.argv[3])
    os.setsid()
    listening = socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG)
    pages = socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG)
    platform = places.platform()
    app = warm_application(platform)
    warm(platform)
    people = People.load((Path(places.var) / "people.json").read_text(encoding="utf-8"))
    say(f"port {listening.getsockname()[1]} {pages.getsockname()[1]}")
    house = House(platform, people, app, listening, pages)
    roles = ["web"] * web + ["worker"] * workers
    alive = {born(role, house): role for role in roles}
    while not asked_to_end():
        for pid in dead(alive):
            role = alive.pop(pid)
            alive[born(role, house)] = role
    os.killpg(0, signal.SIGKILL)


def warm(platform: Platform) -> Platform:
    """Load what the first request would load: the procedure, its forms, its diagram. No connection stays open."""
    with platform.database.read() as tx:
        version = procedures.current(tx, CODE, local_day(tx.now))
        platform.office.procedure_cache.spec(tx, version["id"])
    platform.database.close()
    return platform


def born(role: str, house: House) -> int:
    pid = os.fork()
    if pid:
        say(f"{role} {pid}")
        return pid
    try:
        sys.stdin.close()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # our parent's line tells of births alone
        live(role, house)
    finally:
        os._exit(1)


def live(role: str, house: House) -> None:
    if role == "worker":
        Worker(house.platform).run()
        return
    serve(house.app, house.pages)
    given = (house.platform, house.people, house.listening)
    threads = [threading.Thread(target=answer_calls, args=given) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def dead(alive: dict[int, str]) -> list[int]:
    """The children that have died, wherever a signal has found them."""
    found = []
    while alive:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if pid == 0:
            break
        found.append(pid)
    return found


def asked_to_end() -> bool:
    ready, _, _ = select.select([sys.stdin], [], [], 0.02)
    return bool(ready) and not os.read(0, 100)


def say(line: str) -> None:
    os.write(1, f"{line} {time.time():.3f}\n".encode())


if __name__ == "__main__":
    main()
