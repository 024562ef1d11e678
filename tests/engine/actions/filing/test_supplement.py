"""A supplement asks for papers and fields of the declaration until a day; exactly these can be changed."""

from __future__ import annotations

from datetime import date

import pytest
from factories.office_life import BUSINESS_FORM, OfficeLife

from engine.actions.filing import AnswerSupplement, answer_supplement
from engine.domain.errors import Invalid
from engine.queries.dossier import dossier_view
from engine.queries.tasks import task_view, work_queue
from engine.store.dossiers import dossiers
from engine.store.process import jobs, tasks

ASKED = {"decision": "supplement", "reason": "Số bản và nơi đăng ký chưa khớp."}
FIELDS = {**ASKED, "missing_fields": "copies,registered_at"}


def asked(life: OfficeLife, citizen, **more: str) -> str:
    """A dossier of somebody who is asked for two fields."""
    dossier_id = life.sent(citizen, delivery={"method": "online"})
    life.complete(dossier_id, "check_dossier", {**FIELDS, **more})
    life.platform.clock.advance(hours=1)
    return dossier_id


def request(life: OfficeLife, dossier_id: str):
    return life.see(dossiers.supplements, dossier_id)[-1]


def answer(life: OfficeLife, citizen, dossier_id: str, note: str = "", **answers: str) -> None:
    life.do(answer_supplement, AnswerSupplement(citizen, dossier_id, note, answers))


def test_the_usual_day_is_ten_working_days_away_and_told_everywhere(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = asked(life, citizen)  # Tuesday 10 March 2026
    assert request(life, dossier_id)["answer_by"] == date(2026, 3, 24)
    view = life.see(dossier_view, life.platform.office, citizen, dossier_id)
    assert [label.en for label in view.supplement.fields] == [
        "What is requested: Number of copies",
        "The registered event: Where it was registered",
    ]
    assert (view.supplement.until, view.supplement.late) == (date(2026, 3, 24), False)
    assert [entry.key for entry in view.supplement.form.fields] == ["copies", "registered_at"]
    assert any("24/03/2026" in notice["text_vi"] for notice in life.notices(dossier_id))
    sent = [row["payload"]["text"] for row in life.see(jobs.of_dossier, dossier_id) if row["kind"] == "sms.send"]
    assert any("chậm nhất ngày 24/03/2026" in text for text in sent)


@pytest.mark.parametrize("day", ["10/03/2026", "09/03/2026", "31/12/2027", "mai", "31/02/2026"])
def test_a_day_that_cannot_be_is_refused(life: OfficeLife, day: str):
    dossier_id = life.sent(life.citizen())
    with pytest.raises(Invalid) as refused:
        life.complete(dossier_id, "check_dossier", {**FIELDS, "answer_by": day})
    assert list(refused.value.fields) == ["answer_by"]
    assert life.dossier(dossier_id)["state"] == "submitted"


def test_a_day_matters_only_to_who_asks(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    life.complete(dossier_id, "check_dossier", {"decision": "accept", "answer_by": "mai"})
    assert life.dossier(dossier_id)["accepted_at"] is not None


def test_what_is_corrected_is_kept_old_and_new_and_priced_anew(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = asked(life, citizen, answer_by="20/03/2026")
    before = life.see(dossiers.quote, dossier_id)["total_vnd"]
    answer(life, citizen, dossier_id, copies="3", registered_at="UBND xã Hoằng Đạt", purpose="lén sửa")
    kept = life.dossier(dossier_id)["form"]
    assert (kept["copies"], kept["registered_at"], kept.get("purpose")) == (3, "UBND xã Hoằng Đạt", None)
    after = life.see(dossiers.quote, dossier_id)["total_vnd"]
    assert (before, after) == (16_000, 24_000)
    variables = life.instance(dossier_id)["variables"]
    assert (variables["copies"], variables["fee_vnd"], variables["form"]["copies"]) == (3, 24_000, 3)
    changes = request(life, dossier_id)["changes"]
    assert changes["fee_vnd"] == [16_000, 24_000]
    assert {"key": "copies", "before": 2, "after": 3} in changes["answers"]
    task = life.open_task(dossier_id)
    view = life.see(task_view, life.platform.office, life.officials["reception"], task["id"])
    told = {line.label.vi: line.words.vi for line in view.news[0].lines}
    assert told["Số lượng bản sao"] == "2 → 3"
    assert told["Nơi đã đăng ký"].endswith("→ UBND xã Hoằng Đạt")
    assert "16.000" in told["Phí, lệ phí tính lại theo nội dung đã sửa"]


def test_a_corrected_field_is_judged_like_the_declaration(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = asked(life, citizen)
    with pytest.raises(Invalid) as refused:
        answer(life, citizen, dossier_id, copies="hai", registered_at="")
    assert set(refused.value.fields) == {"form.copies", "form.registered_at"}
    assert life.dossier(dossier_id)["form"]["copies"] == 2


def test_answers_that_contradict_one_another_are_refused_here_too(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    life.complete(dossier_id, "check_dossier", {**ASKED, "missing_fields": "registered_on"})
    with pytest.raises(Invalid) as refused:
        answer(life, citizen, dossier_id, registered_on="01/01/1950")
    assert list(refused.value.fields) == ["form.registered_on"]


def test_a_field_left_as_it_was_needs_a_word(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = asked(life, citizen)
    with pytest.raises(Invalid) as refused:
        answer(life, citizen, dossier_id, copies="3")
    assert list(refused.value.fields) == ["form.registered_at"]
    answer(life, citizen, dossier_id, "Nơi đăng ký đã đúng.", copies="3")
    assert life.dossier(dossier_id)["form"]["copies"] == 3


def test_neither_the_pledge_nor_a_field_of_no_form_can_be_asked_for(life: OfficeLife):
    dossier_id = life.sent(life.citizen())
    life.complete(dossier_id, "check_dossier", {**ASKED, "missing_fields": "pledge,full_name,national_id,copies"})
    assert request(life, dossier_id)["fields"] == ["copies"]


def test_what_hangs_on_a_field_can_be_answered_with_it(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen, code="1.001612", form=BUSINESS_FORM, owner=None)
    life.complete(dossier_id, "check_dossier", {**ASKED, "missing_fields": "founded_by"})
    with pytest.raises(Invalid) as refused:
        answer(life, citizen, dossier_id, founded_by="household")
    assert list(refused.value.fields) == ["form.members"]
    answer(life, citizen, dossier_id, founded_by="household", members="Lê Thị Bưởi, 038160000123")
    assert life.dossier(dossier_id)["form"]["members"].startswith("Lê Thị Bưởi")


def test_after_the_day_the_queue_says_so_and_the_answer_is_still_taken(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = asked(life, citizen, answer_by="20/03/2026")
    official = life.officials["reception"]
    assert [row.overdue for row in life.see(work_queue, official, "waiting").rows] == [False]
    life.platform.clock.advance(days=11)
    assert [row.overdue for row in life.see(work_queue, official, "waiting").rows] == [True]
    assert life.see(dossier_view, life.platform.office, citizen, dossier_id).supplement.late
    answer(life, citizen, dossier_id, copies="3", registered_at="UBND xã Hoằng Đạt")
    assert [row["audience"] for row in life.see(tasks.of_dossier, dossier_id) if row["state"] == "open"] == ["staff"]
