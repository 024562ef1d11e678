"""2.000635 from the first click to the letter box, through the actions only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from factories.office_life import FOUND, PDF, OfficeLife

from connectors.port import Done
from engine.actions.fees import CollectFee, collect_fee
from engine.actions.filing import (
    AnswerSupplement,
    AttachFile,
    ConfirmDraft,
    answer_supplement,
    attach_file,
    confirm_draft,
)
from engine.actions.process import (
    FinishConnectorJob,
    FireTimer,
    ReceiveMessage,
    finish_connector_job,
    fire_timer,
    receive_message,
)
from engine.domain.errors import WrongState
from engine.queries.dossier import dossier_view
from engine.store.dossiers import documents
from engine.store.history import events
from engine.store.process import jobs, timers

ACCEPT = {"decision": "accept"}
SIGN = {"decision": "sign"}
ISSUE = {"result_number": "KQ-H56.0000017", "sealed": "on"}


def accepted(life: OfficeLife, citizen, **draft) -> str:
    dossier_id = life.sent(citizen, **draft)
    life.complete(dossier_id, "check_dossier", ACCEPT)
    return dossier_id


def test_whole_way_with_supplement_correction_and_post(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.draft(citizen)
    sent = life.send(citizen, dossier_id)
    assert sent.code == "000.00.00.H56-260310-0001"
    ask = {"decision": "supplement", "reason": "Giấy ủy quyền bị mờ.", "missing_papers": "authorisation"}
    life.complete(dossier_id, "check_dossier", ask)
    assert life.dossier(dossier_id)["status"] == 5

    life.platform.clock.advance(hours=1)
    fresh = life.upload(data=PDF + b"% new\n%%EOF\n")
    life.do(attach_file, AttachFile(citizen, dossier_id, "authorisation", fresh))
    life.do(answer_supplement, AnswerSupplement(citizen, dossier_id, "Đã chụp lại."))
    assert life.dossier(dossier_id)["status"] == 1

    life.complete(dossier_id, "check_dossier", ACCEPT)
    row = life.dossier(dossier_id)
    assert (row["status"], row["state"]) == (4, "processing")
    assert row["accepted_at"] is not None
    assert row["due_at"] > row["accepted_at"]

    life.complete(dossier_id, "search_register", FOUND)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "correct", "Tên đệm là Thị, không phải Thi."))
    life.complete(dossier_id, "search_register", FOUND)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    assert life.dossier(dossier_id)["state"] == "waiting_signature"
    life.complete(dossier_id, "sign", SIGN)
    life.complete(dossier_id, "issue", ISSUE)
    row = life.dossier(dossier_id)
    assert (row["status"], row["state"]) == (9, "result_ready"), "the post gets nothing before the fee is paid"
    life.pay(dossier_id)
    row = life.dossier(dossier_id)
    assert (row["status"], row["state"]) == (9, "delivering")

    (post,) = [job for job in life.see(jobs.of_dossier, dossier_id) if job["kind"] == "post.deliver"]
    assert post["payload"]["address"] == "12 Lê Lợi, phường Hạc Thành, tỉnh Thanh Hóa"
    life.do(finish_connector_job, FinishConnectorJob(post["id"], Done({"tracking_number": "VN123"})))
    assert (life.dossier(dossier_id)["status"], life.dossier(dossier_id)["state"]) == (9, "delivering")
    report = ReceiveMessage("post", "n" * 20, "parcel_delivered", post["key"], "VN123", {"status": 3})
    assert life.do(receive_message, report) == "taken"
    row = life.dossier(dossier_id)
    assert (row["status"], row["state"]) == (10, "delivered")
    assert row["delivered_at"] is not None
    view = life.see(lambda tx: dossier_view(tx, life.platform.office, citizen, dossier_id))
    assert (view.tracking.state, view.tracking.tracking_number) == ("delivered", "VN123")

    kinds = [paper["kind"] for paper in life.see(documents.of_dossier, dossier_id)]
    assert sorted(kinds) == ["acknowledgement_slip", "receipt", "result_extract", "supplement_request"]
    sms = [job["payload"]["text"] for job in life.see(jobs.of_dossier, dossier_id) if job["kind"] == "sms.send"]
    assert len(sms) == 6  # sent, supplement, draft twice, ready, waiting for the fee
    assert life.see(lambda tx: list(events.broken_links(tx, dossier_id))) == []


def test_a_day_of_silence_counts_as_agreement(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen)
    assert life.see(timers.due, 10) == []
    life.platform.clock.advance(days=1, minutes=1)
    (timer_id,) = life.see(timers.due, 10)
    life.do(fire_timer, FireTimer(timer_id))
    life.do(fire_timer, FireTimer(timer_id))
    assert life.dossier(dossier_id)["state"] == "waiting_signature"
    assert life.open_task(dossier_id)["element_id"] == "sign"
    with pytest.raises(WrongState, match="đã quá một ngày"):
        life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))


def test_timer_is_left_alone_before_its_time_and_after_an_answer(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen)
    life.platform.clock.advance(days=1, minutes=1)
    (timer_id,) = life.see(timers.due, 10)
    life.platform.clock.advance(hours=-2)
    life.do(fire_timer, FireTimer(timer_id))
    assert life.dossier(dossier_id)["state"] == "waiting_citizen"
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    life.platform.clock.advance(hours=3)
    life.do(fire_timer, FireTimer(timer_id))
    assert life.open_task(dossier_id)["element_id"] == "sign"


@pytest.mark.parametrize(("method", "state"), [("online", "result_ready"), ("counter", "result_ready")])
def test_other_ways_of_delivery(life: OfficeLife, method: str, state: str):
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen, delivery={"method": method})
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    life.complete(dossier_id, "sign", SIGN)
    life.complete(dossier_id, "issue", ISSUE)
    assert life.dossier(dossier_id)["state"] == state
    if method == "counter":
        handed = {"handed_to": "Nguyễn Văn An", "identity_checked": "on"}
        with pytest.raises(WrongState, match=r"\d+\.\d{3}"):
            life.complete(dossier_id, "hand_over", handed)
        assert life.dossier(dossier_id)["delivered_at"] is None, "no result leaves before what is due is paid"
        life.do(collect_fee, CollectFee(life.officials["reception"], dossier_id, "cash"))
        life.complete(dossier_id, "hand_over", handed)
    else:
        life.pay(dossier_id)
    assert (life.dossier(dossier_id)["status"], life.dossier(dossier_id)["state"]) == (10, "delivered")


def test_after_15h_the_result_is_due_the_next_working_day(life: OfficeLife):
    life.platform.clock.advance(hours=6, minutes=30)  # 15:30 on Tuesday
    dossier_id = accepted(life, life.citizen())
    due = life.dossier(dossier_id)["due_at"] + timedelta(hours=7)
    assert (due.date().isoformat(), due.hour) == ("2026-03-11", 17)
