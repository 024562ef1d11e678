"""What one writes, the next reads: at the top what is new to a role, everything in order, and never the citizen."""

from __future__ import annotations

import pytest
from factories.office_life import EXTRACT_FORM, FOUND, PDF, OfficeLife, pack
from factories.renaming import with_other_names

from engine.actions.filing import (
    AttachFile,
    ConfirmDraft,
    WithdrawDossier,
    attach_file,
    confirm_draft,
    withdraw_dossier,
)
from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.actions.process import FireTimer, fire_timer
from engine.domain.actor import SYSTEM
from engine.domain.errors import Forbidden, NotFound
from engine.queries.dossier import LineSort, WrittenStep, dossier_at_desk, dossier_view
from engine.queries.tasks import TaskView, task_view
from engine.store.process import timers

NOTE = "Người nộp hẹn đến lấy buổi chiều."
ACCEPT = {"decision": "accept", "note": NOTE}
REFUSE = {"finding": "refuse", "reason": "Sổ hộ tịch không có sự kiện này (khoản 2 Điều 64)."}


def task_of(life: OfficeLife, dossier_id: str) -> TaskView:
    row = life.open_task(dossier_id)
    return life.see(task_view, life.platform.office, life.officials[row["role"]], row["id"])


def told(step: WrittenStep) -> dict[str, str]:
    return {line.label.vi: line.words.vi for line in step.lines}


def test_the_next_reads_decision_and_internal_note(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    life.complete(dossier_id, "check_dossier", ACCEPT)
    (step,) = task_of(life, dossier_id).news
    assert (step.name.vi, step.who, step.role) == ("Kiểm tra hồ sơ", "Cán bộ reception", "reception")
    assert told(step) == {"Kết luận kiểm tra": "Đủ, hợp lệ: tiếp nhận và hẹn trả kết quả", "Ghi chú nội bộ": NOTE}
    assert [line.sort for line in step.lines] == [LineSort.DECISION, LineSort.INTERNAL]
    assert step.lines[0].words.en.startswith("Complete and valid")


def test_the_signer_reads_the_draft_as_people_write_it(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    answer, draft, check = task_of(life, dossier_id).news
    assert answer.by_applicant
    assert told(answer) == {"Nội dung dự thảo trích lục đã đúng chưa?": "Đúng, đề nghị cấp"}
    assert told(draft)["Ngày, tháng, năm sinh"] == "05/09/1960"
    assert "birth" not in told(draft).values(), "a choice is told in its words"
    assert check.element_id == "check_dossier"


def test_a_return_comes_back_with_its_words_and_the_draft_is_there_again(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    life.complete(dossier_id, "sign", {"decision": "return", "sign_note": "Sai số đăng ký, sổ ghi 21."})
    view = task_of(life, dossier_id)
    returned, *older = view.news
    assert returned.returned
    assert told(returned)["Nội dung cần sửa"] == "Sai số đăng ký, sổ ghi 21."
    assert [step.element_id for step in older] == ["confirm_draft"], "since the case officer last had it"
    assert [step.element_id for step in view.known_already] == ["search_register", "check_dossier"]
    assert view.data["extract_name"] == FOUND["extract_name"]
    assert "finding" not in view.data or not view.data["finding"]


def test_a_correction_and_a_supplement_come_to_the_official(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    ask = {"decision": "supplement", "reason": "Giấy ủy quyền bị mờ.", "missing_papers": "authorisation"}
    life.complete(dossier_id, "check_dossier", ask)
    life.platform.clock.advance(hours=1)
    life.do(attach_file, AttachFile(citizen, dossier_id, "authorisation", life.upload("Giấy mới.pdf", PDF + b"%2\n")))
    life.answer(dossier_id, "Đã chụp lại hai mặt.")
    (answer,) = task_of(life, dossier_id).news
    assert answer.by_applicant
    assert told(answer) == {"Lời nhắn gửi cơ quan": "Đã chụp lại hai mặt."}
    assert [file.name for file in answer.files] == ["Giấy mới.pdf"]
    asked = task_of(life, dossier_id).known_already[0]
    assert [name.vi for name in asked.papers] == ["Văn bản ủy quyền"]
    life.complete(dossier_id, "check_dossier", ACCEPT)
    life.complete(dossier_id, "search_register", FOUND)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "correct", "Tên đúng là Lê Thị Bưởi Em."))
    (correction,) = task_of(life, dossier_id).news
    assert told(correction)["Nội dung cần sửa"] == "Tên đúng là Lê Thị Bưởi Em."


def test_a_refusal_is_read_by_the_head_and_a_withdrawal_by_reception(life: OfficeLife):
    citizen = life.citizen()
    refused, withdrawn = life.sent(citizen), life.sent(citizen)
    for dossier_id in (refused, withdrawn):
        life.complete(dossier_id, "check_dossier", ACCEPT)
    life.complete(refused, "search_register", REFUSE)
    newest = task_of(life, refused).news[0]
    assert REFUSE["reason"] in told(newest).values()
    assert newest.said == newest.lines
    life.do(withdraw_dossier, WithdrawDossier(citizen, withdrawn, "Tôi đã tìm thấy bản cũ."))
    assert told(task_of(life, withdrawn).news[0]) == {"Lý do": "Tôi đã tìm thấy bản cũ."}


def test_the_history_of_officials_says_it_and_citizens_never_read_a_note(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    life.complete(dossier_id, "check_dossier", ACCEPT)
    life.complete(dossier_id, "search_register", REFUSE)
    life.complete(dossier_id, "review_refusal", {"head_decision": "return", "head_note": "Hãy tra thêm sổ năm 1961."})
    page = life.see(dossier_at_desk, life.platform.office, life.officials["records_clerk"], dossier_id)
    history = repr([row.said for row in page.instance.history])
    assert "Hãy tra thêm sổ năm 1961." in history
    assert REFUSE["reason"] in history
    assert NOTE not in history
    assert NOTE in repr(page.written)
    shown = repr(life.see(dossier_view, life.platform.office, citizen, dossier_id))
    for secret in (NOTE, "Hãy tra thêm sổ năm 1961."):
        assert secret not in shown
    with pytest.raises(Forbidden):
        life.see(dossier_at_desk, life.platform.office, citizen, dossier_id)
    stranger = life.citizen(name="Trần Thị Bình", number="038303000456", phone="+84987654321")
    with pytest.raises((Forbidden, NotFound)):
        life.see(dossier_at_desk, life.platform.office, stranger, dossier_id)


def test_an_internal_note_beside_a_draft_is_not_shown_to_the_citizen(life: OfficeLife):
    files = pack(life.platform.settings.processes, "2.000635")
    path = "forms/search_register.form.json"
    note = (
        '{"type": "textarea", "key": "remark", "label": "Ghi riêng", "properties": {"motcua:meaning": "internal_note"}}'
    )
    files[path] = files[path].replace('"components": [', f'"components": [{note},', 1)
    life.do(publish_procedure, PublishProcedure(SYSTEM, files))
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    life.complete(dossier_id, "check_dossier", ACCEPT)
    life.complete(dossier_id, "search_register", {**FOUND, "remark": "Trang sổ bị rách."})
    shown = life.see(dossier_view, life.platform.office, citizen, dossier_id).to_confirm
    assert shown is not None
    assert "Lê Thị Bưởi" in repr(shown.fields)
    assert "Trang sổ bị rách." not in repr(shown.fields)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    assert "Trang sổ bị rách." in repr(task_of(life, dossier_id).news)


def test_nothing_depends_on_the_names_of_fields(life: OfficeLife):
    renamed = with_other_names(pack(life.platform.settings.processes, "2.000635"))
    life.do(publish_procedure, PublishProcedure(SYSTEM, renamed.files))
    citizen = life.citizen()
    dossier_id = life.sent(citizen, form=renamed.outputs(EXTRACT_FORM))
    life.complete(dossier_id, "check_dossier", renamed.outputs(ACCEPT))
    life.complete(dossier_id, "search_register", renamed.outputs(FOUND))
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    wrong = {"decision": "return", "sign_note": "Sai số đăng ký."}
    life.complete(dossier_id, "sign", renamed.outputs(wrong))
    returned = task_of(life, dossier_id).news[0]
    assert returned.returned
    assert told(returned)["Nội dung cần sửa"] == "Sai số đăng ký."
    assert {line.sort for line in returned.lines} == {LineSort.DECISION, LineSort.WORDS}


def test_silence_is_told_to_the_signer(life: OfficeLife):
    dossier_id = life.to_confirmation(life.citizen())
    life.platform.clock.advance(days=1, minutes=1)
    (timer,) = life.see(timers.of_instance, life.instance(dossier_id)["id"])
    life.do(fire_timer, FireTimer(timer["id"]))
    silence = task_of(life, dossier_id).news[0]
    assert silence.by_applicant
    assert silence.name.vi == "Xác nhận nội dung dự thảo"
    assert told(silence) == {"Trả lời": "Không trả lời trong thời hạn; quy trình tự đi tiếp."}
