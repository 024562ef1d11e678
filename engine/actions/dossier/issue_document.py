"""The office writes a paper: slip, request, refusal, receipt, result. Paper and decision are one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.actions.dossier.step import Step
from engine.papers.data import paper_data
from engine.papers.render import TITLES, render
from engine.store.dossiers import documents

RESULTS: Final = frozenset({"result_extract", "result_certificate"})


def issue_document(step: Step, kind: str, *, number: str | None = None, extra: Mapping[str, Any] | None = None) -> str:
    """Write the paper in Vietnamese, the language of the record, and keep it with the dossier; gives its id."""
    step.close_task()  # a paper prints what was written in the task just done
    number = number or _number(step, kind)
    told = {**step.variables, **paper_data(step.tx, step.office, step.dossier), "officer": step.actor.name}
    data = {**told, **(extra or {}), "number": number}
    title = TITLES[kind]
    document_id = documents.add(
        step.tx,
        {
            "dossier_id": step.id,
            "kind": kind,
            "number": number,
            "title_vi": title.vi,
            "title_en": title.en,
            "content_type": "application/pdf",
            "content": render(kind, data, "vi"),
        },
    )
    step.happened("document.issued", {"document_id": document_id, "kind": kind, "number": number}, public=True)
    return document_id


def _number(step: Step, kind: str) -> str:
    """The dossier's code and how many such papers it has had; a result has the number the clerk gave it."""
    if kind in RESULTS and step.variables.get("result_number"):
        return str(step.variables["result_number"])[:60]
    before = sum(row["kind"] == kind for row in documents.of_dossier(step.tx, step.id))
    return f"{step.code}/{before + 1:02d}"
