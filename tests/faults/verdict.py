"""After the storm: the record, what people were told, and what the peers counted must be one story."""

from __future__ import annotations

import json
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from factories.calls import job_counts
from faults.crowd import Ledger
from faults.office import STEPS, People
from faults.servers import Peers
from sqlalchemy import func, select

from engine.actions.process import ResolveIncident, resolve_incident
from engine.bootstrap import Platform
from engine.store.connection import Tx
from engine.store.history import events
from engine.store.schema.dossiers import dossier
from engine.store.schema.work import connector_job, event, incident, process_instance, task, timer

PEER_OF = {"sms.send": "sms", "post.deliver": "post", "telegram.send": "telegraph"}


def effects(peers: Peers) -> dict[str, dict[str, int]]:
    """How often each key took effect, by peer."""
    found = {}
    for name, port in peers.ports.items():
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/effects", timeout=60) as answer:
            found[name] = json.load(answer)["effects"]
    return found


def wait_for_quiet(platform: Platform, seconds: float) -> dict[str, int]:
    """Until no job is open and no timer waits; gives what is still open when time is up."""
    until = time.monotonic() + seconds
    while True:
        with platform.database.read() as tx:
            counted = job_counts(tx)
            waiting = tx.execute(select(func.count()).select_from(timer).where(timer.c.state == "waiting")).scalar_one()
        still = {name: counted.get(name, 0) for name in ("pending", "claimed")} | {"timers": waiting}
        if not any(still.values()) or time.monotonic() > until:
            return still
        time.sleep(0.3)


def resolve_unknown(platform: Platform, people: People, peers: Peers) -> tuple[int, list[str]]:
    """An official asks the other side about each call in doubt and says what is true."""
    counted = effects(peers)
    wrong: list[str] = []
    open_ones = select(incident.c.id, incident.c.code, connector_job.c.key, connector_job.c.kind).select_from(
        incident.outerjoin(connector_job, connector_job.c.id == incident.c.job_id)
    )
    with platform.database.read() as tx:
        rows = tx.execute(open_ones.where(incident.c.state == "open")).mappings().all()
    for row in rows:
        if row["code"] != "job_unknown" or row["kind"] != "telegram.send":
            wrong.append(f"an incident nobody ordered: {row['code']} {row['kind']}")
            continue
        how = "done" if counted["telegraph"].get(row["key"]) else "not_done"
        with platform.database.begin() as tx:
            resolve_incident(tx, platform.office, ResolveIncident(people.head, row["id"], how, "Đã hỏi bên nhận"))
    return len(rows), wrong


def judge(platform: Platform, ledger: Ledger, peers: Peers) -> dict[str, Any]:
    """Every count is of things that must not be; `wrong` names the first of them."""
    wrong = list(ledger.wrong)
    with platform.database.read() as tx:
        found = {
            "lost": _lost(tx, ledger, wrong),
            "stuck": _stuck(tx, set(ledger.sent), wrong),
            "done twice": _done_twice(tx, wrong),
            "phantoms": _phantoms(tx, ledger, peers, wrong),
            "broken history": sum(1 for _ in events.broken_links(tx)),
        }
    found["effects twice"] = _effects_twice(peers, wrong)
    return {**found, "complaints": len(ledger.wrong), "wrong": wrong[:10]}


def _lost(tx: Tx, ledger: Ledger, wrong: list[str]) -> int:
    """Steps people were told of that the record does not hold as they were told."""
    codes = {row.id: row.code for row in tx.execute(select(dossier.c.id, dossier.c.code))}
    outputs = {
        (row.dossier_id, row.element_id): (row.outputs or {}).get(STEPS[row.element_id])
        for row in tx.execute(select(task.c.dossier_id, task.c.element_id, task.c.outputs))
    }
    lost = [f"sent {one}" for one, code in ledger.sent.items() if codes.get(one) != code]
    lost += [f"completed {key}" for key, nonce in ledger.completed.items() if outputs.get(key) != nonce]
    wrong += lost
    return len(lost)


def _stuck(tx: Tx, sent: set[str], wrong: list[str]) -> int:
    """Dossiers that have not arrived, and work that nobody will ever do."""
    ended = {row.dossier_id for row in tx.execute(_of(process_instance, process_instance.c.state == "ended"))}
    stuck = [f"not arrived: {one}" for one in sent ^ ended]
    for table, state, bad in (
        (task, task.c.state, ("open",)),
        (timer, timer.c.state, ("waiting",)),
        (connector_job, connector_job.c.state, ("pending", "claimed", "failed", "unknown")),
        (incident, incident.c.state, ("open",)),
    ):
        stuck += [f"{table.name} {row.id}" for row in tx.execute(select(table.c.id).where(state.in_(bad)))]
    wrong += stuck
    return len(stuck)


def _of(table: Any, condition: Any) -> Any:
    return select(table.c.dossier_id).where(condition)


def _done_twice(tx: Tx, wrong: list[str]) -> int:
    """Each step stands once in the history; each code was given once, without gaps."""
    told = Counter(
        (row.chain, row.kind, row.data.get("element", "") if row.kind in ("task.completed", "timer.fired") else "")
        for row in tx.execute(select(event.c.chain, event.c.kind, event.c.data).where(event.c.kind.in_(_ONCE)))
    )
    twice = [f"{number} × {key}" for key, number in told.items() if number > 1]
    numbers = sorted(int(row.code.rsplit("-", 1)[-1]) for row in tx.execute(select(dossier.c.code)) if row.code)
    if numbers != list(range(1, len(numbers) + 1)):
        twice.append("the codes have twins or gaps")
    wrong += twice
    return len(twice)


_ONCE = ("dossier.submitted", "task.completed", "timer.fired", "process.ended")


def _phantoms(tx: Tx, ledger: Ledger, peers: Peers, wrong: list[str]) -> int:
    """Effects of work that was taken back, and jobs called done that no peer knows."""
    kinds: Mapping[str, str] = {
        row.key: row.kind for row in tx.execute(select(connector_job.c.key, connector_job.c.kind))
    }
    counted = effects(peers)
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for name, keys in counted.items():
        seen[name] = set(keys)
    phantoms = [
        f"{name}: {key}" for name, keys in seen.items() for key in keys if PEER_OF.get(kinds.get(key, "")) != name
    ]
    phantoms += [f"done, never arrived: {key}" for key, kind in kinds.items() if key not in seen[PEER_OF[kind]]]
    wrong += phantoms
    return len(phantoms)


def _effects_twice(peers: Peers, wrong: list[str]) -> int:
    twice = [
        f"{name}: {key} × {number}"
        for name, keys in effects(peers).items()
        for key, number in keys.items()
        if number > 1
    ]
    wrong += twice
    return len(twice)
