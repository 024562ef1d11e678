"""The engines differ: the dossier is filed all the same, no amount is asked, an official sets the fee by hand."""

from __future__ import annotations

import logging

import pytest
from factories.office_life import BUSINESS_FORM, OfficeLife, plant_another_table

from engine.actions.fees import CollectFee, collect_fee
from engine.actions.filing import WithdrawDossier, withdraw_dossier
from engine.actions.tasks import ClaimTask, CompleteTask, claim_task, complete_task
from engine.domain.errors import Conflict, Invalid, WrongState
from engine.domain.fee_by_hand import ELEMENT
from engine.queries.dossier import dossier_view, instance_view
from engine.queries.dossier.draft_view import draft_view
from engine.queries.operations import readiness
from engine.queries.tasks import task_view
from engine.store.dossiers import dossiers
from engine.store.history import events
from engine.store.process import instances, tasks
from rules.inference import inference_available

pytestmark = pytest.mark.skipif(not inference_available(), reason="durable-rules is not installed here")
GROUND = "Thông tư 281/2016/TT-BTC Điều 4: 2 bản × 8.000 đồng"
BY_HAND = {"phi_vnd": "16.000", "le_phi_vnd": "0", "other_vnd": "0", "legal_ground": GROUND}


@pytest.fixture
def differing(life: OfficeLife) -> OfficeLife:
    """An office whose second engine really evaluates another table."""
    plant_another_table(life.platform)
    return life


def open_tasks(life: OfficeLife, dossier_id: str) -> dict:
    rows = life.see(lambda tx: tasks.of_dossier(tx, dossier_id))
    return {row["element_id"]: row for row in rows if row["state"] == "open"}


def incidents(life: OfficeLife, dossier_id: str) -> list:
    return life.see(lambda tx: instances.open_incidents(tx, instances.of_dossier(tx, dossier_id)["id"]))


def complete(life: OfficeLife, task, outputs: dict):
    official = life.officials[task["role"]]
    life.do(claim_task, ClaimTask(official, task["id"]))
    return life.do(complete_task, CompleteTask(official, task["id"], outputs))


def kinds(life: OfficeLife, dossier_id: str) -> list[str]:
    return [row["kind"] for row in life.see(lambda tx: events.of_chain(tx, dossier_id))]


def test_the_dossier_is_filed_without_an_amount(differing: OfficeLife, caplog):
    citizen = differing.citizen()
    dossier_id = differing.draft(citizen)
    before = differing.see(draft_view, differing.platform.office, citizen, dossier_id, "review")
    assert before.quote is None
    assert "Hồ sơ vẫn gửi được" in before.quote_missing.vi
    with caplog.at_level(logging.ERROR, "motcua.rules"):
        assert differing.send(citizen, dossier_id).code
    row = differing.dossier(dossier_id)
    assert (row["state"], row["submitted_at"] is not None) == ("submitted", True)
    assert differing.see(lambda tx: dossiers.quote(tx, dossier_id)) is None
    (incident,) = incidents(differing, dossier_id)
    assert incident["code"] == "fee_not_certain"
    assert "không thống nhất" in incident["message_vi"]
    assert set(open_tasks(differing, dossier_id)) == {"check_dossier", ELEMENT}
    assert any("đang được cán bộ xác định" in one["text_vi"] for one in differing.notices(dossier_id))
    assert "the engines differ on fee table" in caplog.text
    assert "Nguyễn" not in caplog.text
    view = differing.see(dossier_view, differing.platform.office, citizen, dossier_id)
    assert view.fee.quote is None
    assert "chưa phải nộp gì" in view.fee.later.vi
    assert "differences or failures: 2" in differing.see(readiness.report, differing.platform.office).inference


def test_sent_twice_it_is_filed_once(differing: OfficeLife):
    citizen = differing.citizen()
    dossier_id = differing.draft(citizen)
    first, second = differing.send(citizen, dossier_id), differing.send(citizen, dossier_id)
    assert (first.code, second.first_time) == (second.code, False)
    assert len(incidents(differing, dossier_id)) == 1


def test_nothing_is_collected_before_an_official_has_set_it(differing: OfficeLife):
    dossier_id = differing.sent(differing.citizen())
    cashier = differing.officials["reception"]
    with pytest.raises(WrongState) as refused:
        differing.do(collect_fee, CollectFee(cashier, dossier_id, "cash"))
    assert "chờ cán bộ ấn định" in refused.value.message.vi
    complete(differing, open_tasks(differing, dossier_id)[ELEMENT], BY_HAND)
    assert differing.do(collect_fee, CollectFee(cashier, dossier_id, "cash")).amount_vnd == 16_000


def test_the_official_sees_a_form_and_the_citizen_the_ground(differing: OfficeLife):
    citizen = differing.citizen()
    dossier_id = differing.sent(citizen)
    task = open_tasks(differing, dossier_id)[ELEMENT]
    office, reception = differing.platform.office, differing.officials["reception"]
    page = differing.see(task_view, office, reception, task["id"])
    assert page.form.keys == {"phi_vnd", "le_phi_vnd", "other_vnd", "legal_ground"}
    assert "Hãy tra biểu phí" in page.hint.vi
    assert page.instance.active == ("check_dossier",)  # the diagram has no such step to light up
    complete(differing, task, BY_HAND)
    fee = differing.see(dossier_view, office, citizen, dossier_id).fee
    assert (fee.total_vnd, fee.later) == (16_000, None)
    assert GROUND in fee.quote.lines[0].steps[0].sentence.vi
    assert differing.instance(dossier_id)["variables"]["fee_vnd"] == 16_000
    assert any(GROUND in one["text_vi"] for one in differing.notices(dossier_id))
    assert set(open_tasks(differing, dossier_id)) == {"check_dossier"}
    assert len(incidents(differing, dossier_id)) == 1  # stays until an administrator has looked at the table
    assert "fee.set" in kinds(differing, dossier_id)
    with pytest.raises(Conflict):
        differing.do(complete_task, CompleteTask(reception, task["id"], BY_HAND))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({**BY_HAND, "phi_vnd": "0,5"}, "phi_vnd"),
        ({**BY_HAND, "phi_vnd": "-1"}, "phi_vnd"),
        ({**BY_HAND, "phi_vnd": "tám nghìn"}, "phi_vnd"),
        ({**BY_HAND, "phi_vnd": "99999999999999999999"}, "phi_vnd"),
        ({**BY_HAND, "legal_ground": " "}, "legal_ground"),
    ],
)
def test_a_wrong_amount_or_no_ground_is_refused(differing: OfficeLife, typed, field):
    dossier_id = differing.sent(differing.citizen())
    with pytest.raises(Invalid) as refused:
        complete(differing, open_tasks(differing, dossier_id)[ELEMENT], typed)
    assert field in refused.value.fields
    assert differing.see(lambda tx: dossiers.quote(tx, dossier_id)) is None


def test_the_process_runs_to_its_end_meanwhile(differing: OfficeLife):
    dossier_id = differing.sent(differing.citizen())
    complete(differing, open_tasks(differing, dossier_id)["check_dossier"], {"decision": "accept"})
    assert differing.dossier(dossier_id)["due_at"] is not None
    assert set(open_tasks(differing, dossier_id)) == {"search_register", ELEMENT}


def test_a_gateway_that_asks_for_the_fee_waits_and_goes_on_by_itself(differing: OfficeLife):
    plant_another_table(differing.platform, "1.001612")
    dossier_id = differing.draft(
        differing.citizen(), code="1.001612", form=BUSINESS_FORM, delivery={"method": "counter"}, owner=None
    )
    with differing.platform.database.begin() as tx:
        dossiers.change_version(tx, dossier_id, dossiers.get(tx, dossier_id)["version"], {"channel": "counter"})
    differing.send(differing.citizen(), dossier_id)
    complete(differing, open_tasks(differing, dossier_id)["check_dossier"], {"decision": "accept"})
    assert {one["code"] for one in incidents(differing, dossier_id)} == {"fee_not_certain", "condition_unknown"}
    by_hand = {**BY_HAND, "phi_vnd": "0", "le_phi_vnd": "100.000"}
    complete(differing, open_tasks(differing, dossier_id)[ELEMENT], by_hand)
    assert {one["code"] for one in incidents(differing, dossier_id)} == {"fee_not_certain"}
    assert set(open_tasks(differing, dossier_id)) == {"collect_fee"}


def test_who_withdraws_is_asked_for_nothing(differing: OfficeLife):
    citizen = differing.citizen()
    dossier_id = differing.sent(citizen)
    differing.do(withdraw_dossier, WithdrawDossier(citizen, dossier_id, "Đổi ý"))
    assert differing.dossier(dossier_id)["state"] == "withdrawn"
    assert open_tasks(differing, dossier_id) == {}


def test_a_refused_dossier_is_asked_for_nothing(differing: OfficeLife):
    dossier_id = differing.sent(differing.citizen())
    task = open_tasks(differing, dossier_id)["check_dossier"]
    complete(differing, task, {"decision": "refuse", "reason": "Không thuộc thẩm quyền"})
    assert differing.dossier(dossier_id)["state"] == "refused"
    assert open_tasks(differing, dossier_id) == {}


def test_the_history_of_the_case_stays_one_chain(differing: OfficeLife):
    dossier_id = differing.sent(differing.citizen())
    complete(differing, open_tasks(differing, dossier_id)[ELEMENT], BY_HAND)
    told = kinds(differing, dossier_id)
    assert told.index("fee.later") < told.index("fee.set")
    reception = differing.officials["reception"]
    page = differing.see(instance_view, differing.platform.office, reception, dossier_id)
    assert ELEMENT not in page.passed
