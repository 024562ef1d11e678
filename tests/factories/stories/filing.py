"""What citizens do."""

from __future__ import annotations

from collections.abc import Iterator

from factories.office_life import BY_POST, EXTRACT_FORM, OWNER, PDF, OfficeLife, party
from factories.stories.telling import Act, Filed, filed, step

from engine.actions import filing
from engine.store.dossiers import dossiers


def filed_step_by_step(life: OfficeLife) -> Iterator[Act]:
    one, citizen = Filed(), life.citizen()
    do = life.do

    def begin() -> None:
        one.id = do(filing.start_draft, filing.StartDraft(citizen, "2.000635"))

    yield "a draft is begun", begin
    yield (
        "the applicant",
        lambda: do(filing.save_draft, filing.SaveDraft(citizen, one(), "applicant", party(email="an@mau.vn"))),
    )
    yield (
        "the applicant is the owner",
        lambda: do(filing.copy_applicant_to_owner, filing.CopyApplicantToOwner(citizen, one())),
    )
    yield "somebody else", lambda: do(filing.save_draft, filing.SaveDraft(citizen, one(), "owner", OWNER))
    yield "half of it", lambda: do(filing.save_draft, filing.SaveDraft(citizen, one(), "declaration", {"copies": "x"}))
    yield "all of it", lambda: do(filing.save_draft, filing.SaveDraft(citizen, one(), "declaration", EXTRACT_FORM))
    paper = life.upload()

    def attach() -> None:
        do(filing.attach_file, filing.AttachFile(citizen, one(), "authorisation", paper))

    yield "a paper", attach
    yield "the very same paper", attach

    def take_out() -> None:
        (row,) = life.see(dossiers.files, one())
        do(filing.remove_file, filing.RemoveFile(citizen, one(), row["id"]))

    yield "it is taken out", take_out
    yield "and put in", attach
    yield "by post", lambda: do(filing.save_draft, filing.SaveDraft(citizen, one(), "delivery", BY_POST))
    yield "sent", lambda: life.send(citizen, one())
    yield "sent once more", lambda: life.send(citizen, one())


def supplemented(life: OfficeLife) -> Iterator[Act]:
    one, citizen = Filed(), life.citizen()
    yield filed(life, citizen, one, delivery={"method": "online"})
    asked = {"reason": "Ảnh chụp bị mờ, không đọc được.", "missing_papers": "authorisation", "missing_fields": "copies"}
    yield step(life, one, "check_dossier", decision="supplement", **asked)

    def put_in() -> None:
        stored = life.upload("Bản mới.pdf", PDF + b"\n% new")
        life.do(filing.attach_file, filing.AttachFile(citizen, one(), "authorisation", stored))

    yield "a new picture", put_in
    answer = ("Đã chụp lại.", {"copies": "3"})
    yield (
        "answered",
        lambda: life.do(filing.answer_supplement, filing.AnswerSupplement(citizen, one(), answer[0], answer[1])),
    )
    yield step(life, one, "check_dossier", decision="accept")


def withdrawn(life: OfficeLife) -> Iterator[Act]:
    citizen = life.citizen()
    for name, steps in (("a draft", -1), ("before acceptance", 0), ("after acceptance", 1)):
        one = Filed()

        def begin(one: Filed = one, steps: int = steps) -> None:
            one.id = life.draft(citizen) if steps < 0 else life.sent(citizen)
            if steps == 1:
                life.complete(one(), "check_dossier", {"decision": "accept"})

        yield name, begin
        yield (
            f"{name}: withdrawn",
            lambda one=one: life.do(filing.withdraw_dossier, filing.WithdrawDossier(citizen, one(), "Không cần nữa")),
        )
    yield step(life, one, "record_withdrawal", withdrawal_note="Đã trả bản chính.", papers_returned="on")


def refused_at_reception(life: OfficeLife) -> Iterator[Act]:
    one, citizen = Filed(), life.citizen()
    yield filed(life, citizen, one)
    yield step(life, one, "check_dossier", decision="refuse", reason="Không thuộc thẩm quyền.")
