"""Whoever reviews, signs, numbers or sends a paper sees it first, as it will be issued."""

from __future__ import annotations

import pytest
from factories.office_life import BUSINESS_FORM, EXTRACT_FORM, FOUND, OfficeLife, pack
from factories.pdf_words import pdf_text
from factories.renaming import with_other_names

from engine.actions.filing import ConfirmDraft, WithdrawDossier, confirm_draft, withdraw_dossier
from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.actions.tasks import ClaimTask, SaveTaskDraft, claim_task, save_task_draft
from engine.domain.actor import SYSTEM
from engine.domain.errors import Forbidden, NotFound
from engine.queries.tasks import paper_preview, task_view
from engine.store.dossiers import documents

ACCEPT = {"decision": "accept"}
REFUSE = {"finding": "refuse", "reason": "Sổ hộ tịch không có sự kiện này (khoản 2 Điều 64)."}
GRANT = {
    "finding": "grant",
    "certificate_name": "Hộ kinh doanh Tạp hóa An",
    "certificate_address": "12 Lê Lợi, phường Hạc Thành",
    "certificate_lines": "Bán lẻ hàng tạp hóa",
    "certificate_capital_vnd": "50000000",
    "certificate_owner": "NGUYỄN VĂN AN",
    "certificate_code": "038203000123",
}


def papers_of(life: OfficeLife, dossier_id: str) -> dict[str, bool]:
    """The papers ahead of the open task, and whether each is certain."""
    row = life.open_task(dossier_id)
    view = life.see(task_view, life.platform.office, life.officials[row["role"]], row["id"])
    return {one.kind: one.certain for one in view.papers}


def preview(life: OfficeLife, dossier_id: str, kind: str) -> str:
    row = life.open_task(dossier_id)
    official = life.officials[row["role"]]
    paper = life.see(paper_preview, life.platform.office, official, row["id"], kind)
    assert paper.content_type == "application/pdf"
    return " ".join(pdf_text(paper.content))


def to_signature(life: OfficeLife) -> str:
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    return dossier_id


def test_signer_and_clerk_see_the_extract_as_it_is_then_issued(life: OfficeLife):
    dossier_id = to_signature(life)
    assert papers_of(life, dossier_id) == {"result_extract": True}
    seen = preview(life, dossier_id, "result_extract")
    assert "LÊ THỊ BƯỞI" in seen
    assert "05/09/1960" in seen
    assert "ngày …… tháng …… năm" in seen
    assert "Cán bộ approver" in seen, "whose signature it will bear"
    life.complete(dossier_id, "sign", {"decision": "sign"})
    task = life.open_task(dossier_id)
    clerk = life.officials["records_clerk"]
    life.do(claim_task, ClaimTask(clerk, task["id"]))
    assert "45/TLKS-BS" not in preview(life, dossier_id, "result_extract")
    life.do(save_task_draft, SaveTaskDraft(clerk, task["id"], {"result_number": "45/TLKS-BS"}))
    last = preview(life, dossier_id, "result_extract")
    life.complete(dossier_id, "issue", {"result_number": "45/TLKS-BS", "sealed": "on"})
    paper = next(row for row in life.see(documents.of_dossier, dossier_id) if row["kind"] == "result_extract")
    issued = " ".join(pdf_text(life.see(documents.get, paper["id"])["content"]))
    day = "ngày 10 tháng 3 năm 2026"
    assert issued == last.replace("ngày …… tháng …… năm ………", day), "but for the day it is the same paper"


def test_the_head_sees_the_refusal_with_its_reason(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    life.complete(dossier_id, "check_dossier", ACCEPT)
    life.complete(dossier_id, "search_register", REFUSE)
    assert papers_of(life, dossier_id) == {"refusal": True}
    seen = preview(life, dossier_id, "refusal")
    assert "khoản 2 Điều 64" in seen
    assert "PHIẾU TỪ CHỐI" in seen


@pytest.mark.parametrize(("appraisal", "kind"), [(GRANT, "result_certificate"), (REFUSE, "refusal")])
def test_each_who_handles_the_certificate_sees_what_will_come_of_it(life: OfficeLife, appraisal, kind):
    dossier_id = life.sent(
        life.citizen(), code="1.001612", form=BUSINESS_FORM, delivery={"method": "online"}, owner=None
    )
    life.complete(dossier_id, "check_dossier", ACCEPT)
    life.complete(dossier_id, "appraise", appraisal)
    words = "50.000.000" if kind == "result_certificate" else "khoản 2 Điều 64"
    for step, outputs in (("review", {"head_decision": "agree"}), ("sign", {"decision": "sign"}), ("issue", None)):
        assert papers_of(life, dossier_id) == {kind: True}, step
        assert words in preview(life, dossier_id, kind), step
        if outputs:
            life.complete(dossier_id, step, outputs)


def test_who_drafts_sees_what_each_finding_would_bring(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    life.complete(dossier_id, "check_dossier", ACCEPT)
    task, officer = life.open_task(dossier_id), life.officials["case_officer"]
    assert papers_of(life, dossier_id) == {"supplement_request": False, "refusal": False, "result_extract": False}
    life.do(claim_task, ClaimTask(officer, task["id"]))
    life.do(save_task_draft, SaveTaskDraft(officer, task["id"], FOUND))
    assert papers_of(life, dossier_id) == {"result_extract": True}
    assert "LÊ THỊ BƯỞI" in preview(life, dossier_id, "result_extract")
    ask = {"finding": "supplement", "reason": "Thiếu giấy ủy quyền.", "missing_papers": "authorisation"}
    life.do(save_task_draft, SaveTaskDraft(officer, task["id"], ask))
    seen = preview(life, dossier_id, "supplement_request")
    assert "Thiếu giấy ủy quyền." in seen
    assert "Văn bản ủy quyền" in seen


def test_reception_sees_slip_request_or_refusal(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    assert papers_of(life, dossier_id) == {"acknowledgement_slip": False, "refusal": False, "supplement_request": False}
    assert "GIẤY TIẾP NHẬN HỒ SƠ" in preview(life, dossier_id, "acknowledgement_slip")


def test_who_withdraws_is_sent_no_refusal(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    life.complete(dossier_id, "check_dossier", ACCEPT)
    life.do(withdraw_dossier, WithdrawDossier(citizen, dossier_id, "Không cần nữa."))
    assert papers_of(life, dossier_id) == {}


def test_a_preview_is_for_whom_its_task_is(life: OfficeLife):
    dossier_id = to_signature(life)
    office, task_id = life.platform.office, life.open_task(dossier_id)["id"]
    assert life.see(paper_preview, office, life.officials["unit_head"], task_id, "result_extract").content
    for actor, error in (
        (life.officials["reception"], Forbidden),
        (life.citizen(), Forbidden),
    ):
        with pytest.raises(error):
            life.see(paper_preview, office, actor, task_id, "result_extract")
    for kind in ("refusal", "receipt", "nothing"):
        with pytest.raises(NotFound):
            life.see(paper_preview, office, life.officials["approver"], task_id, kind)
    life.complete(dossier_id, "sign", {"decision": "sign"})
    with pytest.raises(NotFound):
        life.see(paper_preview, office, life.officials["approver"], task_id, "result_extract")


def test_nothing_depends_on_the_names_of_fields(life: OfficeLife):
    renamed = with_other_names(pack(life.platform.settings.processes, "2.000635"))
    life.do(publish_procedure, PublishProcedure(SYSTEM, renamed.files))
    dossier_id = life.sent(life.citizen(), form=renamed.outputs(EXTRACT_FORM))
    life.complete(dossier_id, "check_dossier", renamed.outputs(ACCEPT))
    life.complete(dossier_id, "search_register", renamed.outputs(REFUSE))
    assert papers_of(life, dossier_id) == {"refusal": True}
    assert "khoản 2 Điều 64" in preview(life, dossier_id, "refusal")
