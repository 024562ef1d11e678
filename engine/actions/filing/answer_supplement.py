"""The citizen answers a supplement request in place; the new papers were attached before."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.dossier import DossierWork, count_deadline, own_work
from engine.actions.tasks import finish_task, named_outputs
from engine.context import OfficeContext
from engine.domain.actor import Actor, must_be_citizen
from engine.domain.dossier import DossierState
from engine.domain.errors import Invalid, WrongState
from engine.domain.history import EventKind
from engine.domain.identifiers import nfc
from engine.domain.meanings import Meaning
from engine.domain.text import Text
from engine.domain.vocabulary import Audience, FileState
from engine.store.connection import Row, Tx
from engine.store.dossiers import dossiers
from engine.store.process import tasks
from engine.store.records import SupplementRow


@dataclass(frozen=True)
class AnswerSupplement:
    """Raises Invalid when a paper that was asked for has no new file and there is no note either."""

    actor: Actor
    dossier_id: str
    note: str = ""


def answer_supplement(tx: Tx, office: OfficeContext, cmd: AnswerSupplement) -> None:
    """Hand the papers over; the clock runs again, anew or on, by the procedure's policy (NĐ 61/2018 Điều 19.4)."""
    work = own_work(tx, office, must_be_citizen(cmd.actor), cmd.dossier_id)
    request = dossiers.open_supplement(tx, work.id)
    if work.state is not DossierState.SUPPLEMENT_ASKED or request is None:
        raise WrongState(
            Text(
                "Hồ sơ hiện không có yêu cầu bổ sung nào đang chờ, có thể bạn đã gửi bổ sung rồi.",
                "No supplement is being waited for; perhaps you have already sent it.",
            )
        )
    note = nfc(cmd.note).strip()[:4000]
    _check_answered(work, request, note)
    papers = [one["component_code"] for one in request["components"]]
    _replace_rejected(work, papers)
    dossiers.change_supplement(tx, request["id"], {"answered_at": tx.now, "answer_note": note})
    work.happened(EventKind.SUPPLEMENT_ANSWERED, {"note": note})
    if work.dossier["accepted_at"] is not None:
        count_deadline(work, dossiers.supplements(tx, work.id))
    task = applicant_task(work)
    finish_task(work, task, named_outputs(work, task["element_id"], {Meaning.SUPPLEMENT_NOTE: note}))


def applicant_task(work: DossierWork) -> Row:
    """The open task that waits for the citizen; raises WrongState when there is none."""
    opened = tasks.open_of_instance(work.tx, work.instance["id"]) if work.instance else []
    task = next((row for row in opened if row["audience"] == Audience.APPLICANT), None)
    if task is None:
        raise WrongState
    return task


def _check_answered(work: DossierWork, request: SupplementRow, note: str) -> None:
    """Each paper asked for needs a new file; words can do instead, the officer decides whether they suffice."""
    fresh = {
        row["component_code"]
        for row in dossiers.files(work.tx, work.id)
        if row["state"] == FileState.ATTACHED and row["attached_at"] >= request["asked_at"]
    }
    missing = [one for one in request["components"] if one["component_code"] not in fresh]
    if note or (not missing and (fresh or request["components"])):
        return
    sentence = Text(
        "Hãy tải lên giấy tờ được yêu cầu, hoặc ghi rõ nội dung giải trình.",
        "Upload the paper that was asked for, or explain in the note.",
    )
    raise Invalid({one["component_code"]: sentence for one in missing} or {"note": sentence})


def _replace_rejected(work: DossierWork, answered: list[str]) -> None:
    for row in dossiers.files(work.tx, work.id):
        if row["state"] == FileState.REJECTED and row["component_code"] in answered:
            dossiers.change_file(work.tx, row["id"], {"state": FileState.REPLACED})
