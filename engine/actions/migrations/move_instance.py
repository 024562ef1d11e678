"""One running dossier goes over to another version of its procedure, or stays with the reason why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.actions.dossier import DossierWork, keep_work, load_work
from engine.actions.migrations.carry_rows import carry_work
from engine.actions.migrations.steering import operator_of
from engine.actions.process import open_tasks, open_timers
from engine.context import OfficeContext
from engine.domain.history import EventKind
from engine.domain.migration import MoveState, RunState
from engine.domain.text import Text
from engine.domain.vocabulary import InstanceState
from engine.store.catalogue import procedures
from engine.store.connection import Row, Tx
from engine.store.process import migration_runs, tasks, timers
from engine.workflow.migration import Migration, migrate


@dataclass(frozen=True)
class MoveInstance:
    """A row of a run that is no longer planned, or whose run was stopped, is left alone: doing it twice is once."""

    run_id: str
    instance_id: str


def move_instance(tx: Tx, office: OfficeContext, cmd: MoveInstance) -> str:
    """Move it: snapshot, tasks, timers, incidents and history in one transaction; gives the row's state.

    Open tasks keep who holds them and what was typed, running timers keep their instant, calls their key.
    """
    planned = migration_runs.move(tx, cmd.run_id, cmd.instance_id)
    if planned is None or planned["state"] != MoveState.PLANNED:
        return planned["state"] if planned else ""
    run = migration_runs.get(tx, cmd.run_id)
    if run is None:
        return ""
    work = load_work(tx, office, operator_of(run), planned["dossier_id"])
    run = migration_runs.get_for_share(tx, cmd.run_id)
    now = migration_runs.move(tx, cmd.run_id, cmd.instance_id)
    if now is None or now["state"] != MoveState.PLANNED or run is None:  # somebody else did it while we waited
        return now["state"] if now else ""
    if run["state"] not in (RunState.CANARY, RunState.MOVING):
        return MoveState.PLANNED
    if (reason := _no_longer(work, run, now)) is not None:
        return refuse_move(tx, cmd, [reason])
    migration = try_migration(work, run)
    if migration.snapshot is None:
        return refuse_move(tx, cmd, [_told(one) for one in migration.obstacles])
    _carry_out(work, run, now, migration)
    return MoveState.MOVED


def try_migration(work: DossierWork, run: Row) -> Migration:
    """What would become of the instance; nothing is written."""
    instance = work.instance
    if instance is None:
        raise RuntimeError("the process has not started")
    target = work.office.procedure_cache.spec(work.tx, run["target_id"])
    return migrate(
        work.spec,
        instance["snapshot"],
        target,
        instance["variables"],
        work.at,
        mapping=run["mapping"],
        calendar=work.office.calendar,
    )


def refuse_move(tx: Tx, cmd: MoveInstance, reasons: list[dict[str, str]], state: str = MoveState.REFUSED) -> str:
    """The instance stays on its version, and the run says why."""
    first = reasons[0]
    reason = f"{first['code']}:{first['element']}"[:200]
    values = {"state": state, "reason": reason, "reasons": reasons}
    migration_runs.change_move(tx, cmd.run_id, cmd.instance_id, values)
    return state


def _told(obstacle: Any) -> dict[str, str]:
    return {
        "code": obstacle.code,
        "element": obstacle.element_id,
        "token": obstacle.token,
        "vi": obstacle.message_vi,
        "en": obstacle.message_en,
    }


def _no_longer(work: DossierWork, run: Row, planned: Row) -> dict[str, str] | None:
    """What has happened to the instance since the run was planned."""
    instance = work.instance
    if instance is None or instance["state"] != InstanceState.RUNNING:
        return refusal("ended", ENDED)
    if instance["procedure_version_id"] == run["target_id"]:
        return refusal("already_there", ALREADY_THERE)
    if instance["procedure_version_id"] != planned["from_id"]:
        return refusal("moved_elsewhere", MOVED_ELSEWHERE)
    return None


ENDED = Text("Hồ sơ đã kết thúc trước khi được chuyển.", "The dossier came to its end before it was moved.")
ALREADY_THERE = Text("Hồ sơ đã ở phiên bản này.", "The dossier is on this version already.")
FAULT = Text(
    "Lỗi ngoài dự kiến ({error}); hồ sơ giữ nguyên như trước. Hãy báo người phụ trách kỹ thuật.",
    "An unexpected error ({error}); the dossier is as it was. Please tell your technician.",
)
MOVED_ELSEWHERE = Text("Hồ sơ đã được chuyển sang phiên bản khác.", "The dossier was moved to another version.")


def refusal(code: str, words: Text) -> dict[str, str]:
    """A reason as the run keeps it, for one that is no obstacle of the diagram."""
    return {"code": code, "element": "", "token": "", "vi": words.vi, "en": words.en}


def _carry_out(work: DossierWork, run: Row, planned: Row, migration: Migration) -> None:
    instance = work.instance
    if instance is None or migration.snapshot is None:
        raise RuntimeError("nothing to carry out")
    before = instance["snapshot"]
    target = work.office.procedure_cache.spec(work.tx, run["target_id"])
    work.move(snapshot=migration.snapshot, procedure_version_id=run["target_id"], spec_hash=target.hash)
    tasks.cancel(work.tx, instance["id"], migration.closed)
    restore = carry_work(work, migration)
    open_tasks(work, migration.opened)
    open_timers(work, migration.timers)
    timers.cancel(work.tx, instance["id"], migration.cancelled_timers)
    work.happened(EventKind.PROCESS_MIGRATED, _event(work, run, planned, restore))
    keep_work(work)
    values = {"state": MoveState.MOVED, "moved_version": instance["version"], "snapshot": before, "restore": restore}
    migration_runs.change_move(work.tx, run["id"], instance["id"], values)


def _event(work: DossierWork, run: Row, planned: Row, restore: dict[str, Any]) -> dict[str, Any]:
    numbers = {"from": number_of(work.tx, planned["from_id"]), "to": number_of(work.tx, run["target_id"])}
    moved = {task["was"]["element_id"]: task["element"] for task in restore["tasks"] if task["element"]}
    return {"run": run["id"], **numbers, "ground": run["ground"], "elements": moved}


def number_of(tx: Tx, version_id: str) -> int:
    """The number people call a version by."""
    card = procedures.card(tx, version_id)
    return int(card["number"]) if card else 0
