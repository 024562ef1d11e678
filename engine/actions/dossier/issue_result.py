"""Phát hành: the result is numbered, sealed and issued."""

from __future__ import annotations

from engine.actions.dossier.dossier_work import DossierWork
from engine.actions.dossier.issue_document import issue_result_paper
from engine.domain.history import EventKind


def issue_result(work: DossierWork) -> None:
    """Write the result paper and end the clock."""
    work.set(finished_at=work.at)
    document_id = issue_result_paper(work, work.procedure.papers[work.procedure.result_document])
    work.happened(EventKind.RESULT_ISSUED, {"document_id": document_id})
