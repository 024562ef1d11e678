"""No result leaves before what is due is paid, or waived with a reason; a payment entered by mistake is taken back."""

from __future__ import annotations

import threading
from io import BytesIO

import pikepdf
import pytest
import yaml
from factories.office_life import OfficeLife, pack
from factories.pdf_words import pdf_text

from engine.actions.fees import CollectFee, VoidPayment, WaiveFee, collect_fee, void_payment, waive_fee
from engine.actions.filing import ConfirmDraft, confirm_draft
from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.domain.actor import SYSTEM
from engine.domain.errors import Forbidden, Invalid, WrongState
from engine.queries.dossier import dossier_view
from engine.queries.dossier.file_access import document_bytes
from engine.queries.tasks import find_dossiers
from engine.store.dossiers import documents, dossiers
from engine.store.history import events
from engine.store.process import jobs

DONE = (
    ("sign", {"decision": "sign"}),
    ("issue", {"result_number": "12/TLKS-BS", "sealed": "on"}),
)


def issued(life: OfficeLife, method: str) -> tuple:
    """A dossier whose result is sealed and not paid; gives the citizen and its id."""
    citizen = life.citizen()
    delivery = {"method": method}
    if method == "post":
        delivery |= {"receiver_name": "Lê Thị Bưởi", "receiver_phone": "+84912345678", "receiver_address": "12 Lê Lợi"}
    dossier_id = life.to_confirmation(citizen, delivery=delivery)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    for element_id, outputs in DONE:
        life.complete(dossier_id, element_id, outputs)
    return citizen, dossier_id


def state(life: OfficeLife, dossier_id: str) -> tuple[int, str]:
    row = life.dossier(dossier_id)
    return row["status"], row["state"]


def result(life: OfficeLife, dossier_id: str) -> str:
    return next(row["id"] for row in life.see(documents.of_dossier, dossier_id) if row["kind"].startswith("result"))


def unpaid(life: OfficeLife) -> dict[str, int]:
    clerk = life.officials["reception"]
    page = life.see(lambda tx: find_dossiers(tx, clerk, "", "unpaid"))
    return {row.id: row.left_vnd for row in page.rows}


def test_an_online_result_waits_and_goes_when_it_is_paid(life: OfficeLife):
    citizen, dossier_id = issued(life, "online")
    assert state(life, dossier_id) == (9, "result_ready")
    assert life.dossier(dossier_id)["delivered_at"] is None
    document_id = result(life, dossier_id)
    with pytest.raises(WrongState, match="chờ nộp phí"):
        life.see(lambda tx: document_bytes(tx, life.platform.office, citizen, document_id))
    officer = life.officials["records_clerk"]
    assert life.see(lambda tx: document_bytes(tx, life.platform.office, officer, document_id)).content
    view = life.see(lambda tx: dossier_view(tx, life.platform.office, citizen, dossier_id))
    assert view.result_held
    assert "khi bạn nộp đủ" in view.plain.vi
    assert unpaid(life) == {dossier_id: view.fee.left_vnd}

    life.pay(dossier_id)
    assert state(life, dossier_id) == (10, "delivered")
    assert life.dossier(dossier_id)["delivered_at"] is not None
    assert life.see(lambda tx: document_bytes(tx, life.platform.office, citizen, document_id)).content
    assert unpaid(life) == {}
    kinds = [row["kind"] for row in life.see(events.of_chain, dossier_id)]
    assert kinds.index("result.held") < kinds.index("fee.collected") < kinds.index("result.released")
    assert kinds.count("result.delivered") == 1
    assert life.see(lambda tx: list(events.broken_links(tx, dossier_id))) == []


def test_the_post_gets_nothing_before_it_is_paid(life: OfficeLife):
    _citizen, dossier_id = issued(life, "post")
    (post,) = [job for job in life.see(jobs.of_dossier, dossier_id) if job["kind"] == "post.deliver"]
    assert (post["state"], state(life, dossier_id)) == ("held", (9, "result_ready"))
    with life.platform.database.begin() as tx:
        claimed = [job["kind"] for job in jobs.claim(tx, "w", 60, 50)]
    assert "post.deliver" not in claimed
    life.pay(dossier_id)
    (post,) = [job for job in life.see(jobs.of_dossier, dossier_id) if job["kind"] == "post.deliver"]
    assert (post["state"], state(life, dossier_id)) == ("pending", (9, "delivering"))


def test_a_waiver_wants_a_head_and_a_reason_and_lets_the_result_go(life: OfficeLife):
    citizen, dossier_id = issued(life, "online")
    head = life.officials["unit_head"]
    with pytest.raises(Forbidden):
        life.do(waive_fee, WaiveFee(life.officials["reception"], dossier_id, "Hộ nghèo"))
    with pytest.raises(Invalid):
        life.do(waive_fee, WaiveFee(head, dossier_id, "  "))
    assert life.do(waive_fee, WaiveFee(head, dossier_id, "Hộ nghèo, Điều 3")) > 0
    assert state(life, dossier_id) == (10, "delivered")
    view = life.see(lambda tx: dossier_view(tx, life.platform.office, citizen, dossier_id))
    assert (view.fee.waived, view.fee_due, view.fee.receipt_number) == ("Hộ nghèo, Điều 3", False, None)
    assert any("Hộ nghèo, Điều 3" in row["text_vi"] for row in life.notices(dossier_id))
    with pytest.raises(WrongState):
        life.do(waive_fee, WaiveFee(head, dossier_id, "Lần nữa"))
    with pytest.raises(WrongState):
        life.pay(dossier_id)


def test_a_receipt_taken_back_keeps_its_number_and_the_fee_is_due_again(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen, delivery={"method": "online"})
    first = life.pay(dossier_id)
    head = life.officials["unit_head"]
    with pytest.raises(Invalid):
        life.do(void_payment, VoidPayment(head, dossier_id, ""))
    assert life.do(void_payment, VoidPayment(head, dossier_id, "Thu nhầm hồ sơ")) == first.receipt_number
    with pytest.raises(WrongState):
        life.do(void_payment, VoidPayment(head, dossier_id, "Thu nhầm hồ sơ"))
    view = life.see(lambda tx: dossier_view(tx, life.platform.office, head, dossier_id))
    assert (view.fee_due, view.fee.receipt_number) == (True, None)
    (receipt,) = [one for one in view.documents if one.kind == "receipt"]
    assert (receipt.number, receipt.voided_at is not None) == (first.receipt_number, True)
    kept = life.see(documents.get, first.document_id)["content"]
    shown = life.see(lambda tx: document_bytes(tx, life.platform.office, citizen, first.document_id)).content
    assert kept != shown
    with pikepdf.open(BytesIO(shown)) as paper:
        assert len(paper.pages) == 1
    second = life.pay(dossier_id)
    assert second.receipt_number != first.receipt_number
    states = [row["state"] for row in life.see(dossiers.payments, dossier_id)]
    assert sorted(states) == ["paid", "voided"]


def test_a_transfer_names_the_banks_reference(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    clerk = life.officials["reception"]
    with pytest.raises(Invalid) as refused:
        life.do(collect_fee, CollectFee(clerk, dossier_id, "transfer", " "))
    assert set(refused.value.fields) == {"reference"}
    life.do(collect_fee, CollectFee(clerk, dossier_id, "transfer", "FT2603100001"))
    (payment,) = life.see(dossiers.payments, dossier_id)
    assert payment["reference"] == "FT2603100001"


def test_two_officials_press_at_once_and_one_receipt_is_written(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    clerks = (life.officials["reception"], life.second("reception"))
    ends: list[object] = []

    def press(clerk) -> None:
        try:
            ends.append(life.do(collect_fee, CollectFee(clerk, dossier_id, "cash")))
        except WrongState as error:
            ends.append(error)

    threads = [threading.Thread(target=press, args=(clerk,)) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ends) == 2
    assert [isinstance(end, WrongState) for end in ends].count(True) == 1
    assert len(life.see(dossiers.payments, dossier_id)) == 1


def test_a_procedure_may_be_paid_afterwards(life: OfficeLife):
    files = pack(life.platform.settings.processes, "2.000635")
    said = yaml.safe_load(files["procedure.yaml"]) | {"fee_after_result": True}
    files["procedure.yaml"] = yaml.safe_dump(said, allow_unicode=True)
    life.do(publish_procedure, PublishProcedure(SYSTEM, files, life.platform.clock.now().date()))
    citizen, dossier_id = issued(life, "online")
    assert state(life, dossier_id) == (10, "delivered")
    view = life.see(lambda tx: dossier_view(tx, life.platform.office, citizen, dossier_id))
    assert (view.fee_due, view.result_held) == (True, False)
    assert life.see(lambda tx: document_bytes(tx, life.platform.office, citizen, result(life, dossier_id))).content
    assert dossier_id in unpaid(life)


def test_no_two_papers_of_a_dossier_have_one_number_and_each_says_who_signed(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    life.complete(dossier_id, "search_register", {"finding": "refuse", "reason": "Sổ năm 2003 không có."})
    life.complete(dossier_id, "review_refusal", {"head_decision": "agree"})
    papers = life.see(documents.of_dossier, dossier_id)
    assert len(papers) >= 2
    assert len({row["number"] for row in papers}) == len(papers)
    refusal = next(row for row in papers if row["kind"] == "refusal")
    words = " ".join(pdf_text(life.see(documents.get, refusal["id"])["content"]))
    assert "LÃNH ĐẠO ĐƠN VỊ" in words
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" not in words
