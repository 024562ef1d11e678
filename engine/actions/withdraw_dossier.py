"""The citizen withdraws a dossier."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class WithdrawDossier:
    """Possible until the result is decided; a draft is simply discarded."""

    actor: Actor
    dossier_id: str
    reason: str
