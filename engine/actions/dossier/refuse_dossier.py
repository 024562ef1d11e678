"""Từ chối: the dossier is refused in writing, with the reason and the legal ground."""

from __future__ import annotations

from typing import Final

from engine.actions.dossier.ask_supplement import said
from engine.actions.dossier.issue_document import issue_document
from engine.actions.dossier.step import Step
from engine.domain.text import Text

REASON: Final = ("refusal_reason", "reason", "note")


def refuse_dossier(step: Step) -> None:
    """Issue the refusal slip and tell the citizen (NĐ 61/2018/NĐ-CP Điều 17, 19)."""
    reason = said(step, REASON)
    step.set(finished_at=step.at)
    step.happened("dossier.refused", {"reason": reason}, public=True)
    step.tell(
        "dossier.refused",
        Text(
            f"Hồ sơ {step.code} không được giải quyết. Lý do: {reason}",
            f"Dossier {step.code} was refused. Reason: {reason}",
        ),
    )
    issue_document(step, "refusal", extra={"reason": reason})
