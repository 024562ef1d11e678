"""Papers go in and out of a draft; what the office has stays, and only what came after the question answers it."""

from __future__ import annotations

import pytest
from factories.office_life import PDF, OfficeLife

from engine.actions.filing import AttachFile, RemoveFile, attach_file, remove_file
from engine.domain.errors import Invalid, NotFound, WrongState
from engine.store.dossiers import dossiers

ASKED = {"decision": "supplement", "reason": "Ảnh chụp bị mờ, không đọc được."}


def papers(life: OfficeLife, dossier_id: str) -> dict[str, str]:
    """The state of each paper by its row."""
    return {row["id"]: row["state"] for row in life.see(dossiers.files, dossier_id)}


def attach(life: OfficeLife, citizen, dossier_id: str, data: bytes = PDF + b"\n% new") -> str:
    stored = life.upload("Bản mới.pdf", data)
    return life.do(attach_file, AttachFile(citizen, dossier_id, "authorisation", stored))


def test_in_a_draft_a_paper_goes_out_again_and_twice_is_no_error(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.draft(citizen)
    (file_id,) = papers(life, dossier_id)
    for _ in range(2):
        life.do(remove_file, RemoveFile(citizen, dossier_id, file_id))
    assert [state for state in papers(life, dossier_id).values() if state != "removed"] == []


def test_what_the_office_has_stays_and_what_was_added_to_the_answer_goes(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    (sent,) = papers(life, dossier_id)
    with pytest.raises(WrongState):
        life.do(remove_file, RemoveFile(citizen, dossier_id, sent))
    life.platform.clock.advance(hours=1)
    life.complete(dossier_id, "check_dossier", ASKED)
    with pytest.raises(WrongState, match="đã nộp"):
        life.do(remove_file, RemoveFile(citizen, dossier_id, sent))
    assert papers(life, dossier_id)[sent] == "attached"
    fresh = attach(life, citizen, dossier_id)  # in the very second in which it was asked for
    life.do(remove_file, RemoveFile(citizen, dossier_id, fresh))
    assert papers(life, dossier_id).get(fresh, "removed") == "removed"


def test_a_paper_of_another_dossier_is_not_there(life: OfficeLife):
    citizen = life.citizen()
    mine, other = life.draft(citizen), life.draft(citizen)
    (file_id,) = papers(life, other)
    with pytest.raises(NotFound):
        life.do(remove_file, RemoveFile(citizen, mine, file_id))


def test_a_paper_from_before_the_question_does_not_answer_it(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    life.platform.clock.advance(hours=1)
    life.complete(dossier_id, "check_dossier", ASKED)
    with pytest.raises(Invalid):
        life.answer(dossier_id, "")
    assert life.dossier(dossier_id)["state"] == "supplement_asked"
    attach(life, citizen, dossier_id)
    life.answer(dossier_id, "")
    assert life.dossier(dossier_id)["state"] != "supplement_asked"


def test_each_paper_that_was_named_needs_a_new_one(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.sent(citizen)
    life.platform.clock.advance(hours=1)
    life.complete(dossier_id, "check_dossier", {**ASKED, "missing_papers": "authorisation"})
    with pytest.raises(Invalid) as refused:
        life.answer(dossier_id, "")
    assert set(refused.value.fields) == {"authorisation"}
    attach(life, citizen, dossier_id)
    life.answer(dossier_id, "")
    assert sorted(papers(life, dossier_id).values()) == ["attached", "replaced"]
