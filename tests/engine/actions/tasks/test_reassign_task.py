"""The head of a unit gives a task to an official who may do it, and to nobody else."""

from __future__ import annotations

import pytest
from factories.office_life import OfficeLife

from engine.actions.tasks import ClaimTask, ReassignTask, claim_task, reassign_task
from engine.domain.actor import Actor
from engine.domain.errors import Forbidden, Invalid, NotFound, WrongState
from engine.store.accounts import staff
from engine.store.history import events


def assign(life: OfficeLife, task_id: str, to: Actor | None, *, by: str = "unit_head", reason: str = "Nghỉ ốm") -> None:
    life.do(reassign_task, ReassignTask(life.officials[by], task_id, to.id if to else None, reason))


def test_a_colleague_of_the_same_role_gets_it_and_the_history_says_so(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    task_id = life.open_task(dossier_id)["id"]
    life.do(claim_task, ClaimTask(life.officials["reception"], task_id))
    colleague = life.second("reception")
    life.platform.clock.advance(minutes=1)
    assign(life, task_id, colleague)
    task = life.open_task(dossier_id)
    assert (task["assignee_id"], task["claimed_at"]) == (colleague.id, life.platform.clock.now())
    told = [row for row in life.see(events.of_chain, dossier_id) if row["kind"] == "task.reassigned"]
    assert [row["data"]["to"] for row in told] == [colleague.name]
    assert told[0]["data"]["reason"] == "Nghỉ ốm"
    assign(life, task_id, None, by="admin")
    task = life.open_task(dossier_id)
    assert (task["assignee_id"], task["claimed_at"]) == (None, None)


@pytest.mark.parametrize("role", ["case_officer", "unit_head", "admin"])
def test_somebody_without_the_role_of_the_step_does_not_get_it(life: OfficeLife, role: str):
    dossier_id = life.sent(life.citizen())
    with pytest.raises(Invalid) as refused:
        assign(life, life.open_task(dossier_id)["id"], life.officials[role])
    assert "staff_id" in refused.value.fields
    assert life.open_task(dossier_id)["assignee_id"] is None


@pytest.mark.parametrize("change", [{"active": False}, {"unit_id": "elsewhere"}])
def test_somebody_who_has_left_or_works_elsewhere_does_not_get_it(life: OfficeLife, change: dict[str, object]):
    dossier_id = life.sent(life.citizen())
    colleague = life.second("reception")
    with life.platform.database.begin() as tx:
        if "unit_id" in change:
            row = {"code": "H56.XA", "name_vi": "Xã mẫu", "name_en": "Commune", "kind": "commune", "agency_code": "x"}
            change = {"unit_id": staff.add_unit(tx, row)}
        staff.change(tx, str(colleague.id), change)
    with pytest.raises(Invalid):
        assign(life, life.open_task(dossier_id)["id"], colleague)
    assert life.open_task(dossier_id)["assignee_id"] is None


def test_only_the_heads_of_this_unit_assign_and_they_say_why(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    task_id = life.open_task(dossier_id)["id"]
    reception = life.officials["reception"]
    with pytest.raises(Forbidden):
        assign(life, task_id, reception, by="reception")
    with pytest.raises(Invalid):
        assign(life, task_id, reception, reason="  ")
    with pytest.raises(NotFound):
        assign(life, "no-such-task", reception)
    elsewhere = Actor("staff", life.officials["unit_head"].id, "Trưởng khác", frozenset({"unit_head"}), "elsewhere")
    with pytest.raises(Forbidden):
        life.do(reassign_task, ReassignTask(elsewhere, task_id, reception.id, "x"))
    assert life.open_task(dossier_id)["assignee_id"] is None


def test_a_task_that_is_done_or_the_citizens_is_not_given_to_anybody(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    first = life.open_task(dossier_id)["id"]
    life.complete(dossier_id, "check_dossier", {"decision": "supplement", "reason": "Ảnh chụp bị mờ, không đọc được."})
    for task_id in (first, life.open_task(dossier_id)["id"]):
        with pytest.raises(WrongState):
            assign(life, task_id, life.officials["reception"])
