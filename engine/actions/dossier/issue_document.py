"""The office writes a paper: slip, request, refusal, receipt, result. Paper and decision are one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.actions.dossier.dossier_work import DossierWork
from engine.actions.dossier.last_written import last_written
from engine.domain.clock import local_day
from engine.domain.history import EventKind
from engine.domain.meanings import Meaning
from engine.domain.procedures import Paper
from engine.domain.text import Text
from engine.papers import TITLES, paper_data, render, render_result, result_number
from engine.store.dossiers import documents


def issue_document(
    work: DossierWork, kind: str, *, number: str | None = None, extra: Mapping[str, Any] | None = None
) -> str:
    """Write the paper in Vietnamese, the language of the record, and keep it with the dossier; gives its id."""
    number = number or _next_number(work)
    role = work.done.row["role"] if work.done is not None else ""
    work.close_task()  # a paper prints what was written in the task just done
    told = paper_data(work.tx, work.office, work.dossier)
    role = role or next((role for role, who in told["signers"].items() if who == work.actor.name), "")
    told |= {"officer": work.actor.name, "officer_role": role}
    return _keep(work, kind, TITLES[kind], number, render(kind, {**told, **(extra or {}), "number": number}, "vi"))


def issue_result_paper(work: DossierWork, paper: Paper) -> str:
    """Write the result as the pack declares it; gives its id."""
    number = _result_number(work, paper)
    work.close_task()
    told = {**paper_data(work.tx, work.office, work.dossier), "number": number}
    return _keep(work, paper.code, paper.title, number, render_result(paper, told, "vi"))


def _keep(work: DossierWork, kind: str, title: Text, number: str, content: bytes) -> str:
    document_id = documents.add(
        work.tx,
        {
            "dossier_id": work.id,
            "kind": kind,
            "number": number,
            "title_vi": title.vi,
            "title_en": title.en,
            "content_type": "application/pdf",
            "content": content,
        },
    )
    told = {"kind": kind, "number": number, "title_vi": title.vi, "title_en": title.en}
    work.happened(EventKind.DOCUMENT_ISSUED, {"document_id": document_id, **told})
    return document_id


def _next_number(work: DossierWork) -> str:
    """The dossier's code and how many papers it has had: no two of them have the same number."""
    return f"{work.code}/{1 + len(documents.of_dossier(work.tx, work.id)):02d}"


def _count(work: DossierWork, kind: str) -> int:
    return 1 + len([row for row in documents.of_dossier(work.tx, work.id) if row["kind"] == kind])


def _result_number(work: DossierWork, paper: Paper) -> str:
    """By the paper's pattern; where the clerk gave none that it asks for, as any paper of the office."""
    values = {"code": work.code, "year": str(local_day(work.at).year)}
    if paper.asks_number:
        values["result_number"] = last_written(work, Meaning.RESULT_NUMBER)
    if "{count}" in paper.number:
        values["count"] = f"{_count(work, paper.code):02d}"
    return result_number(paper, values) or _next_number(work)
