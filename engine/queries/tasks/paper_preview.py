"""The paper that a step leads to, as it will be issued, while it can still be mended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.clock import local_day
from engine.domain.errors import NotFound
from engine.domain.filing import ANSWER_BY, MISSING_FIELDS, MISSING_PAPERS, full_label, ticked
from engine.domain.meanings import Meaning
from engine.domain.procedures import Paper, Procedure
from engine.domain.vocabulary import DocumentKind
from engine.papers import (
    Answers,
    answers_so_far,
    paper_data,
    render,
    render_result,
    result_number,
    said_last,
)
from engine.queries.dossier import DocumentBytes, readable_dossier
from engine.queries.tasks.task_view import TaskView, task_view
from engine.store.connection import Tx
from engine.store.dossiers import documents
from engine.store.process import tasks

_DOTS: Final = "………"
_NO_DAY: Final = "…/…/……"
_PDF: Final = "application/pdf"


def paper_preview(tx: Tx, office: OfficeContext, actor: Actor, task_id: str, kind: str) -> DocumentBytes:
    """The paper with what is written so far, the form in hand included; dots for a number and day not given yet.

    Raises as `task_view`, and NotFound for a paper that the step does not lead to.
    """
    view = task_view(tx, office, actor, task_id)
    ahead = next((one for one in view.papers if one.kind == kind), None)
    if ahead is None:
        raise NotFound
    dossier = dict(readable_dossier(tx, actor, view.dossier.id))
    procedure = view.dossier.procedure
    holder = view.assignee_name or (actor.name if view.role in actor.roles else "")
    said = _said(view)
    told = paper_data(tx, office, dossier)
    told |= {"task": {**told["task"], **said}, "undated": True, "issued_on": _NO_DAY, "number": _DOTS}
    told["signers"] = {**told["signers"], **({view.role: holder} if holder else {})}
    versions = (view.instance.procedure_version_id, view.dossier.procedure_version_id)
    so_far = answers_so_far(tx, office, versions, tasks.of_dossier(tx, view.dossier.id))
    answers = [(view.form, said), *so_far] if view.form else list(so_far)
    name = f"{dossier['code']}-{kind}.pdf"
    if kind in tuple(DocumentKind):
        told["officer"] = holder if ahead.direct else ""
        return DocumentBytes(name, _PDF, render(kind, {**told, **_reasons(view, procedure, kind, answers)}))
    paper = procedure.papers[kind]
    told["number"] = result_number(paper, _numbers(tx, dossier, paper, answers)) or _DOTS
    return DocumentBytes(name, _PDF, render_result(paper, told))


def _said(view: TaskView) -> dict[str, Any]:
    """What the form holds, as far as it can be read: saved, filled in the round before, or known already."""
    return view.form.validate(view.data, partial=True)[0] if view.form else {}


def _reasons(view: TaskView, procedure: Procedure, kind: str, answers: list[Answers]) -> dict[str, Any]:
    """Why it is written, and for a request the papers it names."""
    if kind == DocumentKind.REFUSAL:
        return {"reason": said_last(answers, Meaning.REFUSAL_REASON, Meaning.REASON)}
    if kind != DocumentKind.SUPPLEMENT_REQUEST:
        return {}
    reason = said_last(answers[:1], Meaning.REASON)
    papers, fields = (ticked(view.data.get(name, "")) for name in (MISSING_PAPERS, MISSING_FIELDS))
    missing = [{"name": one.name, "reason": reason} for one in procedure.components if one.code in papers]
    form = procedure.declaration
    missing += [{"name": full_label(form, one), "reason": reason} for one in form.fields if one.key in fields]
    return {"reason": reason, "missing": missing, "answer_by": view.data.get(ANSWER_BY, "")}


def _numbers(tx: Tx, dossier: Mapping[str, Any], paper: Paper, answers: list[Answers]) -> dict[str, str]:
    """What the paper's number is made of; the clerk's part once somebody gave it."""
    before = [row for row in documents.of_dossier(tx, dossier["id"]) if row["kind"] == paper.code]
    return {
        "code": dossier["code"],
        "year": str(local_day(tx.now).year),
        "count": f"{len(before) + 1:02d}",
        "result_number": said_last(answers, Meaning.RESULT_NUMBER),
    }
