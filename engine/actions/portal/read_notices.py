"""A citizen has seen their notices."""

from __future__ import annotations

from dataclasses import dataclass

from engine.context import OfficeContext
from engine.domain.actor import Actor, must_be_citizen
from engine.store.connection import Tx
from engine.store.dossiers import notices


@dataclass(frozen=True)
class ReadNotices:
    """Marks the actor's own notices as read: one, or all."""

    actor: Actor
    notice_id: str | None = None


def read_notices(tx: Tx, office: OfficeContext, cmd: ReadNotices) -> None:
    """Mark them. No event: reading is nobody's business but the reader's."""
    actor = must_be_citizen(cmd.actor)
    notices.mark_read(tx, actor.id or "", cmd.notice_id)
