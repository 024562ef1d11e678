"""Yêu cầu bổ sung: the office says once, in writing, what is missing; the clock stands until it is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.actions.dossier.dossier_work import DossierWork
from engine.actions.dossier.issue_document import issue_document
from engine.actions.dossier.last_written import last_written
from engine.context import answer_days
from engine.domain.clock import local_day
from engine.domain.filing import fields_to_ask, full_label
from engine.domain.history import EventKind
from engine.domain.meanings import Meaning
from engine.domain.vocabulary import DocumentKind, FileState
from engine.store.dossiers import dossiers


def ask_supplement(work: DossierWork) -> None:
    """Write the request (NĐ 61/2018/NĐ-CP Điều 17), reject the papers it names, and tell the citizen."""
    reason = last_written(work, Meaning.REASON)
    wanted = _wanted(work, reason)
    fields = [entry for entry in fields_to_ask(work.procedure.declaration) if entry.key in work.asked.fields]
    until = work.asked.until or answer_days(work.office, work.procedure).usual_day(
        local_day(work.at), work.office.calendar
    )
    work.asked = replace(work.asked, until=until)
    asked = {"components": wanted, "fields": [entry.key for entry in fields]}
    dossiers.add_supplement(
        work.tx,
        {"dossier_id": work.id, "reason": reason, "answer_by": until, "asked_by": work.actor.name, **asked},
    )
    for row in dossiers.files(work.tx, work.id):
        if row["state"] == FileState.ATTACHED and row["component_code"] in {one["component_code"] for one in wanted}:
            dossiers.change_file(work.tx, row["id"], {"state": FileState.REJECTED, "reject_reason": reason})
    work.happened(EventKind.SUPPLEMENT_ASKED, {"reason": reason, "answer_by": until.isoformat(), **asked})
    names = {component.code: component.name for component in work.procedure.components}
    missing = [{"name": names[one["component_code"]], "reason": one["reason"]} for one in wanted]
    missing += [{"name": full_label(work.procedure.declaration, entry), "reason": reason} for entry in fields]
    told = {"reason": reason, "missing": missing, "answer_by": until}
    issue_document(work, DocumentKind.SUPPLEMENT_REQUEST, extra=told)


def _wanted(work: DossierWork, reason: str) -> list[dict[str, Any]]:
    """The papers asked for; what names no paper of the published list is not one that may be asked for (Điều 15)."""
    known = {component.code for component in work.procedure.components}
    return [{"component_code": code, "reason": reason} for code in work.asked.papers if code in known]
