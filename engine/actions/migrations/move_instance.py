"""One running dossier goes over to another version of its procedure, or stays with the reason why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.actions.dossier.step import Step, load_step
from engine.actions.migrations.carry_rows import carry_work
from engine.actions.migrations.steering import operator_of
from engine.actions.process.open_rows import open_tasks, open_timers
from engine.context import Office
from engine.domain.migration import RunState
from engine.domain.text import Text
from engine.store.catalogue import procedures
from engine.store.connection.database import Tx
from engine.store.connection.rows import Row
from engine.store.process import migration_runs, tasks, timers
from engine.workflow.migration.move import Migration, migrate


@dataclass(frozen=True)
class MoveInstance:
    """A row of a run that is no longer planned, or whose run was stopped, is left alone: doing it twice is once."""

    run_id: str
    instance_id: str


def move_instance(tx: Tx, office: Office, cmd: MoveInstance) -> str:
    """Move it: snapshot, tasks, timers, incidents and history in one transaction; gives the row's state.

    Open tasks keep who holds them and what was typed, running timers keep their instant, calls their key.
    """
    planned = migration_runs.move(tx, cmd.run_id, cmd.instance_id)
    if planned is None or planned["state"] != "planned":
        return planned["state"] if planned else ""
    run = migration_runs.get(tx, cmd.run_id)
    if run is None:
        return ""
    step = load_step(tx, office, operator_of(run), planned["dossier_id"])
    run = migration_runs.get_steady(tx, cmd.run_id)
    now = migration_runs.move(tx, cmd.run_id, cmd.instance_id)
    if now is None or now["state"] != "planned" or run is None:  # somebody else did it while we waited
        return now["state"] if now else ""
    if run["state"] not in (RunState.CANARY, RunState.MOVING):
        return "planned"
    if (reason := _no_longer(step, run, now)) is not None:
        return refuse_move(tx, cmd, [reason])
    migration = try_migration(step, run)
    if migration.snapshot is None:
        return refuse_move(tx, cmd, [_told(one) for one in migration.obstacles])
    _carry_out(step, run, now, migration)
    return "moved"


def try_migration(step: Step, run: Row) -> Migration:
    """What would become of the instance; nothing is written."""
    instance = step.instance
    if instance is None:
        raise RuntimeError("the process has not started")
    target = step.office.shelf.spec(step.tx, run["target_id"])
    return migrate(
        step.spec,
        instance["snapshot"],
        target,
        instance["variables"],
        step.at,
        mapping=run["mapping"],
        calendar=step.office.calendar,
    )


def refuse_move(tx: Tx, cmd: MoveInstance, reasons: list[dict[str, str]], state: str = "refused") -> str:
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


def _no_longer(step: Step, run: Row, planned: Row) -> dict[str, str] | None:
    """What has happened to the instance since the run was planned."""
    instance = step.instance
    if instance is None or instance["state"] != "running":
        return said("ended", ENDED)
    if instance["procedure_version_id"] == run["target_id"]:
        return said("already_there", ALREADY_THERE)
    if instance["procedure_version_id"] != planned["from_id"]:
        return said("moved_elsewhere", MOVED_ELSEWHERE)
    return None


ENDED = Text("Hồ sơ đã kết thúc trước khi được chuyển.", "The dossier came to its end before it was moved.")
ALREADY_THERE = Text("Hồ sơ đã ở phiên bản này.", "The dossier is on this version already.")
FAULT = Text(
    "Lỗi ngoài dự kiến ({error}); hồ sơ giữ nguyên như trước. Hãy báo người phụ trách kỹ thuật.",
    "An unexpected error ({error}); the dossier is as it was. Please tell your technician.",
)
MOVED_ELSEWHERE = Text("Hồ sơ đã được chuyển sang phiên bản khác.", "The dossier was moved to another version.")


def said(code: str, words: Text) -> dict[str, str]:
    """A reason as the run keeps it, for one that is no obstacle of the diagram."""
    return {"code": code, "element": "", "token": "", "vi": words.vi, "en": words.en}


def _carry_out(step: Step, run: Row, planned: Row, migration: Migration) -> None:
    instance = step.instance
    if instance is None or migration.snapshot is None:
        raise RuntimeError("nothing to carry out")
    before = instance["snapshot"]
    target = step.office.shelf.spec(step.tx, run["target_id"])
    step.move(snapshot=migration.snapshot, procedure_version_id=run["target_id"], spec_hash=target.hash)
    tasks.cancel(step.tx, instance["id"], migration.closed)
    restore = carry_work(step, migration)
    open_tasks(step, migration.opened)
    open_timers(step, migration.timers)
    timers.cancel(step.tx, instance["id"], migration.cancelled_timers)
    step.happened("process.migrated", _event(step, run, planned, restore))
    step.keep()
    values = {"state": "moved", "moved_version": instance["version"], "snapshot": before, "restore": restore}
    migration_runs.change_move(step.tx, run["id"], instance["id"], values)


def _event(step: Step, run: Row, planned: Row, restore: dict[str, Any]) -> dict[str, Any]:
    numbers = {"from": number_of(step.tx, planned["from_id"]), "to": number_of(step.tx, run["target_id"])}
    moved = {task["was"]["element_id"]: task["element"] for task in restore["tasks"] if task["element"]}
    return {"run": run["id"], **numbers, "ground": run["ground"], "elements": moved}


def number_of(tx: Tx, version_id: str) -> int:
    """The number people call a version by."""
    card = procedures.card(tx, version_id)
    return int(card["number"]) if card else 0
