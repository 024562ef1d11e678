"""The citizen agrees with the draft of the result, or asks for a correction."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.dossier import own_work
from engine.actions.filing.answer_supplement import applicant_task
from engine.actions.tasks import finish_task, form_of, named_outputs
from engine.context import OfficeContext
from engine.domain.actor import Actor, must_be_citizen
from engine.domain.dossier import DossierState
from engine.domain.errors import Invalid, WrongState
from engine.domain.history import EventKind
from engine.domain.identifiers import nfc
from engine.domain.meanings import Meaning, Outcome
from engine.domain.text import Text
from engine.store.connection import Tx

NOT_ASKED = Text(
    "Bước này không hỏi ý kiến về dự thảo. Hãy liên hệ Bộ phận Một cửa.",
    "This step does not ask about a draft. Please ask the one-stop desk.",
)


@dataclass(frozen=True)
class ConfirmDraft:
    """`answer`: agree | correct; a correction needs a note."""

    actor: Actor
    dossier_id: str
    answer: str
    note: str = ""


def confirm_draft(tx: Tx, office: OfficeContext, cmd: ConfirmDraft) -> None:
    """Pass the answer on. Silence until the timer fires counts as agreement, so a late answer is refused."""
    work = own_work(tx, office, must_be_citizen(cmd.actor), cmd.dossier_id)
    if work.state is not DossierState.WAITING_CITIZEN:
        raise WrongState(
            Text(
                "Dự thảo không còn chờ xác nhận: đã có phản hồi hoặc đã quá một ngày nên được coi là đồng ý.",
                "The draft no longer waits: it was answered, or a day has passed, which counts as agreement.",
            )
        )
    note = nfc(cmd.note).strip()[:4000]
    _check(cmd.answer, note)
    task = applicant_task(work)
    form = form_of(work, task["element_id"])
    if form is None or form.field_with(Meaning.DRAFT_ANSWER) is None:
        raise WrongState(NOT_ASKED)
    work.happened(EventKind.DRAFT_ANSWERED, {"answer": cmd.answer, "note": note})
    said = {Meaning.DRAFT_ANSWER: cmd.answer, Meaning.CORRECTION: note}
    finish_task(work, task, named_outputs(work, task["element_id"], said))


def _check(answer: str, note: str) -> None:
    if answer not in (Outcome.AGREE, Outcome.CORRECT):
        raise Invalid(
            {"answer": Text("Hãy chọn đồng ý hoặc đề nghị sửa.", "Choose to agree or to ask for a correction.")}
        )
    if answer == Outcome.CORRECT and not note:
        raise Invalid({"note": Text("Hãy ghi rõ nội dung cần sửa.", "Please say what has to be corrected.")})
