"""One migrated dossier goes back to the version it came from, as long as it has not moved on since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.actions.dossier import DossierWork, keep_work, load_work
from engine.actions.migrations.move_instance import number_of
from engine.actions.migrations.steering import reverter_of
from engine.actions.process import task_row
from engine.context import OfficeContext
from engine.domain.history import EventKind
from engine.domain.migration import MoveState, RunState
from engine.domain.text import Text
from engine.domain.vocabulary import InstanceState, TaskState
from engine.store.connection import Row, Tx
from engine.store.process import instances, migration_runs, tasks, timers

MOVED_ON = Text(
    "Hồ sơ đã đi tiếp ở phiên bản mới nên không thể trả về. Nếu cần, hãy chuyển nó bằng một đợt mới.",
    "The dossier has gone on under the new version and cannot be put back. If need be, move it by a new migration.",
)


@dataclass(frozen=True)
class RevertInstance:
    """A row nobody asked to put back is left alone."""

    run_id: str
    instance_id: str


def revert_instance(tx: Tx, office: OfficeContext, cmd: RevertInstance) -> str:
    """Put back the very snapshot, the tasks' words and the timers; gives the row's state.

    What officials did meanwhile without moving the process (taking a task, a draft) is kept.
    """
    asked, run = migration_runs.move(tx, cmd.run_id, cmd.instance_id), migration_runs.get(tx, cmd.run_id)
    if asked is None or run is None or asked["state"] != MoveState.REVERTING:
        return asked["state"] if asked else ""
    work = load_work(tx, office, reverter_of(run), asked["dossier_id"])
    run = migration_runs.get_for_share(tx, cmd.run_id)
    now = migration_runs.move(tx, cmd.run_id, cmd.instance_id)
    if now is None or run is None or now["state"] != MoveState.REVERTING or run["state"] != RunState.REVERTING:
        return now["state"] if now else ""
    if not _stands_still(work, run, now):
        told = {"code": "moved_on", "element": "", "token": "", "vi": MOVED_ON.vi, "en": MOVED_ON.en}
        kept = {"state": MoveState.MOVED, "reason": "moved_on:", "reasons": [told]}
        migration_runs.change_move(tx, cmd.run_id, cmd.instance_id, kept)
        return MoveState.MOVED
    _put_back(work, run, now)
    migration_runs.change_move(tx, cmd.run_id, cmd.instance_id, {"state": MoveState.REVERTED})
    return MoveState.REVERTED


def _stands_still(work: DossierWork, run: Row, moved: Row) -> bool:
    instance = work.instance
    return (
        instance is not None
        and instance["state"] == InstanceState.RUNNING
        and instance["procedure_version_id"] == run["target_id"]
        and instance["version"] == moved["moved_version"]
    )


def _put_back(work: DossierWork, run: Row, moved: Row) -> None:
    instance = work.instance
    if instance is None:
        raise RuntimeError("the process has not started")
    spec = work.office.procedure_cache.spec(work.tx, moved["from_id"])
    work.move(snapshot=moved["snapshot"], procedure_version_id=moved["from_id"], spec_hash=spec.hash)
    restore = moved["restore"]
    for task in restore["tasks"]:
        _put_task_back(work, task["id"], task["was"])
    for timer in restore["timers"]:
        timers.rename(work.tx, timer["id"], timer["element_id"])
    for incident in restore["incidents"]:
        instances.rename_incident(work.tx, incident["id"], incident["element_id"])
    # Taken away, not cancelled: the process counts on from the old snapshot and will use these tokens again.
    timers.discard(work.tx, instance["id"], restore["set_timers"])
    tasks.discard(work.tx, instance["id"], restore["opened_tasks"])
    tasks.reopen(work.tx, instance["id"], restore["closed_tasks"])
    work.new_timers += [
        {**one, "instance_id": instance["id"], "due_at": datetime.fromisoformat(one["due_at"])}
        for one in restore["gone_timers"]
    ]
    numbers = {"from": number_of(work.tx, run["target_id"]), "to": number_of(work.tx, moved["from_id"])}
    work.happened(
        EventKind.PROCESS_MIGRATION_REVERTED, {"run": run["id"], **numbers, "reason": run["asked_back"]["reason"]}
    )
    keep_work(work)


def _put_task_back(work: DossierWork, task_id: str, was: Mapping[str, Any]) -> None:
    """The old words; the old holder only where the migration took the task from them and nobody has it now."""
    row = tasks.get(work.tx, task_id)
    if row is None or row["state"] != TaskState.OPEN:
        return
    words = task_row(work, was["element_id"])
    if row["assignee_id"] is None and was["assignee_id"] is not None and row["role"] != was["role"]:
        claimed = was["claimed_at"]
        words |= {"assignee_id": was["assignee_id"]}
        words |= {"claimed_at": datetime.fromisoformat(claimed) if claimed else None}
    tasks.change(work.tx, task_id, words)
