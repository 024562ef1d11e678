"""Từ chối: the dossier is refused in writing, with the reason and the legal ground."""

from __future__ import annotations

from engine.actions.dossier.dossier_work import DossierWork
from engine.actions.dossier.issue_document import issue_document
from engine.actions.dossier.last_written import last_written
from engine.domain.history import EventKind
from engine.domain.meanings import Meaning
from engine.domain.vocabulary import DocumentKind


def refuse_dossier(work: DossierWork) -> None:
    """Issue the refusal slip and tell the citizen (NĐ 61/2018/NĐ-CP Điều 17, 19)."""
    reason = last_written(work, Meaning.REFUSAL_REASON, Meaning.REASON)
    work.set(finished_at=work.at)
    work.happened(EventKind.DOSSIER_REFUSED, {"reason": reason})
    issue_document(work, DocumentKind.REFUSAL, extra={"reason": reason})
