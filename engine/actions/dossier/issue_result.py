"""Phát hành: the result is numbered, sealed and issued."""

from __future__ import annotations

from engine.actions.dossier.dossier_work import DossierWork
from engine.actions.dossier.issue_document import issue_document


def issue_result(work: DossierWork) -> None:
    """Write the result paper and end the clock."""
    work.set(finished_at=work.at)
    document_id = issue_document(work, work.procedure.result_document)
    work.happened("result.issued", {"document_id": document_id}, public=True)
