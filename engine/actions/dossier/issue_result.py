"""Phát hành: the result is numbered, sealed and issued."""

from __future__ import annotations

from engine.actions.dossier.issue_document import issue_document
from engine.actions.dossier.step import Step


def issue_result(step: Step) -> None:
    """Write the result paper and end the clock."""
    step.set(finished_at=step.at)
    document_id = issue_document(step, step.procedure.result_document)
    step.happened("result.issued", {"document_id": document_id}, public=True)
