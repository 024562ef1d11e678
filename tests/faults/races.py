"""Races: several processes at one dossier at once. One wins, the others get a sentence, nothing is doubled."""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import Any

from faults.crowd import Browser, Ledger
from faults.office import Places, found, leave_drafts
from faults.servers import PrivatePostgres
from faults.weather import Nursery
from sqlalchemy import func, select, update

from engine.bootstrap import Platform
from engine.store.connection import Tx
from engine.store.history import events
from engine.store.schema.work import connector_job, event, process_instance, task, timer

_RACERS = 3
_LANES = 3  # dossiers raced at the same time
_ONCE = ("task.completed", "timer.fired", "job.done", "job.opened", "withdrawal.asked", "dossier.submitted")


class Track:
    """One office without workers: what a worker would bring home is brought by the racers."""

    def __init__(self, platform: Platform, port: int, seed: int) -> None:
        self._platform = platform
        self._chance = random.Random(seed)
        self._ledger = Ledger()
        self._browser = Browser(port, self._ledger)
        self._pool = ThreadPoolExecutor(_LANES * _RACERS * 2)
        self._lock = Lock()
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []

    def run_dossier(self, dossier_id: str) -> None:
        """Up to four races on the way of one dossier; a withdrawal may end it at any of them."""
        self._browser.until_answered({"do": "send", "dossier": dossier_id, "key": f"key-{dossier_id}"})
        withdrawn_at = self._chance.choice([None, None, "review", "result", "approve"])
        if self._reviews(dossier_id, withdrawn_at == "review"):
            return
        if self._result(dossier_id, withdrawn_at == "result"):
            return
        self._approval(dossier_id, withdrawn_at == "approve")

    def _reviews(self, dossier_id: str, withdraw: bool) -> bool:
        """Two tasks side by side, each pressed by two officials; perhaps the citizen withdraws just then."""
        one, two = self._tasks(dossier_id, "review_one"), self._tasks(dossier_id, "review_two")
        wishes = [self._complete(task_id, element, who) for task_id, element in (*one, *two) for who in (0, 1)]
        answers = self._race([*wishes, *self._withdrawal(dossier_id, withdraw)], races=2)
        self._check("both reviews", [self._winners(answers[:2]), self._winners(answers[2:4])], withdraw)
        return withdraw

    def _result(self, dossier_id: str, withdraw: bool) -> bool:
        """The answer of the post arrives twice; perhaps the citizen withdraws just then."""
        rows = self._see(select(connector_job.c.id).where(
            connector_job.c.dossier_id == dossier_id, connector_job.c.kind == "post.deliver"
        ))  # fmt: skip
        if len(rows) != 1:
            self._complain(f"{dossier_id}: {len(rows)} postal orders")
            return True
        self._race([{"do": "finish", "job": rows[0][0]}] * 2 + self._withdrawal(dossier_id, withdraw))
        if not withdraw:
            self._fire_alone(dossier_id)
        return withdraw

    def _approval(self, dossier_id: str, withdraw: bool) -> None:
        """Two officials, and the timer that says that the step is overdue, in the same moment."""
        approve = self._tasks(dossier_id, "approve")
        clocks = self._make_due(dossier_id)
        if len(approve) != 1 or len(clocks) != 1:
            self._complain(f"{dossier_id}: {len(approve)} approvals, {len(clocks)} timers")
            return
        wishes = [self._complete(task_id, element, who) for task_id, element in approve for who in (0, 1)]
        wishes += [{"do": "fire", "timer": clocks[0]}, *self._withdrawal(dossier_id, withdraw)]
        answers = self._race(wishes)
        decided = self._winners(answers[:2])
        if decided > 1:
            self._complain(f"{dossier_id}: approved {decided} times")
        self._note("approved" if decided else "overdue or withdrawn")

    def _fire_alone(self, dossier_id: str) -> None:
        for timer_id in self._make_due(dossier_id):
            self._race([{"do": "fire", "timer": timer_id}] * 2)

    def _complete(self, task_id: str, element: str, who: int) -> dict[str, Any]:
        nonce = f"n-{self._chance.getrandbits(48):012x}"
        return {"do": "complete", "task": task_id, "element": element, "nonce": nonce, "official": who}

    def _withdrawal(self, dossier_id: str, wanted: bool) -> list[dict[str, Any]]:
        return [{"do": "withdraw", "dossier": dossier_id}] if wanted else []

    def _race(self, wishes: list[dict[str, Any]], races: int = 1) -> list[Mapping[str, Any]]:
        """All at once, in an order of chance; each answer is a success or a sentence in both languages."""
        order = list(range(len(wishes)))
        self._chance.shuffle(order)
        runs = {index: self._pool.submit(self._browser.until_answered, wishes[index]) for index in order}
        answers = [runs[index].result() for index in range(len(wishes))]
        for said in answers:
            if "sentence" in said and not all(said["sentence"]):
                self._complain(f"no sentence: {said}")
        self._note("races", races)
        self._note("told in a sentence", sum("sentence" in said for said in answers))
        return answers

    def _winners(self, answers: list[Mapping[str, Any]]) -> int:
        return sum("done" in said for said in answers)

    def _check(self, what: str, winners: list[int], withdraw: bool) -> None:
        allowed = (0, 1) if withdraw else (1,)
        if any(number not in allowed for number in winners):
            self._complain(f"{what}: {winners} winners")

    def _tasks(self, dossier_id: str, element: str) -> list[tuple[str, str]]:
        chosen = select(task.c.id, task.c.element_id).where(
            task.c.dossier_id == dossier_id, task.c.element_id == element, task.c.state == "open"
        )
        return [(row[0], row[1]) for row in self._see(chosen)]

    def _make_due(self, dossier_id: str) -> list[str]:
        mine = select(process_instance.c.id).where(process_instance.c.dossier_id == dossier_id).scalar_subquery()
        with self._platform.database.begin() as tx:
            waiting = update(timer).where(timer.c.instance_id == mine, timer.c.state == "waiting")
            return [row[0] for row in tx.execute(waiting.values(due_at=tx.now).returning(timer.c.id))]

    def _see(self, statement: Any) -> list[Any]:
        with self._platform.database.read() as tx:
            return list(tx.execute(statement))

    def _note(self, what: str, number: int = 1) -> None:
        with self._lock:
            self.counts[what] += number

    def _complain(self, what: str) -> None:
        with self._lock:
            self.wrong.append(what)

    def close(self) -> list[str]:
        self._pool.shutdown()
        return [*self.wrong, *self._ledger.wrong]


def race(database: str, races: int, seed: int, minutes: float = 600.0) -> dict[str, Any]:
    """So many races on one database; what must not be is counted at the end, in the record."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="races-", ignore_cleanup_errors=True)))
        postgres = PrivatePostgres(folder) if database == "postgresql" else None
        if postgres is not None:
            stack.callback(postgres.end)
        (folder / "var").mkdir()
        url = postgres.url if postgres else f"sqlite:///{folder / 'var' / 'races.db'}"
        places = Places(str(folder / "var"), url, None, 9, 9, 9)
        platform = places.platform()
        stack.callback(platform.close)
        people = found(platform)
        (folder / "var" / "people.json").write_text(people.dump(), encoding="utf-8")
        drafts = leave_drafts(platform, people.citizen, max(1, races // 4))
        platform.database.close()
        nursery = Nursery(places, web=3, workers=0)
        stack.callback(nursery.end)
        track = Track(platform, nursery.port, seed)
        began = time.monotonic()
        _run(track, drafts, races, began + 60 * minutes)
        seconds = time.monotonic() - began
        wrong = track.close()
        with platform.database.read() as tx:
            doubled = _doubled(tx)
            broken = sum(1 for _ in events.broken_links(tx))
        return {"database": database, "seed": seed, **track.counts, "double effects": len(doubled),
                "broken history": broken, "wrong": (wrong + doubled)[:10], "seconds": round(seconds, 1)}  # fmt: skip


def _run(track: Track, drafts: list[str], races: int, until: float) -> None:
    left = list(drafts)
    lock = Lock()

    def lane(act: Callable[[str], None]) -> None:
        while time.monotonic() < until and track.counts["races"] < races:
            with lock:
                if not left:
                    return
                dossier_id = left.pop()
            act(dossier_id)

    with ThreadPoolExecutor(_LANES) as lanes:
        for done in [lanes.submit(lane, track.run_dossier) for _ in range(_LANES)]:
            done.result()


def _doubled(tx: Tx) -> list[str]:
    """What stands twice in a history, or as a row, where it may stand once."""
    told = Counter(
        (row.chain, row.kind, row.data.get("element") or row.data.get("kind") or "")
        for row in tx.execute(select(event.c.chain, event.c.kind, event.c.data).where(event.c.kind.in_(_ONCE)))
    )
    twice = [f"{number} × {key}" for key, number in told.items() if number > 1]
    both = select(task.c.dossier_id).where(task.c.element_id == "approve", task.c.state == "completed").intersect(
        select(process_instance.c.dossier_id)
        .select_from(process_instance.join(timer))
        .where(timer.c.element_id == "overdue", timer.c.state == "fired")
    )  # fmt: skip
    twice += [f"approved and overdue: {row[0]}" for row in tx.execute(both)]
    number = func.count()
    orders = select(connector_job.c.dossier_id, connector_job.c.kind, connector_job.c.token)
    orders = orders.group_by(*orders.selected_columns).having(number > 1).where(connector_job.c.token.is_not(None))
    return twice + [f"ordered twice: {tuple(row)}" for row in tx.execute(orders)]
