"""The two shipped diagrams, walked the way dossiers go."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from office import MORNING, Office

PROCESSES = Path(__file__).parents[3] / "processes"
DOSSIER = {
    "channel": "online",
    "delivery_method": "post",
    "dossier_code": "H56-261001-0001",
    "applicant_name": "Nguyễn Thị An",
    "applicant_phone": "0912345678",
    "owner_name": "Nguyễn Văn Bình",
    "copies": 2,
    "fee_vnd": 16_000,
    "receiver": {"name": "Nguyễn Thị An", "phone": "0912345678", "address": "12 Lê Lợi"},
}


def office(code: str, **changes) -> Office:
    return Office((PROCESSES / code / "process.bpmn").read_bytes(), **{**DOSSIER, **changes})


def notices(work: Office) -> list[str]:
    return [call.inputs["text"] for call in work.last.calls if call.connector_kind == "sms.send"]


@pytest.mark.parametrize("code", ["2.000635", "1.001612"])
def test_diagram_is_accepted_without_a_remark(code):
    assert office(code).spec.warnings == ()


@pytest.mark.parametrize("code", ["2.000635", "1.001612"])
def test_every_task_has_a_lane_a_name_and_a_form(code):
    for info in office(code).spec.elements.values():
        if info.kind == "user_task":
            assert info.lane, info.id
            assert info.name, info.id
            assert info.extension["form"] == info.id


@pytest.mark.parametrize("code", ["2.000635", "1.001612"])
def test_a_task_keeps_every_field_of_its_form(code):
    for info in office(code).spec.elements.values():
        if info.kind == "user_task":
            name = f"{info.extension['form']}.form.json"
            file = next(p for p in (PROCESSES / code / "forms" / name, PROCESSES / "_forms" / name) if p.exists())
            form = json.loads(file.read_text(encoding="utf-8"))
            fields = {entry["key"] for entry in form["components"] if "key" in entry}
            assert fields <= set(info.outputs), f"{info.id}: {fields - set(info.outputs)}"


def test_extract_with_supplement_correction_and_post():
    work = office("2.000635").do("check_dossier", decision="supplement", reason="Thiếu bản chụp CCCD")
    assert work.tasks == ["supplement"]
    assert "Thiếu bản chụp CCCD" in notices(work)[0]
    work.do("supplement").do("check_dossier", decision="accept")
    assert work.variables["accepted"] is True
    work.do("search_register", finding="found")
    assert work.tasks == ["confirm_draft"]
    assert work.last.timers[0].due_at == MORNING + timedelta(days=1)
    work.do("confirm_draft", answer="correct", correction_note="Sai tên đệm")
    assert work.last.cancelled_timers
    work.do("search_register", finding="found").do("confirm_draft", answer="agree")
    work.do("sign", decision="sign").do("issue", result_number="01/TLKS-BS")
    post = next(call for call in work.last.calls if call.connector_kind == "post.deliver")
    assert post.inputs["address"] == "12 Lê Lợi"
    work.answer("send_by_post", tracking_number="EV123", other="not declared")
    assert work.tasks == ["check_parcel"]
    work.do("check_parcel")
    assert work.last.ended is not None
    assert work.last.ended.end_event_ids == ("delivered_by_post",)
    assert work.variables["tracking_number"] == "EV123"
    assert "other" not in work.variables


def test_silence_for_a_day_is_agreement():
    work = office("2.000635").do("check_dossier", decision="accept").do("search_register", finding="found")
    work.ring("draft_silence")
    assert work.tasks == ["sign"]
    assert len(work.last.closed) == 1


def test_counter_extract_needs_no_draft_confirmation():
    work = office("2.000635", channel="counter", delivery_method="counter")
    work.do("check_dossier", decision="accept").do("search_register", finding="found")
    assert work.tasks == ["sign"]
    work.do("sign", decision="return").do("search_register", finding="found").do("sign", decision="sign")
    work.do("issue").do("hand_over")
    assert work.last.ended.end_event_ids == ("delivered",)


def test_extract_that_cannot_be_given_is_refused_by_the_head():
    work = office("2.000635").do("check_dossier", decision="accept").do("search_register", finding="refuse")
    work.do("review_refusal", head_decision="return").do("search_register", finding="refuse")
    work.do("review_refusal", head_decision="agree")
    assert work.last.ended.end_event_ids == ("stopped",)


def test_officer_may_ask_for_a_supplement_and_gets_the_dossier_back_himself():
    work = office("2.000635").do("check_dossier", decision="accept")
    work.do("search_register", finding="supplement", reason="Thiếu năm đăng ký").do("supplement")
    assert work.tasks == ["search_register"]


@pytest.mark.parametrize("code", ["2.000635", "1.001612"])
def test_withdrawal_before_acceptance_ends_at_once(code):
    work = office(code).tell("withdraw")
    assert work.last.ended.end_event_ids == ("withdrawn",)
    assert len(work.last.closed) == 1


@pytest.mark.parametrize(("code", "step"), [("2.000635", "search_register"), ("1.001612", "appraise")])
def test_withdrawal_after_acceptance_is_recorded_by_reception(code, step):
    work = office(code).do("check_dossier", decision="accept")
    assert work.tasks == [step]
    work.tell("withdraw", withdrawal_reason="Đổi ý")
    assert work.tasks == ["record_withdrawal"]
    assert work.variables["withdrawal_reason"] == "Đổi ý"
    assert work.do("record_withdrawal").last.ended.end_event_ids == ("withdrawn",)


def test_nobody_withdraws_after_the_signature():
    work = office("2.000635", channel="counter").do("check_dossier", decision="accept")
    work.do("search_register", finding="found").do("sign", decision="sign").tell("withdraw")
    assert work.last.caught is False
    assert work.tasks == ["issue"]


def test_business_household_pays_at_the_counter_only():
    at_counter = office("1.001612", channel="counter", fee_vnd=100_000).do("check_dossier", decision="accept")
    assert at_counter.tasks == ["collect_fee"]
    assert office("1.001612").do("check_dossier", decision="accept").tasks == ["appraise"]
    free = office("1.001612", channel="counter", fee_vnd=0).do("check_dossier", decision="accept")
    assert free.tasks == ["appraise"]


def test_business_household_amends_is_reviewed_and_granted():
    work = office("1.001612", delivery_method="online").do("check_dossier", decision="accept")
    work.do("appraise", finding="amend", reason="Tên hộ bị trùng").do("supplement")
    work.do("appraise", finding="grant").do("review", head_decision="return").do("appraise", finding="grant")
    work.do("review", head_decision="agree").do("sign", decision="sign").do("issue")
    assert work.last.ended.end_event_ids == ("delivered_online",)


def test_business_household_is_refused_in_writing():
    work = office("1.001612").do("check_dossier", decision="accept").do("appraise", finding="refuse")
    work.do("review", head_decision="agree").do("sign", decision="sign").do("issue")
    assert work.last.ended.end_event_ids == ("stopped",)
    assert notices(work)


def test_a_missing_fee_is_an_incident_and_can_be_repaired():
    work = office("1.001612", channel="counter", fee_vnd=None).do("check_dossier", decision="accept")
    assert [incident.code for incident in work.last.incidents] == ["condition_unknown"]
    assert not work.tasks
    work.variables["fee_vnd"] = 100_000
    assert work.retry().tasks == ["collect_fee"]


def test_a_failed_notice_never_blocks():
    work = office("2.000635").do("check_dossier", decision="supplement", reason="Thiếu")
    notice = work.last.calls[0]
    assert notice.waits is False
    work.fail("sms_supplement")
    assert work.last.caught is False
    assert work.tasks == ["supplement"]
