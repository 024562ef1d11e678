"""The citizen agrees with the draft of the result, or asks for a correction."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class ConfirmDraft:
    """`answer`: agree | correct; a correction needs a note."""

    actor: Actor
    dossier_id: str
    answer: str
    note: str = ""
