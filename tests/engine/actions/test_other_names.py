"""The shipped packs with every field and message renamed walk the same way: what counts is the declared meaning."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from factories.office_life import APPLICANT, BUSINESS_FORM, EXTRACT_FORM, FOUND, OfficeLife, pack
from factories.pdf_words import pdf_text
from factories.renaming import Renamed, with_other_names

from connectors.port import Done
from engine.actions import filing
from engine.actions.procedures import PublishProcedure, check_pack, publish_procedure
from engine.actions.process import FinishConnectorJob, ReceiveMessage, finish_connector_job, receive_message
from engine.domain.actor import SYSTEM
from engine.domain.procedures import parse_pack
from engine.queries.dossier import dossier_view
from engine.store.dossiers import documents, dossiers
from engine.store.process import jobs
from engine.workflow.spec import load_process

GRANT = {
    "finding": "grant",
    "certificate_name": "Tạp hóa An",
    "certificate_address": "12 Lê Lợi",
    "certificate_lines": "Bán lẻ",
    "certificate_capital_vnd": "50.000.000",
    "certificate_owner": "Nguyễn Văn An",
    "certificate_code": "038203000123",
}
ISSUE = {"result_number": "125/TLKS-BS", "sealed": "on"}
HANDED = {"handed_to": "Nguyễn Văn An", "identity_checked": "on"}
REASON = "Giấy ủy quyền bị mờ, không đọc được."

Names = Callable[[dict[str, str]], dict[str, str]]


def walk_extract(life: OfficeLife, names: Names) -> str:
    """2.000635: supplement, correction, agreement, signature, the letter box."""
    citizen = life.citizen()
    dossier_id = life.draft(citizen, form=names(EXTRACT_FORM))
    life.send(citizen, dossier_id, f"key-{dossier_id}")
    ask = {"decision": "supplement", "reason": REASON, "missing_papers": "authorisation"}
    life.complete(dossier_id, "check_dossier", names(ask))
    life.answer(dossier_id, "Đã chụp lại.")
    life.complete(dossier_id, "check_dossier", names({"decision": "accept"}))
    life.complete(dossier_id, "search_register", names(FOUND))
    view = life.see(lambda tx: dossier_view(tx, life.platform.office, citizen, dossier_id))
    assert [value for _, value in view.to_confirm.fields][1] == "Lê Thị Bưởi"
    assert "Tìm thấy" not in str(view.to_confirm.fields)
    life.do(filing.confirm_draft, filing.ConfirmDraft(citizen, dossier_id, "correct", "Tên đệm là Thị."))
    life.complete(dossier_id, "search_register", names(FOUND))
    life.do(filing.confirm_draft, filing.ConfirmDraft(citizen, dossier_id, "agree"))
    life.complete(dossier_id, "sign", names({"decision": "sign"}))
    life.complete(dossier_id, "issue", names(ISSUE))
    (post,) = [job for job in life.see(jobs.of_dossier, dossier_id) if job["kind"] == "post.deliver"]
    parcel = Done({"tracking_number": f"VN{dossier_id[-6:]}"})
    life.do(finish_connector_job, FinishConnectorJob(post["id"], parcel))
    report = ReceiveMessage("post", dossier_id, "parcel_delivered", post["key"], f"VN{dossier_id[-6:]}", {"status": 3})
    assert life.do(receive_message, report) == "taken"
    return dossier_id


def walk_refused(life: OfficeLife, names: Names) -> str:
    """2.000635: not eligible, the head agrees."""
    citizen = life.citizen()
    dossier_id = life.draft(citizen, form=names(EXTRACT_FORM))
    life.send(citizen, dossier_id, f"key-{dossier_id}")
    life.complete(dossier_id, "check_dossier", names({"decision": "accept"}))
    life.complete(dossier_id, "search_register", names({"finding": "refuse", "reason": "Không có trong sổ hộ tịch."}))
    life.complete(dossier_id, "review_refusal", names({"head_decision": "agree"}))
    return dossier_id


def walk_withdrawn(life: OfficeLife, names: Names) -> str:
    """2.000635: the citizen changes their mind."""
    citizen = life.citizen()
    dossier_id = life.draft(citizen, form=names(EXTRACT_FORM))
    life.send(citizen, dossier_id, f"key-{dossier_id}")
    life.complete(dossier_id, "check_dossier", names({"decision": "accept"}))
    life.do(filing.withdraw_dossier, filing.WithdrawDossier(citizen, dossier_id, "Tôi không cần nữa."))
    assert "Tôi không cần nữa." in life.instance(dossier_id)["variables"].values()
    life.complete(dossier_id, "record_withdrawal", names({"withdrawal_note": "Đã trả bản chính."}))
    return dossier_id


def walk_business(life: OfficeLife, names: Names) -> str:
    """1.001612 at the counter: fee, certificate, handed over."""
    command = filing.FileAtCounter(
        actor=life.officials["reception"],
        procedure_code="1.001612",
        applicant=APPLICANT,
        owner=None,
        form=names(BUSINESS_FORM),
        delivery={"method": "counter"},
        submit_key=f"counter-{'-'.join(names(ISSUE))}",
    )
    dossier_id = life.do(filing.file_at_counter, command).dossier_id
    life.complete(dossier_id, "check_dossier", names({"decision": "accept"}))
    life.complete(dossier_id, "collect_fee", names({"fee_method": "transfer", "fee_collected": "on"}))
    life.complete(dossier_id, "appraise", names(GRANT))
    life.complete(dossier_id, "review", names({"head_decision": "agree"}))
    life.complete(dossier_id, "sign", names({"decision": "sign"}))
    life.complete(dossier_id, "issue", names(ISSUE))
    life.complete(dossier_id, "hand_over", names(HANDED))
    return dossier_id


def story(life: OfficeLife, dossier_id: str) -> dict[str, Any]:
    """Everything others get to see of it, without what differs between any two dossiers."""
    row = life.dossier(dossier_id)
    view = life.see(lambda tx: dossier_view(tx, life.platform.office, life.officials["reception"], dossier_id))
    receipts = life.see(dossiers.payments, dossier_id)
    told = {
        "status": (row["status"], row["state"]),
        "timeline": [(entry.text.vi, entry.text.en, entry.detail) for entry in view.timeline],
        "notices": sorted((one["kind"], one["text_vi"], one["text_en"]) for one in life.notices(dossier_id)),
        "papers": sorted((one["kind"], one["number"]) for one in life.see(documents.of_dossier, dossier_id)),
        "fee": view.fee.total_vnd,
        "paid": [(one["amount_vnd"], one["method"]) for one in receipts],
        "copies": life.instance(dossier_id)["variables"]["copies"],
    }
    ids = [one["id"] for one in life.see(documents.of_dossier, dossier_id)]
    told["pages"] = sorted(" ".join(pdf_text(life.see(documents.get, one)["content"])) for one in ids)
    text = json.dumps(told, ensure_ascii=False, default=str).replace(row["code"], "CODE")
    for receipt in receipts:
        text = text.replace(receipt["receipt_number"], "RECEIPT")
    return json.loads(text.replace(f"VN{dossier_id[-6:]}", "PARCEL"))


@pytest.mark.parametrize(
    ("code", "walk"),
    [
        ("2.000635", walk_extract),
        ("2.000635", walk_refused),
        ("2.000635", walk_withdrawn),
        ("1.001612", walk_business),
    ],
)
def test_a_pack_with_other_names_walks_the_same_way(life: OfficeLife, code: str, walk):
    before = story(life, walk(life, lambda values: dict(values)))
    renamed = renamed_pack(life, code)
    assert renamed.names["decision" if code == "2.000635" else "fee_method"].startswith("truong_")
    assert life.do(publish_procedure, PublishProcedure(SYSTEM, renamed.files)).changed
    after = story(life, walk(life, renamed.outputs))
    assert after == before
    assert before["papers"]


@pytest.mark.parametrize("code", ["2.000635", "1.001612"])
def test_a_pack_with_other_names_is_accepted(life: OfficeLife, code: str):
    files = renamed_pack(life, code).files
    procedure = parse_pack(files)
    found = check_pack(procedure, load_process(procedure.process_xml))
    assert [one.code for one in found if one.code != "output_undeclared"] == []


def renamed_pack(life: OfficeLife, code: str) -> Renamed:
    return with_other_names(pack(life.platform.settings.processes, code))
