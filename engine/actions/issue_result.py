"""Phát hành: the result is numbered, sealed and issued."""

from __future__ import annotations

from typing import Final

from engine.actions.issue_document import issue_document
from engine.actions.step import Step

_RESULT_OF: Final = {"2.000635": "result_extract", "1.001612": "result_certificate"}


def issue_result(step: Step) -> None:
    """Write the result paper and end the clock."""
    step.set(finished_at=step.at)
    document_id = issue_document(step, _RESULT_OF.get(step.dossier["procedure_code"], "result_extract"))
    step.happened("result.issued", {"document_id": document_id}, public=True)
