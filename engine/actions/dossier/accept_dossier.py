"""Tiếp nhận: the office takes the dossier, the time limit starts, the acknowledgement slip is written."""

from __future__ import annotations

from collections.abc import Sequence

from engine.actions.dossier.dossier_work import DossierWork
from engine.actions.dossier.issue_document import issue_document
from engine.domain.deadlines import Pause, due_at
from engine.domain.history import EventKind
from engine.domain.vocabulary import DocumentKind
from engine.store.records import SupplementRow


def accept_dossier(work: DossierWork) -> None:
    """Start the clock (NĐ 61/2018/NĐ-CP Điều 17, 18) and issue "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"."""
    if work.dossier["accepted_at"] is not None:
        return
    work.set(accepted_at=work.at)
    count_deadline(work, ())
    work.happened(EventKind.DOSSIER_ACCEPTED, {"due_at": work.dossier["due_at"].isoformat()})
    issue_document(work, DocumentKind.ACKNOWLEDGEMENT_SLIP)


def count_deadline(work: DossierWork, supplements: Sequence[SupplementRow]) -> None:
    """Work out (again) when the result is due; what the citizen took to answer counts by the procedure's policy."""
    procedure = work.procedure
    pauses = [Pause(row["asked_at"], row["answered_at"]) for row in supplements]
    accepted_at = work.dossier["accepted_at"]
    deadline = due_at(work.office.calendar, procedure.limit, accepted_at, procedure.policy, pauses)
    work.set(due_at=deadline.due_at, deadline_trace=[sentence.to_dict() for sentence in deadline.trace])
