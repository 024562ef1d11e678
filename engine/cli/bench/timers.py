"""`motcua bench timers`: many timers due at once are drained by workers while somebody works at the desk."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from engine.actions.filing import FileAtCounter, file_at_counter
from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.actions.tasks import CompleteTask, complete_task
from engine.bench.office import APPLICANT, CODE, FORM
from engine.bootstrap import Platform, build
from engine.cli.declare import Words, json_mark, word
from engine.cli.output import say_json
from engine.domain.actor import SYSTEM, Actor, ActorKind, Role
from engine.domain.procedures import read_pack
from engine.domain.vocabulary import DeliveryMethod, TaskState, UnitKind
from engine.jobs.timer_runner import TimerRunner
from engine.settings import Settings
from engine.store.accounts import staff
from engine.store.measuring import Scratch, multiply, postgresql_scratch, sqlite_scratch
from engine.store.process import tasks, timers

_SERVER: Final = "postgresql+psycopg://root@127.0.0.1:5432/test"
_MOST_ON_SQLITE: Final = 10_000
_DESK_TASKS: Final = 4_000
_ALONE: Final = 150  # decisions before the workers begin: the floor of the same run
_THINKING_S: Final = 0.02
_FOUND: Final = {
    "finding": "found",
    "extract_type": "birth",
    "extract_name": "Nguyễn Văn An",
    "extract_birth_on": "17/05/2003",
    "extract_event": "Khai sinh",
    "extract_registered_at": "UBND xã Hoằng Hóa (dữ liệu mẫu)",
    "extract_registered_on": "20/05/2003",
    "extract_registration_number": "12",
}


def declare(bench: Words) -> None:
    """Declare the word beside the other measures."""
    parser = word(bench, "timers", "đo hẹn giờ đến hạn cùng lúc / measure many timers due at once", run)
    parser.add_argument("--timers", type=int, default=100_000, metavar="SỐ", help="tối đa 10 000 trên SQLite / there")
    parser.add_argument("--workers", type=int, default=2, metavar="SỐ", help="tiến trình nền / worker processes")
    parser.add_argument("--postgresql", default=_SERVER, metavar="URL", help="máy chủ để thử / a server for scratch")
    json_mark(parser)


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Time to drain, processor time per timer, and what the desk felt of it, on each database."""
    answer: dict[str, object] = {"processors": os.cpu_count(), "load": round(os.getloadavg()[0], 1)}
    with TemporaryDirectory(prefix="motcua-bench-") as name:
        folder = Path(name)
        with postgresql_scratch(args.postgresql) as server:
            away = {"measured": False, "reason": "the server does not answer; name another with --postgresql"}
            answer["postgresql"] = _measured(settings, server, folder, args.timers, args.workers) if server else away
        with sqlite_scratch(folder) as files:
            fewer = min(args.timers, _MOST_ON_SQLITE)
            answer["sqlite"] = _measured(settings, files, folder, fewer, args.workers)
    say_json(answer, indent=None if args.json else 2)
    return 0


def _measured(settings: Settings, scratch: Scratch, folder: Path, how_many: int, workers: int) -> dict[str, object]:
    var = folder / f"office-{how_many}-{scratch.__class__.__name__}"
    given = replace(settings, database_url=scratch.empty(), var=var, redis_url=None, travel_clock=None, inference="off")
    with _opened(given) as platform:
        officer = _founded(platform, how_many)
        desk = Desk(platform, officer)
        alone = desk.work(until=threading.Event(), most=_ALONE)
        drained = _drain(given, workers, desk)
    return {"timers": how_many, "workers": workers, **drained, "desk_alone": _felt(alone)}


@contextmanager
def _opened(settings: Settings) -> Iterator[Platform]:
    platform = build(settings)
    try:
        yield platform
    finally:
        platform.close()


def _founded(platform: Platform, how_many: int) -> Actor:
    """An office with so many dossiers whose silence is over, and a full desk; gives the officer who sits there."""
    platform.database.migrate()
    with platform.database.begin() as tx:
        names = {"name_vi": "Bộ phận Một cửa (đo)", "name_en": "One-stop desk (measured)"}
        agency = {"agency_code": platform.settings.agency_code}
        unit_id = staff.add_unit(tx, {"code": "bench", "kind": UnitKind.ONE_STOP, **names, **agency})
        roles = [Role.RECEPTION, Role.CASE_OFFICER]
        person = {"username": "bench", "full_name": "Cán bộ đo", "password_hash": "-", "roles": roles}
        officer = Actor(
            ActorKind.STAFF, staff.add(tx, {**person, "unit_id": unit_id}), "Cán bộ đo", frozenset(roles), unit_id
        )
        files = dict(read_pack(platform.settings.processes, CODE))
        # The measured dossiers are taken in at the counter; here their citizens, too, are asked about the draft.
        files["process.bpmn"] = files["process.bpmn"].replace('channel = "online"', 'channel = "counter"')
        publish_procedure(tx, platform.office, PublishProcedure(SYSTEM, files, date(2020, 1, 1)))
    with platform.database.begin() as tx:
        at_desk, waiting = _filed(tx, platform, officer, "desk"), _filed(tx, platform, officer, "waiting")
        _complete(tx, platform, officer, waiting, _FOUND)
        multiply(tx, at_desk, _DESK_TASKS, "desk")
        multiply(tx, waiting, how_many, "waiting", due_at=tx.now - timedelta(minutes=1))
    return officer


def _filed(tx: Any, platform: Platform, officer: Actor, key: str) -> str:
    """A dossier taken in by post, accepted, and waiting for the search in the register."""
    filing = FileAtCounter(officer, CODE, APPLICANT, None, FORM, {"method": DeliveryMethod.COUNTER}, key)
    filed = file_at_counter(tx, platform.office, filing)
    _complete(tx, platform, officer, filed.dossier_id, {"decision": "accept"})
    return filed.dossier_id


def _complete(tx: Any, platform: Platform, officer: Actor, dossier_id: str, outputs: Mapping[str, str]) -> None:
    task_id = next(row["id"] for row in tasks.of_dossier(tx, dossier_id) if row["state"] == TaskState.OPEN)
    complete_task(tx, platform.office, CompleteTask(officer, task_id, outputs))


@dataclass
class Desk:
    """An officer who decides one dossier after the other; each decision is one whole action with its commit."""

    platform: Platform
    officer: Actor
    next_number: int = 0

    def work(self, until: threading.Event, most: int) -> list[float]:
        """Seconds of each decision."""
        took: list[float] = []
        while len(took) < most and not until.is_set():
            task_id = f"DESK00000000000T{1_000_000_000 + self.next_number}"
            self.next_number += 1
            began = time.perf_counter()
            with self.platform.database.begin() as tx:
                complete_task(tx, self.platform.office, CompleteTask(self.officer, task_id, _FOUND))
            took.append(time.perf_counter() - began)
            time.sleep(_THINKING_S)
        return took


def _drain(settings: Settings, workers: int, desk: Desk) -> dict[str, object]:
    """Workers in processes of their own; the desk goes on beside them."""
    context = multiprocessing.get_context("spawn")
    pipes = [context.Pipe() for _ in range(workers)]
    hands = [context.Process(target=drain_all, args=(settings, theirs)) for _, theirs in pipes]
    for hand in hands:
        hand.start()
    for ours, _ in pipes:
        ours.recv()  # loaded and ready
    began, over = time.perf_counter(), threading.Event()
    felt: list[float] = []
    sitting = threading.Thread(target=lambda: felt.extend(desk.work(over, _DESK_TASKS - _ALONE)))
    sitting.start()
    for ours, _ in pipes:
        ours.send("go")
    told = [ours.recv() for ours, _ in pipes]
    seconds = time.perf_counter() - began
    over.set()
    sitting.join()
    for hand in hands:
        hand.join()
    cpu = sum(told)
    with desk.platform.database.read() as tx:
        fired = timers.count_fired(tx)
    return {
        "fired": fired,
        "seconds": round(seconds, 1),
        "per_second": round(fired / seconds, 1),
        "worker_cpu_ms_per_timer": round(1000 * cpu / max(fired, 1), 2),
        "desk_meanwhile": _felt(felt),
    }


def drain_all(settings: Settings, pipe: Any) -> None:
    """One worker process: fires until nothing is due."""
    platform, never = build(settings), threading.Event()
    hand = TimerRunner(platform)
    pipe.send("ready")
    pipe.recv()
    began = time.process_time()
    while _is_due(platform):
        hand.fire_due(never)
    pipe.send(time.process_time() - began)
    platform.close()


def _is_due(platform: Platform) -> bool:
    with platform.database.read() as tx:
        return bool(timers.due(tx, 1))


def _felt(took: list[float]) -> dict[str, float]:
    """Milliseconds of the decisions at the desk."""
    ordered = sorted(took) or [0.0]
    at = {name: ordered[min(len(ordered) - 1, int(len(ordered) * share))] for name, share in _SHARES.items()}
    return {"decisions": len(took), **{name: round(1000 * value, 1) for name, value in at.items()}}


_SHARES: Final = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99, "worst_ms": 1.0}
