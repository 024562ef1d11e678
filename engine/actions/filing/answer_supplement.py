"""The citizen answers a supplement request in place: new papers, corrected fields of the declaration, a note."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine.actions.dossier import DossierWork, count_deadline, own_work
from engine.actions.fees import requote
from engine.actions.tasks import finish_task, named_outputs
from engine.context import OfficeContext
from engine.domain.actor import Actor, must_be_citizen
from engine.domain.clock import local_day
from engine.domain.dossier import DossierState
from engine.domain.errors import Invalid, WrongState
from engine.domain.filing import FORM_FIELD, open_keys, paper_facts, typed, words_of
from engine.domain.history import EventKind
from engine.domain.identifiers import nfc
from engine.domain.meanings import Meaning
from engine.domain.text import Text
from engine.domain.vocabulary import Audience, FileState
from engine.store.connection import Tx
from engine.store.dossiers import dossiers
from engine.store.process import tasks
from engine.store.records import SupplementRow, TaskRow


@dataclass(frozen=True)
class AnswerSupplement:
    """`answers`: the fields of the declaration as typed; only those that were asked for are taken.

    Raises Invalid for a wrong field, and when a paper that was asked for has no new file, or a field is as it was,
    and there is no note either.
    """

    actor: Actor
    dossier_id: str
    note: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


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
    changes = _corrected(work, request, cmd.answers)
    _check_answered(work, request, note, {one["key"] for one in changes})
    papers = [one["component_code"] for one in request["components"]]
    _replace_rejected(work, papers)
    told = {"answers": changes, "fee_vnd": requote(work) if changes else None}
    dossiers.change_supplement(tx, request["id"], {"answered_at": tx.now, "answer_note": note, "changes": told})
    work.happened(EventKind.SUPPLEMENT_ANSWERED, {"note": note, "fields": [one["key"] for one in changes]})
    if work.dossier["accepted_at"] is not None:
        count_deadline(work, dossiers.supplements(tx, work.id))
    task = applicant_task(work)
    finish_task(work, task, named_outputs(work, task["element_id"], {Meaning.SUPPLEMENT_NOTE: note}))


def _corrected(work: DossierWork, request: SupplementRow, answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """Take the fields that were asked for into the declaration; gives what changed. Raises Invalid by `form.field`."""
    form, before = work.procedure.declaration, work.dossier["form"]
    keys = open_keys(form, request["fields"])
    clean, errors = form.validate({**words_of(before), **typed(answers, keys)})
    after = {key: value for key, value in before.items() if key not in keys}
    after |= {key: value for key, value in clean.items() if key in keys}
    facts = paper_facts(work.procedure, {**work.dossier, "form": after}, local_day(work.dossier["submitted_at"]))
    found = {**work.procedure.contradictions(facts), **errors}
    if wrong := {f"{FORM_FIELD}{key}": told for key, told in found.items() if key in keys}:
        raise Invalid(wrong)
    changed = [key for key in form.in_order(keys) if before.get(key) != after.get(key)]
    if changed:
        copies = form.value_with(Meaning.COPIES, after) or 1
        work.set(form=after)
        work.move(variables={**work.variables, "form": dict(after), "copies": copies})
    return [{"key": key, "before": before.get(key), "after": after.get(key)} for key in changed]


def applicant_task(work: DossierWork) -> TaskRow:
    """The open task that waits for the citizen; raises WrongState when there is none."""
    opened = tasks.open_of_instance(work.tx, work.instance["id"]) if work.instance else []
    task = next((row for row in opened if row["audience"] == Audience.APPLICANT), None)
    if task is None:
        raise WrongState
    return task


def _check_answered(work: DossierWork, request: SupplementRow, note: str, changed: Collection[str]) -> None:
    """Each paper asked for needs a new file, each field another answer; words can do instead, the officer decides."""
    fresh = {
        row["component_code"]
        for row in dossiers.files(work.tx, work.id)
        if row["state"] == FileState.ATTACHED and row["attached_at"] >= request["asked_at"]
    }
    missing = [one for one in request["components"] if one["component_code"] not in fresh]
    same = [key for key in request["fields"] if key not in changed]
    if note or (not missing and not same and (fresh or request["components"] or request["fields"])):
        return
    sentence = Text(
        "Hãy tải lên giấy tờ được yêu cầu, hoặc ghi rõ nội dung giải trình.",
        "Upload the paper that was asked for, or explain in the note.",
    )
    unanswered = {one["component_code"]: sentence for one in missing} | {
        f"{FORM_FIELD}{key}": _AS_IT_WAS for key in same
    }
    raise Invalid(unanswered or {"note": sentence})


_AS_IT_WAS: Final = Text(
    "Mục này chưa được sửa. Hãy sửa lại, hoặc ghi lý do giữ nguyên vào phần ghi chú.",
    "This has not been changed. Correct it, or say in the note why it stays.",
)


def _replace_rejected(work: DossierWork, answered: list[str]) -> None:
    for row in dossiers.files(work.tx, work.id):
        if row["state"] == FileState.REJECTED and row["component_code"] in answered:
            dossiers.change_file(work.tx, row["id"], {"state": FileState.REPLACED})
