"""A citizen has seen their notices."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class ReadNotices:
    """Marks the actor's own notices as read; `dossier_id` None: of all dossiers."""

    actor: Actor
    dossier_id: str | None = None
