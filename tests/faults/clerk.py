"""A web process of the storm: takes one wish per connection, opens the one transaction, acts, answers.

A wish and its answer are one line of JSON each. A connection that ends without an answer means what it means to a
browser: nobody knows whether it was done.
"""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Callable, Mapping
from typing import Any

from faults.office import STEPS, People
from sqlalchemy import select

from connectors.port import Done
from engine.actions.filing import SubmitDossier, WithdrawDossier, submit_dossier, withdraw_dossier
from engine.actions.process import FinishConnectorJob, FireTimer, finish_connector_job, fire_timer
from engine.actions.tasks import CompleteTask, complete_task
from engine.bootstrap import Platform
from engine.domain.errors import MotcuaError, Unreachable
from engine.store.process import tasks
from engine.store.schema.work import task

_LOG = logging.getLogger("storm.web")


def answer_calls(platform: Platform, people: People, listening: socket.socket) -> None:
    while True:
        connection, _ = listening.accept()
        with connection:
            connection.settimeout(20)
            try:
                wish = json.loads(connection.makefile("rb").readline())
                connection.sendall(json.dumps(answer(platform, people, wish)).encode() + b"\n")
            except (OSError, ValueError):
                continue


def answer(platform: Platform, people: People, wish: Mapping[str, Any]) -> dict[str, Any]:
    """Done with what came of it; or a sentence in both languages; or "try again", as a 503 says."""
    try:
        return {"done": WISHES[wish["do"]](platform, people, wish)}
    except Unreachable:
        return {"again": True}
    except MotcuaError as error:
        return {"sentence": [error.message.vi, error.message.en], "kind": type(error).__name__}
    except Exception as error:
        _LOG.exception("a wish")
        return {"broken": f"{type(error).__name__}: {error}"[:500]}


def _send(platform: Platform, people: People, wish: Mapping[str, Any]) -> Any:
    with platform.database.begin() as tx:
        command = SubmitDossier(people.citizen, wish["dossier"], wish["key"], confirmed=True)
        return submit_dossier(tx, platform.office, command).code


def _complete(platform: Platform, people: People, wish: Mapping[str, Any]) -> Any:
    outputs = {STEPS[wish["element"]]: wish["nonce"]}
    with platform.database.begin() as tx:
        command = CompleteTask(people.officials[wish["official"]], wish["task"], outputs, wish.get("version"))
        return complete_task(tx, platform.office, command).ended


def _withdraw(platform: Platform, people: People, wish: Mapping[str, Any]) -> Any:
    with platform.database.begin() as tx:
        withdraw_dossier(tx, platform.office, WithdrawDossier(people.citizen, wish["dossier"], "Không cần nữa"))
    return True


def _fire(platform: Platform, people: People, wish: Mapping[str, Any]) -> Any:
    with platform.database.begin() as tx:
        fire_timer(tx, platform.office, FireTimer(wish["timer"]))
    return True


def _finish(platform: Platform, people: People, wish: Mapping[str, Any]) -> Any:
    """What a worker brings home from the other side."""
    with platform.database.begin() as tx:
        result = Done({"tracking_number": "EM000000000VN"})
        return finish_connector_job(tx, platform.office, FinishConnectorJob(wish["job"], result))


def _look(platform: Platform, people: People, wish: Mapping[str, Any]) -> Any:
    """How a task stands: what somebody looks at who got no answer."""
    with platform.database.read() as tx:
        row = tasks.get(tx, wish["task"])
    if row is None:
        return None
    return {"state": row["state"], "outputs": row["outputs"]}


def _queue(platform: Platform, people: People, wish: Mapping[str, Any]) -> Any:
    """The open tasks of the office, oldest first."""
    unit = people.officials[0].unit_id
    open_ones = (
        select(task.c.id, task.c.dossier_id, task.c.element_id)
        .where(task.c.unit_id == unit, task.c.role == "reception", task.c.state == "open")
        .order_by(task.c.sort_at, task.c.id)
        .limit(wish.get("most", 100))
    )
    with platform.database.read() as tx:
        return [list(row) for row in tx.execute(open_ones)]


WISHES: dict[str, Callable[[Platform, People, Mapping[str, Any]], Any]] = {
    "send": _send,
    "complete": _complete,
    "withdraw": _withdraw,
    "fire": _fire,
    "finish": _finish,
    "look": _look,
    "queue": _queue,
}
