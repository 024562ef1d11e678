"""1.001612: a household business, online in October 2022 (fee 0), at the counter (fee collected), refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from factories.answers import APPRAISED
from factories.office_life import BUSINESS_FORM, OfficeLife, party

from engine.actions.fees import CollectFee, collect_fee
from engine.actions.filing import FileAtCounter, file_at_counter
from engine.domain.errors import Conflict, Forbidden, Invalid, WrongState
from engine.store.dossiers import documents, dossiers

AGREE = {"head_decision": "agree"}
SIGN = {"decision": "sign"}
ISSUE = {"result_number": "26H8001234", "sealed": "on"}


def filed_online(life: OfficeLife, method: str = "online") -> str:
    life.platform.clock.set(datetime(2022, 10, 12, 2, 0, tzinfo=UTC))
    return life.sent(life.citizen(), code="1.001612", form=BUSINESS_FORM, delivery={"method": method}, owner=None)


def at_counter(life: OfficeLife, **other: object):
    command = {
        "actor": life.officials["reception"],
        "procedure_code": "1.001612",
        "applicant": party(),
        "owner": None,
        "form": BUSINESS_FORM,
        "delivery": {"method": "counter"},
        "submit_key": "counter-1",
    }
    return life.do(file_at_counter, FileAtCounter(**{**command, **other}))


def test_online_in_october_2022_costs_nothing_by_the_provincial_resolution(life: OfficeLife):
    dossier_id = filed_online(life)
    quote = life.see(dossiers.quote, dossier_id)
    assert quote["total_vnd"] == 0
    assert "289/2022/NQ-HĐND" in str(quote["quote"])
    life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    life.complete(dossier_id, "appraise", APPRAISED)
    life.complete(dossier_id, "review", AGREE)
    life.complete(dossier_id, "sign", SIGN)
    life.complete(dossier_id, "issue", ISSUE)
    row = life.dossier(dossier_id)
    assert (row["status"], row["state"]) == (10, "delivered")
    (result,) = [one for one in life.see(documents.of_dossier, dossier_id) if one["kind"] == "result_certificate"]
    assert result["number"] == "26H8001234"


def test_amendment_is_asked_and_the_clock_starts_anew(life: OfficeLife):
    dossier_id = filed_online(life)
    life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    first_due = life.dossier(dossier_id)["due_at"]
    life.platform.clock.advance(days=1)
    life.complete(dossier_id, "appraise", {"finding": "amend", "reason": "Tên hộ kinh doanh bị trùng."})
    assert life.dossier(dossier_id)["status"] == 5
    life.platform.clock.advance(days=5)
    life.answer(dossier_id, "Đổi tên thành Tạp hóa An Bình.")
    row = life.dossier(dossier_id)
    assert row["status"] == 4
    assert row["due_at"] > first_due
    assert any("tính lại" in sentence["vi"] for sentence in row["deadline_trace"])


def test_refusal_in_writing_after_appraisal(life: OfficeLife):
    dossier_id = filed_online(life)
    life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    life.complete(dossier_id, "appraise", {"finding": "refuse", "reason": "Ngành nghề bị cấm."})
    life.complete(dossier_id, "review", AGREE)
    life.complete(dossier_id, "sign", SIGN)
    life.complete(dossier_id, "issue", ISSUE)
    row = life.dossier(dossier_id)
    assert (row["status"], row["state"]) == (8, "stopped")
    assert "refusal" in [one["kind"] for one in life.see(documents.of_dossier, dossier_id)]
    assert any("Ngành nghề bị cấm" in one["text_vi"] for one in life.notices(dossier_id))


def test_refusal_at_reception(life: OfficeLife):
    dossier_id = filed_online(life)
    life.complete(dossier_id, "check_dossier", {"decision": "refuse", "reason": "Không thuộc thẩm quyền."})
    row = life.dossier(dossier_id)
    assert (row["status"], row["state"]) == (3, "refused")
    assert row["accepted_at"] is None


def test_counter_collects_the_fee_with_a_numbered_receipt(life: OfficeLife):
    sent = at_counter(life)
    again = at_counter(life)
    assert (again.dossier_id, again.first_time) == (sent.dossier_id, False)
    life.complete(sent.dossier_id, "check_dossier", {"decision": "accept"})
    life.complete(sent.dossier_id, "collect_fee", {"fee_method": "cash", "fee_collected": "on"})
    (payment,) = life.see(dossiers.payments, sent.dossier_id)
    assert payment["amount_vnd"] == life.see(dossiers.quote, sent.dossier_id)["total_vnd"] > 0
    assert payment["receipt_number"] == "BL-H56-2026-000001"
    receipt = [one for one in life.see(documents.of_dossier, sent.dossier_id) if one["kind"] == "receipt"]
    assert [one["number"] for one in receipt] == ["BL-H56-2026-000001"]
    with pytest.raises(WrongState, match="đã được thu"):
        life.do(collect_fee, CollectFee(life.officials["reception"], sent.dossier_id, "cash"))
    assert life.open_task(sent.dossier_id)["element_id"] == "appraise"


def test_fee_collected_before_the_task_is_not_collected_twice(life: OfficeLife):
    sent = at_counter(life)
    life.complete(sent.dossier_id, "check_dossier", {"decision": "accept"})
    life.do(collect_fee, CollectFee(life.officials["reception"], sent.dossier_id, "transfer", "FT26031"))
    life.complete(sent.dossier_id, "collect_fee", {"fee_method": "cash", "fee_collected": "on"})
    (payment,) = life.see(dossiers.payments, sent.dossier_id)
    assert payment["method"] == "transfer"


def test_counter_is_for_reception_and_checks_what_is_typed(life: OfficeLife):
    with pytest.raises(Forbidden):
        at_counter(life, actor=life.officials["approver"])
    with pytest.raises(Invalid) as caught:
        at_counter(life, applicant=party(phone="123"), form={})
    assert "applicant.phone" in caught.value.fields
    assert "declaration.business_name" in caught.value.fields
    with pytest.raises(Invalid):
        at_counter(life, channel="online")


def test_decision_on_a_stale_page_is_refused(life: OfficeLife):
    dossier_id = filed_online(life)
    version = life.instance(dossier_id)["version"]
    life.complete(dossier_id, "check_dossier", {"decision": "supplement", "reason": "Thiếu chữ ký."})
    life.answer(dossier_id, "Đã ký.")
    with pytest.raises(Conflict, match="Hồ sơ đã thay đổi"):
        life.complete(dossier_id, "check_dossier", {"decision": "accept"}, version=version)
