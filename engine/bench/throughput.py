"""Whole actions a second, by one and by several threads, beside the least an official's action can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Final

from engine.bench.actions import WARM, Site, walk
from engine.bench.costs import ratio
from engine.bench.model import WALK
from engine.store.connection import Database
from engine.store.dossiers import dossiers, notices
from engine.store.process import instances, tasks

THREADS: Final = (1, 4)


def throughput(site: Site) -> dict[str, object]:
    """Per second: whole actions, and the floor (select for update, 4 writes, commit) in the same run."""
    return {str(threads): _by(site, threads) for threads in THREADS}


def _by(site: Site, threads: int) -> dict[str, object]:
    with site.office() as office:
        for task_id in site.first_tasks[:WARM]:
            walk(office, task_id)
            _official_action(office.platform.database, task_id)
        rest = site.first_tasks[WARM:]
        floor = _per_second(lambda one: _floor_walk(office.platform.database, one), rest, threads)
        whole = _per_second(lambda one: walk(office, one), rest, threads)
    return {"whole_actions": round(whole), "floor_actions": round(floor), "floor_to_whole": ratio(floor, whole)}


def _per_second(act: Callable[[str], None], first_tasks: Sequence[str], threads: int) -> float:
    """Each thread takes the next dossier; each dossier is as many actions as the walk has."""
    start = perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(act, first_tasks))
    return len(first_tasks) * len(WALK) / (perf_counter() - start)


def _floor_walk(database: Database, task_id: str) -> None:
    for _ in WALK:
        _official_action(database, task_id)


def _official_action(database: Database, task_id: str) -> None:
    with database.begin() as tx:
        dossier = dossiers.get_locked_by_task(tx, task_id)
        if dossier is None:
            raise LookupError(task_id)
        tasks.change(tx, task_id, {"draft": {"note": "ok"}})
        dossiers.change(tx, dossier["id"], {"draft_step": "review"})
        text = {"text_vi": "Đã xem", "text_en": "Seen"}
        notices.add_all(tx, [{"dossier_id": dossier["id"], "kind": "bench", **text}])
        said = {"message_vi": "đo", "message_en": "measured"}
        instances.add_incident(tx, {"instance_id": None, "job_id": None, "code": "bench", **said})
