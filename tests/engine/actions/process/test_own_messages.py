"""What a diagram throws reaches the step that waits for it, at once or when the dossier gets there; nothing is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from factories.office_life import OfficeLife, pack

from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.domain.actor import SYSTEM
from engine.store.history import events
from engine.store.process import messages, tasks
from engine.workflow.spec import check_model

HERE = Path(__file__).parent
CODE = "2.000635"


@pytest.fixture
def life(platform) -> OfficeLife:
    """An office whose procedure throws messages."""
    life = OfficeLife.founded(platform, ())
    files = pack(platform.settings.processes, CODE) | {"process.bpmn": (HERE / "own_messages.bpmn").read_text("utf-8")}
    told = yaml.safe_load(files["procedure.yaml"]) | {"tasks": {}, "lanes": {"reception": "reception"}}
    files["procedure.yaml"] = yaml.safe_dump(told, allow_unicode=True, sort_keys=False)
    life.do(publish_procedure, PublishProcedure(SYSTEM, files, date(2020, 1, 1)))
    return life


def open_steps(life: OfficeLife, dossier_id: str) -> set[str]:
    rows = life.see(tasks.of_dossier, dossier_id)
    return {str(row["element_id"]) for row in rows if row["state"] == "open"}


def kept(life: OfficeLife, dossier_id: str) -> dict[str, str]:
    return {row["name"]: str(row["state"]) for row in life.see(messages.of_dossier, dossier_id)}


def test_thrown_within_a_dossier_it_reaches_who_waits_and_who_will(life: OfficeLife) -> None:
    dossier_id = life.sent(life.citizen())
    code = life.dossier(dossier_id)["code"]
    assert kept(life, dossier_id) == {"Báo trước": "waiting"}
    assert open_steps(life, dossier_id) == {"one"}
    life.complete(dossier_id, "one", {"figure": "42"})
    assert open_steps(life, dossier_id) == {"two"}
    assert kept(life, dossier_id) == {"Báo trước": "waiting", "Số liệu đã có": "taken"}
    assert life.instance(dossier_id)["variables"]["seen"] == "42"
    life.complete(dossier_id, "two", {"note_two": "x"})
    assert kept(life, dossier_id)["Báo trước"] == "taken"
    assert life.instance(dossier_id)["variables"]["told"] == code
    life.complete(dossier_id, "three", {"note_three": "x"})
    assert life.instance(dossier_id)["state"] == "ended"
    assert kept(life, dossier_id) == {"Báo trước": "taken", "Số liệu đã có": "taken", "Không ai chờ": "late"}
    said = [row["data"]["state"] for row in life.see(events.of_chain, dossier_id) if row["kind"] == "message.thrown"]
    assert said == ["waiting", "taken", "late"]


def test_what_nobody_waits_for_is_told_at_check() -> None:
    found = check_model((HERE / "own_messages.bpmn").read_bytes())
    assert [(one.code, one.element) for one in found] == [("message_unclaimed", "done")]
