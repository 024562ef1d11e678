"""A new version of 2.000635, as a legal department would draw it: a step renamed, a step given to another role."""

from __future__ import annotations

import re
from typing import Any

from factories.office_life import OfficeLife, pack

from engine.actions.migrations import PlanMigration, plan_migration, version_numbered
from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.domain.actor import SYSTEM
from engine.jobs.migration_runner import MigrationRunner
from engine.queries.migrations import migration_view
from engine.store.process import migration_runs

CODE = "2.000635"


def renamed(files: dict[str, str], old: str, new: str) -> dict[str, str]:
    """The pack in which one step of the diagram has another id."""
    diagram = re.sub(rf'(id|sourceRef|targetRef|bpmnElement)="{old}"', rf'\1="{new}"', files["process.bpmn"])
    diagram = diagram.replace(f">{old}</", f">{new}</")
    words = re.sub(rf"(?m)^  {old}:", f"  {new}:", files["procedure.yaml"])
    return {**files, "process.bpmn": diagram, "procedure.yaml": words}


def reworded(files: dict[str, str], old: str, new: str) -> dict[str, str]:
    """The pack with other words in procedure.yaml."""
    assert old in files["procedure.yaml"]
    return {**files, "procedure.yaml": files["procedure.yaml"].replace(old, new)}


def publish(life: OfficeLife, files: dict[str, str]) -> Any:
    return life.do(publish_procedure, PublishProcedure(SYSTEM, files))


def publish_second(life: OfficeLife) -> Any:
    """Version 2: search_register is called look_up, and check_dossier has another name."""
    files = renamed(pack(life.platform.settings.processes, CODE), "search_register", "look_up")
    return publish(
        life, reworded(files, "vi: Kiểm tra hồ sơ, en: Check the dossier", "vi: Soát hồ sơ, en: Look it over")
    )


def plan(life: OfficeLife, **how: Any) -> str:
    """Start a migration to the newest version; gives the run."""
    given = {"actor": life.officials["admin"], "code": CODE, "ground": "Quyết định 12/QĐ-UBND", **how}
    return str(life.do(plan_migration, PlanMigration(**given)).run_id)


def work_off(life: OfficeLife, never: Any) -> None:
    """The worker's hand until nothing is left to do."""
    hand = MigrationRunner(life.platform)
    while life.see(migration_runs.due):
        hand.work_off(never)


def target(life: OfficeLife, number: int | None = None) -> Any:
    return life.see(version_numbered, CODE, number)


def run_view(life: OfficeLife, run_id: str) -> Any:
    """The run as its operator sees it."""
    return life.see(migration_view, life.officials["admin"], run_id)


def at_search(life: OfficeLife, citizen: Any) -> str:
    """A dossier at the step that the second version calls by another name."""
    dossier_id = life.sent(citizen)
    life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    return dossier_id
