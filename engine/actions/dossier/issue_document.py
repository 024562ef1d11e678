"""The office writes a paper: slip, request, refusal, receipt, result. Paper and decision are one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.actions.dossier.dossier_work import DossierWork
from engine.actions.dossier.last_written import last_written
from engine.domain.history import EventKind
from engine.domain.meanings import Meaning
from engine.papers import TITLES, paper_data, render
from engine.store.dossiers import documents


def issue_document(
    work: DossierWork, kind: str, *, number: str | None = None, extra: Mapping[str, Any] | None = None
) -> str:
    """Write the paper in Vietnamese, the language of the record, and keep it with the dossier; gives its id."""
    number = number or _number(work, kind)
    work.close_task()  # a paper prints what was written in the task just done
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
    given = last_written(work, Meaning.RESULT_NUMBER) if kind == work.procedure.result_document else ""
    if given:
        return given[:60]
    before = sum(row["kind"] == kind for row in documents.of_dossier(work.tx, work.id))
    return f"{work.code}/{before + 1:02d}"
