"""What an official types on a task is kept as the step asks for it, also after the dossier was migrated."""

from __future__ import annotations

import threading

import pytest
from factories.new_version import CODE, at_search, plan, publish, publish_second, work_off
from factories.office_life import OfficeLife, pack

from engine.actions.tasks import ClaimTask, SaveTaskDraft, claim_task, save_task_draft


def typed(life: OfficeLife, dossier_id: str, words: dict[str, str]) -> dict[str, str]:
    """What the holder of the open task typed, as the record keeps it."""
    task = life.open_task(dossier_id)
    official = life.officials[task["role"]]
    life.do(claim_task, ClaimTask(official, task["id"]))
    life.do(save_task_draft, SaveTaskDraft(official, task["id"], words))
    return life.open_task(dossier_id)["draft"]


def test_a_step_that_only_the_new_version_knows_keeps_its_draft(life: OfficeLife):
    dossier_id = at_search(life, life.citizen())
    publish_second(life)
    plan(life, mapping={"search_register": "look_up"})
    work_off(life, threading.Event())
    assert life.open_task(dossier_id)["element_id"] == "look_up"
    assert typed(life, dossier_id, {"finding": "found"}) == {"finding": "found"}


def test_a_field_that_only_the_new_version_asks_for_is_not_dropped(life: OfficeLife):
    dossier_id = at_search(life, life.citizen())
    files = pack(life.platform.settings.processes, CODE)
    form = "forms/search_register.form.json"
    assert "extract_registration_number" in files[form]
    files = {path: text.replace("extract_registration_number", "extract_number") for path, text in files.items()}
    publish(life, files)
    plan(life)
    work_off(life, threading.Event())
    assert typed(life, dossier_id, {"extract_number": "12"}) == {"extract_number": "12"}


@pytest.mark.parametrize("name", ["nonsense", "extract_number"])
def test_a_word_no_step_asks_for_is_not_kept(life: OfficeLife, name: str):
    dossier_id = at_search(life, life.citizen())
    assert typed(life, dossier_id, {name: "x", "finding": "found"}) == {"finding": "found"}
