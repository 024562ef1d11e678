"""The button "Lấy thông tin từ người nộp": the owner of the dossier is the one who files it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class CopyApplicantToOwner:
    """The action answers SavedDraft."""

    actor: Actor
    dossier_id: str
