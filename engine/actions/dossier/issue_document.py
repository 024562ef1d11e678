"""The office writes a paper: slip, request, refusal, receipt, result. Paper and decision are one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.actions.dossier.dossier_work import DossierWork
from engine.domain.history import EventKind
from engine.papers import TITLES, paper_data, render
from engine.store.dossiers import documents

RESULTS: Final = frozenset({"result_extract", "result_certificate"})


def issue_document(
    work: DossierWork, kind: str, *, number: str | None = None, extra: Mapping[str, Any] | None = None
) -> str:
    """Write the paper in Vietnamese, the language of the record, and keep it with the dossier; gives its id."""
    work.close_task()  # a paper prints what was written in the task just done
    number = number or _number(work, kind)
    told = {**work.variables, **paper_data(work.tx, work.office, work.dossier), "officer": work.actor.name}
    data = {**told, **(extra or {}), "number": number}
    title = TITLES[kind]
    document_id = documents.add(
        work.tx,
        {
            "dossier_id": work.id,
            "kind": kind,
            "number": number,
            "title_vi": title.vi,
            "title_en": title.en,
            "content_type": "application/pdf",
            "content": render(kind, data, "vi"),
        },
    )
    work.happened(EventKind.DOCUMENT_ISSUED, {"document_id": document_id, "kind": kind, "number": number})
    return document_id


def _number(work: DossierWork, kind: str) -> str:
    """The dossier's code and how many such papers it has had; a result has the number the clerk gave it."""
    if kind in RESULTS and work.variables.get("result_number"):
        return str(work.variables["result_number"])[:60]
    before = sum(row["kind"] == kind for row in documents.of_dossier(work.tx, work.id))
    return f"{work.code}/{before + 1:02d}"
