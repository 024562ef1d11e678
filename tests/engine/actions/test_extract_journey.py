"""2.000635 from the first click to the letter box, through the actions only."""

from __future__ import annotations

from engine.actions.answer_supplement import AnswerSupplement, answer_supplement
from engine.actions.attach_file import AttachFile, attach_file
from factories.office_life import OfficeLife


def test_whole_way_with_supplement(life: OfficeLife):
    citizen = life.citizen()
    dossier_id = life.draft(citizen)
    sent = life.send(citizen, dossier_id)
    assert sent.code.startswith("000.00.00.H56-260310-0001")
    assert life.dossier(dossier_id)["status"] == 1
    life.complete(
        dossier_id,
        "check_dossier",
        {"decision": "supplement", "reason": "Giấy ủy quyền bị mờ.", "missing_papers": "authorisation"},
    )
    assert life.dossier(dossier_id)["status"] == 5
    life.do(attach_file, AttachFile(citizen, dossier_id, "authorisation", life.upload(data=b"%PDF-1.4 new\n%%EOF\n")))
    life.do(answer_supplement, AnswerSupplement(citizen, dossier_id, "Đã chụp lại."))
    assert life.dossier(dossier_id)["status"] == 1
    life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    row = life.dossier(dossier_id)
    assert (row["status"], row["state"]) == (4, "processing")
    assert row["accepted_at"] is not None
    assert row["due_at"] is not None
