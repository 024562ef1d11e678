"""Variables live in the instance record: a form, a draft and a connector write only what the step declares."""

from __future__ import annotations

from factories.office_life import FOUND, OfficeLife

from connectors.port import Done
from engine.actions.process import FinishConnectorJob, finish_connector_job
from engine.actions.tasks import ClaimTask, CompleteTask, SaveTaskDraft, claim_task, complete_task, save_task_draft
from engine.store.process import jobs, tasks

HOSTILE = {
    "typename": "x",
    "__class__": "os",
    "dossier_code": "FORGED",
    "fee_vnd": "0",
    "decisi\u043en": "accept",  # the о is Cyrillic
    "\x00": "nul",
    "\ud800": "surrogate",
}


def claimed(life: OfficeLife, dossier_id: str):
    task = life.open_task(dossier_id)
    official = life.officials[task["role"]]
    life.do(claim_task, ClaimTask(official, task["id"]))
    return task, official


def test_a_form_writes_only_what_its_task_declares(life):
    dossier_id = life.sent(life.citizen())
    before = life.instance(dossier_id)["variables"]
    task, official = claimed(life, dossier_id)
    life.do(complete_task, CompleteTask(official, task["id"], {"decision": "accept", **HOSTILE}))
    after = life.instance(dossier_id)["variables"]
    spec = life.see(
        lambda tx: life.platform.office.procedure_cache.spec(tx, life.dossier(dossier_id)["procedure_version_id"])
    )
    declared = set(spec.elements[task["element_id"]].outputs)
    changed = {name for name in after if after.get(name) != before.get(name)}
    automatic = {name for info in spec.elements.values() if info.kind == "script_task" for name in info.outputs}
    assert changed <= declared | automatic
    assert after["decision"] == "accept"
    assert not set(HOSTILE) & (set(after) - set(before))


def test_what_the_record_cannot_hold_is_left_out(life):
    dossier_id = life.sent(life.citizen())
    life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    life.complete(dossier_id, "search_register", {**FOUND, "extract_name": "Lê\x00 Thị \ud800Bưởi"})
    (done,) = [
        row
        for row in life.see(tasks.of_dossier, dossier_id)
        if row["element_id"] == "search_register" and row["state"] != "open"
    ]
    assert done["outputs"]["extract_name"] == "Lê Thị Bưởi"


def test_a_draft_keeps_only_what_the_step_asks_for(life):
    dossier_id = life.sent(life.citizen())
    task, official = claimed(life, dossier_id)
    life.do(save_task_draft, SaveTaskDraft(official, task["id"], {"decision": "acc\x00ept", **HOSTILE}))
    assert life.open_task(dossier_id)["draft"] == {"decision": "accept"}


def test_a_connector_writes_only_what_its_task_declares(life):
    dossier_id = life.sent(life.citizen())
    before = life.instance(dossier_id)["variables"]
    for job in life.see(jobs.of_dossier, dossier_id):
        life.do(finish_connector_job, FinishConnectorJob(job["id"], Done({"fee_vnd": 1, "typename": "x"})))
    after = life.instance(dossier_id)["variables"]
    assert after == before
