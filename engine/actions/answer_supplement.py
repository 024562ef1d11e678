"""The citizen answers a supplement request in place; the new papers were attached before."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class AnswerSupplement:
    """Raises Invalid when a paper that was asked for has no new file and there is no note either."""

    actor: Actor
    dossier_id: str
    note: str = ""
