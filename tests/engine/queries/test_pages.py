"""What the pages are made from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from factories.office_life import OfficeLife

from engine.actions.filing import (
    CopyApplicantToOwner,
    SaveDraft,
    StartDraft,
    copy_applicant_to_owner,
    save_draft,
    start_draft,
)
from engine.actions.portal import ReadNotices, RecordVisit, VoteInPoll, read_notices, record_visit, vote_in_poll
from engine.actions.tasks import ClaimTask, ReleaseTask, SaveTaskDraft, claim_task, release_task, save_task_draft
from engine.domain.errors import Conflict, Stale
from engine.queries.dossier import dossier_view, my_dossiers
from engine.queries.dossier.draft_view import draft_view, preview_quote
from engine.queries.dossier.file_access import blank_declaration, declaration, document_bytes
from engine.queries.portal import catalogue, portal_home
from engine.queries.portal.notices import my_notices, unread
from engine.queries.tasks import task_view, work_queue
from engine.store.catalogue import content
from engine.store.dossiers import documents


@pytest.mark.parametrize(
    ("typed", "code", "approximate"),
    [
        ("trich luc ho tich", "2.000635", False),
        ("TRÍCH LỤC hộ tịch", "2.000635", False),
        ("trích lục", "2.000635", False),
        ("trích lục hộ tịch", "2.000635", False),
        ("trich luk ho tich", "2.000635", True),
        ("hộ kinh danh", "1.001612", True),
        ("birth certificate", "2.000635", False),
        ("2.000635", "2.000635", False),
    ],
)
def test_search_forgives(life: OfficeLife, typed: str, code: str, approximate: bool):
    found = life.see(catalogue.search, typed)
    assert found.rows[0].code == code
    assert found.approximate is approximate


def test_search_says_when_nothing_is_near(life: OfficeLife):
    assert life.see(catalogue.search, "zzzz qqqq").rows == ()
    assert life.see(catalogue.search, "").total == 2
    assert life.see(catalogue.search, "%").rows == ()
    assert len(life.see(catalogue.search, "", "vi", 99).rows) == 2


def test_procedure_page_says_the_fee_and_why(life: OfficeLife):
    page = life.see(catalogue.procedure_page, life.platform.office, "2.000635")
    (online,) = [one.quote for one in page.fees if one.channel == "online"]
    assert online.total.dong == 8000
    assert any("Bộ Tài chính" in step.sentence.vi for step in online.lines[0].steps if step.kind == "not_applied")
    assert [step.element_id for step in page.steps][:2] == ["check_dossier", "supplement"]
    assert [step.element_id for step in page.steps if step.always][-2:] == ["sign", "issue"]
    assert {step.element_id for step in page.steps if not step.always} >= {"supplement", "record_withdrawal"}
    assert page.limit_text.vi
    assert life.see(blank_declaration, life.platform.office, "2.000635").content.startswith(b"%PDF")


def test_wizard_prefills_and_says_from_where(life: OfficeLife):
    office, citizen = life.platform.office, life.citizen()
    dossier_id = life.do(start_draft, StartDraft(citizen, "2.000635"))
    view = life.see(draft_view, office, citizen, dossier_id, "applicant")
    assert view.data["full_name"] == "Nguyễn Văn An"
    assert view.data["birth_on"] == "17/05/2003"
    assert view.origins["full_name"].vi.startswith("Từ tài khoản")
    states = {step.name: step.done for step in view.steps}
    assert states == {
        "applicant": True,
        "owner": False,
        "declaration": False,
        "papers": False,
        "delivery": False,
        "review": True,
    }


def test_the_owner_says_what_came_from_the_applicant(life: OfficeLife):
    office, citizen = life.platform.office, life.citizen()
    dossier_id = life.do(start_draft, StartDraft(citizen, "2.000635"))
    life.do(copy_applicant_to_owner, CopyApplicantToOwner(citizen, dossier_id))
    life.do(save_draft, SaveDraft(citizen, dossier_id, "owner", {"full_name": "TRẦN THỊ BÌNH"}))
    origins = life.see(draft_view, office, citizen, dossier_id, "owner").origins
    assert origins["birth_on"].vi == "Từ thông tin người nộp"
    assert "full_name" not in origins
    declared = life.see(draft_view, office, citizen, dossier_id, "declaration").origins
    assert declared["subject_name"].vi == "Từ thông tin chủ hồ sơ"


def test_wizard_keeps_what_is_wrong_and_says_so(life: OfficeLife):
    office, citizen = life.platform.office, life.citizen()
    dossier_id = life.do(start_draft, StartDraft(citizen, "2.000635"))
    saved = life.do(save_draft, SaveDraft(citizen, dossier_id, "applicant", {"phone": "12", "evil": "x"}))
    assert set(saved.errors) == {"phone"}
    again = life.see(draft_view, office, citizen, dossier_id, "applicant")
    assert again.data["phone"] == "12"
    assert "evil" not in again.data
    with pytest.raises(Stale, match="thiết bị"):
        life.do(save_draft, SaveDraft(citizen, dossier_id, "applicant", {"phone": "13"}, seen="an older page"))
    life.do(save_draft, SaveDraft(citizen, dossier_id, "applicant", {"phone": "13"}, seen=saved.seen))
    assert life.see(draft_view, office, citizen, dossier_id, "applicant").data["phone"] == "13"


def test_review_quotes_copies_and_declaration_prints(life: OfficeLife):
    office, citizen = life.platform.office, life.citizen()
    dossier_id = life.draft(citizen, delivery={"method": "counter"})
    view = life.see(draft_view, office, citizen, dossier_id, "review")
    assert view.errors == {}
    assert view.quote.total.dong == 16000
    assert life.see(preview_quote, office, citizen, dossier_id).total.dong == 16000
    assert life.see(declaration, office, citizen, dossier_id, False, "en").content.startswith(b"%PDF")


def test_dossier_page_speaks_plainly(life: OfficeLife):
    office, citizen = life.platform.office, life.citizen()
    dossier_id = life.to_confirmation(citizen)
    view = life.see(dossier_view, office, citizen, dossier_id)
    assert view.who_holds_it.vi == "Bạn"
    assert view.can == {"confirm_draft", "withdraw"}
    assert ("Họ, chữ đệm, tên", "Lê Thị Bưởi") in [(label.vi, words) for label, words in view.to_confirm.fields]
    assert view.to_confirm.until_at == life.platform.clock.now().replace(day=11)
    assert view.fee.total_vnd > 0
    assert not view.overdue
    assert all("Cán bộ reception" not in entry.who.vi for entry in view.timeline)
    assert any("tiếp nhận" in entry.text.vi for entry in view.timeline)
    slip = life.see(documents.of_dossier, dossier_id)[0]
    assert life.see(document_bytes, office, citizen, slip["id"]).content.startswith(b"%PDF")
    life.platform.clock.advance(days=30)
    assert life.see(dossier_view, office, citizen, dossier_id).overdue


def test_supplement_stands_beside_its_paper(life: OfficeLife):
    office, citizen = life.platform.office, life.citizen()
    dossier_id = life.sent(citizen)
    ask = {"decision": "supplement", "reason": "Giấy ủy quyền bị mờ.", "missing_papers": "authorisation,invented"}
    life.complete(dossier_id, "check_dossier", ask)
    view = life.see(dossier_view, office, citizen, dossier_id)
    assert view.supplement.components == (("authorisation", "Giấy ủy quyền bị mờ."),)
    (slot,) = [one for one in view.slots if one.code == "authorisation"]
    assert slot.rejected_because == "Giấy ủy quyền bị mờ."
    assert [(one.state, one.sent) for one in slot.files] == [("rejected", True)]
    assert "answer_supplement" in view.can


def test_my_dossiers_filters_searches_and_counts(life: OfficeLife):
    citizen = life.citizen()
    life.draft(citizen)
    waiting = life.to_confirmation(citizen)
    listed = life.see(my_dossiers, citizen)
    assert listed.counts == {"all": 2, "draft": 1, "open": 1, "needs_me": 1, "finished": 0}
    assert [card.id for card in life.see(my_dossiers, citizen, 1, "needs_me").page.rows] == [waiting]
    assert life.see(my_dossiers, citizen, 1, "all", "le thi buoi").page.total == 1
    assert life.see(my_dossiers, citizen, 1, "all", "trich luc").page.total == 2
    assert life.see(my_dossiers, citizen, 1, "all", "%").page.total == 0
    behind = life.see(my_dossiers, citizen, 99, "all", "", 1).page
    assert (behind.number, len(behind.rows)) == (2, 1)


def test_queue_pages_by_key_and_keeps_the_holders_words(life: OfficeLife):
    citizen, reception = life.citizen(), life.officials["reception"]
    for _ in range(3):
        life.sent(citizen)
    first = life.see(work_queue, reception, "unit", "", None, 2)
    second = life.see(work_queue, reception, "unit", "", first.next_cursor, 2)
    assert (len(first.rows), len(second.rows), second.next_cursor) == (2, 1, None)
    assert first.counts["unit"] == 3
    assert life.see(work_queue, reception, "unit", "", "broken!", 5).rows[0] == first.rows[0]
    task_id = first.rows[0].task_id
    life.do(claim_task, ClaimTask(reception, task_id))
    life.do(save_task_draft, SaveTaskDraft(reception, task_id, {"reason": "đang xem"}))
    assert life.see(task_view, life.platform.office, reception, task_id).data["reason"] == "đang xem"
    assert [row.task_id for row in life.see(work_queue, reception).rows] == [task_id]
    life.do(release_task, ReleaseTask(reception, task_id))
    assert life.see(work_queue, reception).rows == ()


def test_notices_are_counted_and_read(life: OfficeLife):
    citizen = life.citizen()
    life.sent(citizen)
    assert life.see(unread, citizen) == 1
    assert "đã được gửi" in life.see(my_notices, citizen).rows[0].text.vi
    life.do(read_notices, ReadNotices(citizen))
    assert life.see(unread, citizen) == 0


def test_visit_periods_never_contradict_each_other(life: OfficeLife):
    clock = life.platform.clock
    for at in ("2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-02"):
        clock.set(datetime.fromisoformat(f"{at}T05:00").replace(tzinfo=UTC))
        life.do(record_visit, RecordVisit())
    seen = life.see(portal_home.visits)
    assert (seen.today, seen.yesterday, seen.week, seen.month, seen.all) == (2, 1, 2, 3, 5)


def test_poll_takes_one_vote_per_visitor(life: OfficeLife):
    with life.platform.database.begin() as tx:
        poll_id = content.add_poll(tx, {"question_vi": "Hài lòng?", "question_en": "Content?"})
        options = content.add_poll_options(
            tx,
            [
                {"poll_id": poll_id, "position": n, "label_vi": label, "label_en": label}
                for n, label in enumerate(("Có", "Không"))
            ],
        )
    life.do(vote_in_poll, VoteInPoll(poll_id, options[0], "visitor"))
    with pytest.raises(Conflict, match="đã trả lời"):
        life.do(vote_in_poll, VoteInPoll(poll_id, options[1], "visitor"))
    home = life.see(portal_home.portal_home, "visitor")
    assert (home.poll.votes, home.poll.voted, home.poll.options[0].share) == (1, True, 100)
