"""What is not somebody's to see does not exist for them: same error for foreign and for none."""

from __future__ import annotations

import pytest
from factories.office_life import OfficeLife

from engine.actions.filing import (
    AttachFile,
    ConfirmDraft,
    CopyApplicantToOwner,
    RemoveFile,
    SaveDraft,
    StartDraft,
    SubmitDossier,
    attach_file,
    confirm_draft,
    copy_applicant_to_owner,
    remove_file,
    save_draft,
    start_draft,
    submit_dossier,
)
from engine.domain.actor import Actor
from engine.domain.errors import Forbidden, NotFound
from engine.queries.dossier import dossier_view, instance_view, my_dossiers
from engine.queries.dossier.draft_view import draft_view, preview_quote
from engine.queries.dossier.file_access import declaration, document_bytes, file_ref
from engine.queries.dossier.tracking import by_code
from engine.queries.operations import job_board
from engine.queries.portal.notices import my_notices
from engine.queries.tasks import task_view, work_queue
from engine.store.accounts import staff
from engine.store.dossiers import documents, dossiers

NOWHERE = "0" * 26


def stranger(life: OfficeLife) -> Actor:
    return life.citizen(name="Trần Thị Bình", number="038303000456", phone="+84987654321")


def other_unit(life: OfficeLife) -> Actor:
    """A reception officer of another unit."""
    with life.platform.database.begin() as tx:
        unit_id = staff.add_unit(
            tx,
            {"code": "X", "name_vi": "Xã mẫu", "name_en": "Sample", "kind": "commune", "agency_code": "000.00.01.H56"},
        )
    return Actor("staff", life.officials["reception"].id, "Người xã khác", frozenset({"reception"}), unit_id)


def test_a_strangers_dossier_is_not_found_by_any_query(life: OfficeLife):
    office, owner = life.platform.office, life.citizen()
    dossier_id = life.to_confirmation(owner)
    other = stranger(life)
    paper = life.see(documents.of_dossier, dossier_id)[0]["id"]
    file_id = life.see(dossiers.files, dossier_id)[0]["id"]
    looks = [
        lambda actor: life.see(dossier_view, office, actor, dossier_id),
        lambda actor: life.see(preview_quote, office, actor, dossier_id),
        lambda actor: life.see(declaration, office, actor, dossier_id),
        lambda actor: life.see(document_bytes, life.platform.office, actor, paper),
        lambda actor: life.see(file_ref, actor, file_id),
    ]
    for look in looks:
        assert look(owner)
        with pytest.raises(NotFound) as foreign:
            look(other)
        assert foreign.value.message == NotFound().message
    assert life.see(my_dossiers, other).page.total == 0
    assert life.see(my_notices, other).total == 0


def test_a_strangers_draft_cannot_be_touched_by_any_action(life: OfficeLife):
    dossier_id, other, stored = life.draft(life.citizen()), stranger(life), life.upload()
    file_id = life.see(dossiers.files, dossier_id)[0]["id"]
    acts = [
        (save_draft, SaveDraft(other, dossier_id, "owner", {"full_name": "X"})),
        (copy_applicant_to_owner, CopyApplicantToOwner(other, dossier_id)),
        (attach_file, AttachFile(other, dossier_id, "identity", stored)),
        (remove_file, RemoveFile(other, dossier_id, file_id)),
        (submit_dossier, SubmitDossier(other, dossier_id, "k", confirmed=True)),
        (confirm_draft, ConfirmDraft(other, dossier_id, "agree")),
    ]
    for action, command in acts:
        with pytest.raises(NotFound):
            life.do(action, command)
    with pytest.raises(NotFound):
        life.see(draft_view, life.platform.office, other, dossier_id, "owner")


def test_a_file_of_another_dossier_is_not_removed_through_ones_own(life: OfficeLife):
    mine, theirs = life.citizen(), stranger(life)
    own, foreign = life.draft(mine), life.draft(theirs)
    file_id = life.see(dossiers.files, foreign)[0]["id"]
    with pytest.raises(NotFound):
        life.do(remove_file, RemoveFile(mine, own, file_id))


def test_officials_see_what_was_sent_to_their_unit_and_never_a_draft(life: OfficeLife):
    office, owner = life.platform.office, life.citizen()
    draft, sent = life.draft(owner), life.sent(owner)
    reception = life.officials["reception"]
    assert life.see(dossier_view, office, reception, sent).code
    for actor, dossier_id in ((reception, draft), (other_unit(life), sent), (reception, NOWHERE)):
        with pytest.raises(NotFound):
            life.see(dossier_view, office, actor, dossier_id)
    with pytest.raises(Forbidden):
        life.see(instance_view, office, owner, sent)


def test_a_task_is_for_its_role_and_unit(life: OfficeLife):
    office = life.platform.office
    task_id = life.open_task(life.sent(life.citizen()))["id"]
    assert life.see(task_view, office, life.officials["reception"], task_id).can >= {"claim", "complete"}
    assert life.see(task_view, office, life.officials["unit_head"], task_id).can >= {"reassign"}
    with pytest.raises(Forbidden):
        life.see(task_view, office, life.officials["approver"], task_id)
    with pytest.raises(NotFound):
        life.see(task_view, office, other_unit(life), task_id)
    with pytest.raises(Forbidden):
        life.see(work_queue, life.citizen())


def test_boards_are_for_those_who_keep_the_platform(life: OfficeLife):
    life.sent(life.citizen())
    board = life.see(job_board, life.officials["admin"])
    assert [job.kind for job in board.jobs] == ["sms.send"]
    assert "+84912345678" not in repr(board)
    with pytest.raises(Forbidden):
        life.see(job_board, life.officials["reception"])


def test_tracking_needs_code_and_telephone(life: OfficeLife):
    office = life.platform.office
    code = life.dossier(life.sent(life.citizen()))["code"]
    found = life.see(by_code, office, f" {code.lower()} ", "5678")
    assert (found.code, found.status) == (code, 1)
    assert "Nguyễn" not in repr(found)
    for wrong in (("5679", code), ("", code), ("5678", "H56-000")):
        with pytest.raises(NotFound):
            life.see(by_code, office, wrong[1], wrong[0])


def test_a_dead_procedure_is_not_found(life: OfficeLife):
    with pytest.raises(NotFound, match="Không tìm thấy thủ tục"):
        life.do(start_draft, StartDraft(life.citizen(), "9.999999"))
