"""Từ chối: the dossier is refused in writing, with the reason and the legal ground."""

from __future__ import annotations

from typing import Final

from engine.actions.dossier.ask_supplement import reason_text
from engine.actions.dossier.dossier_work import DossierWork
from engine.actions.dossier.issue_document import issue_document
from engine.domain.history import EventKind

REASON: Final = ("refusal_reason", "reason", "note")


def refuse_dossier(work: DossierWork) -> None:
    """Issue the refusal slip and tell the citizen (NĐ 61/2018/NĐ-CP Điều 17, 19)."""
    reason = reason_text(work, REASON)
    work.set(finished_at=work.at)
    work.happened(EventKind.DOSSIER_REFUSED, {"reason": reason})
    issue_document(work, "refusal", extra={"reason": reason})
