"""One storm over one database, from the founding of the office to the verdict."""

from __future__ import annotations

import json
import random
import statistics
import tempfile
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faults.crowd import Crowd
from faults.office import People, Places, found, leave_drafts
from faults.pages import Portal, sign_in
from faults.servers import Peers, PrivatePostgres, PrivateRedis
from faults.verdict import judge, resolve_unknown, wait_for_quiet
from faults.weather import Nursery, Strike, Weather
from sqlalchemy import func, select

from engine.bootstrap import Platform
from engine.store.schema.work import connector_job

_QUIET_S = 180.0
_MOST_OPEN = 80


@dataclass(frozen=True)
class Order:
    """What a storm is to be. The same seed draws the same faults; their instants hang on the machine."""

    database: str  # sqlite | postgresql
    instances: int
    kills: int
    seed: int
    redis: bool
    minutes: float = 600.0  # then nobody sends any more; what was sent goes to its end


@contextmanager
def scene(order: Order) -> Iterator[tuple[Places, Peers, PrivatePostgres | None, PrivateRedis | None]]:
    """A folder, the servers and the peers of one storm; all gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="storm-", ignore_cleanup_errors=True)))
        postgres = PrivatePostgres(folder) if order.database == "postgresql" else None
        if postgres is not None:
            stack.callback(postgres.end)
        redis = PrivateRedis(folder) if order.redis else None
        if redis is not None:
            stack.callback(redis.kill)
        peers = Peers(folder / "peers")
        stack.callback(peers.end)
        var = folder / "var"
        var.mkdir()
        url = postgres.url if postgres else f"sqlite:///{var / 'storm.db'}"
        ports = peers.ports
        places = Places(str(var), url, redis.url if redis else None, ports["sms"], ports["post"], ports["telegraph"])
        yield places, peers, postgres, redis


def storm(order: Order) -> dict[str, Any]:
    """Raise it, wait for quiet, judge."""
    with scene(order) as (places, peers, postgres, redis), ExitStack() as stack:
        platform = places.platform()
        stack.callback(platform.close)
        people = found(platform)
        (Path(places.var) / "people.json").write_text(people.dump(), encoding="utf-8")
        tokens = sign_in(platform, people)
        drafts = leave_drafts(platform, people.citizen, order.instances)
        platform.database.close()
        nursery = Nursery(places, web=3, workers=2)
        stack.callback(nursery.end)
        weather = Weather(nursery, peers, random.Random(order.seed), order.kills, postgres, redis)
        portal = Portal(nursery.pages_port, people, tokens)
        crowd = Crowd(nursery.port, portal, drafts, order.seed, _MOST_OPEN, order.minutes)
        began = time.time()
        crowd.start(citizens=3, officials=5)
        raging = threading.Thread(target=weather.rage, args=(lambda: crowd.progress, lambda: crowd.is_done))
        raging.start()
        _watch(crowd, raging)
        crowd.over.set()
        calm_at = time.time()
        still = _after(platform, people, peers)
        verdict = judge(platform, crowd.ledger, peers)
        return {
            "database": order.database,
            "seed": order.seed,
            "instances": len(crowd.ledger.sent),
            "kills": weather.kills,
            "strikes": dict(Counter(strike.kind for strike in weather.strikes)),
            "births": dict(nursery.births),
            "steps": len(crowd.ledger.successes),
            "clicks": dict(crowd.ledger.counts),
            "jobs": _jobs(platform),
            "deadlocks": postgres.deadlocks() if postgres is not None else 0,
            **still,
            **verdict,
            "recovery_s": recovery(weather.strikes, crowd.ledger.successes, _finished(platform)),
            "seconds": round(calm_at - began, 1),
        }


def _watch(crowd: Crowd, raging: threading.Thread) -> None:
    """Wait for the crowd; a storm that gets nowhere for minutes is told as it stands, not waited for."""
    last, since = -1.0, time.monotonic()
    while raging.is_alive():
        raging.join(1.0)
        if crowd.progress != last:
            last, since = crowd.progress, time.monotonic()
        elif time.monotonic() - since > _QUIET_S:
            crowd.ledger.complain(f"nothing moved for {_QUIET_S:.0f} s at {last:.0%}")
            return


def _after(platform: Platform, people: People, peers: Peers) -> dict[str, Any]:
    """Quiet; then the calls in doubt are decided by an official; then quiet again."""
    wait_for_quiet(platform, _QUIET_S)
    unknown, wrong = resolve_unknown(platform, people, peers)
    still = wait_for_quiet(platform, _QUIET_S)
    more, wrong_again = resolve_unknown(platform, people, peers)
    if more:
        still = wait_for_quiet(platform, _QUIET_S)
    return {"unknown, decided by an official": unknown + more, "open at the end": sum(still.values()),
            "strange incidents": wrong + wrong_again}  # fmt: skip


def _jobs(platform: Platform) -> dict[str, Any]:
    with platform.database.read() as tx:
        rows = tx.execute(select(connector_job.c.attempts, func.count()).group_by(connector_job.c.attempts))
        attempts = {int(row[0]): int(row[1]) for row in rows}
    return {"all": sum(attempts.values()), "taken more than once": sum(n for tries, n in attempts.items() if tries > 1)}


def _finished(platform: Platform) -> list[float]:
    with platform.database.read() as tx:
        rows = tx.execute(select(connector_job.c.finished_at).where(connector_job.c.finished_at.is_not(None)))
        return sorted(row[0].timestamp() for row in rows)


def recovery(
    strikes: list[Strike], successes: list[tuple[float, float]], finished: list[float]
) -> dict[str, dict[str, float]]:
    """Seconds from a fault to the first step begun after it that was answered, and to the next job done."""
    by_start = sorted(successes)
    starts = [start for start, _ in by_start]
    ends = [end for _, end in by_start]
    best = ends[:]
    for index in range(len(best) - 2, -1, -1):
        best[index] = min(best[index], best[index + 1])
    found: dict[str, list[float]] = {}
    for strike in strikes:
        index, job = bisect_left(starts, strike.at), bisect_left(finished, strike.at)
        if index < len(best):
            found.setdefault(f"{strike.kind}: step", []).append(best[index] - strike.at)
        if job < len(finished):
            found.setdefault(f"{strike.kind}: job", []).append(finished[job] - strike.at)
    return {
        kind: {"median": round(statistics.median(times), 2), "worst": round(max(times), 2), "n": len(times)}
        for kind, times in sorted(found.items())
    }


if __name__ == "__main__":
    import sys

    given = Order(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), True, float(sys.argv[5]))
    sys.stdout.write(json.dumps(storm(given), ensure_ascii=False, indent=1) + "\n")
