"""A session was used: its idle time starts anew."""

from __future__ import annotations

from dataclasses import dataclass

from engine.context import OfficeContext
from engine.store.accounts import sessions
from engine.store.connection import Tx


@dataclass(frozen=True)
class TouchSession:
    """Called by the web door in its own short transaction, at most once a minute per session."""

    session_id: str


def touch_session(tx: Tx, office: OfficeContext, cmd: TouchSession) -> None:
    """Write down that the session was used now. No event: browsing is not history."""
    sessions.change(tx, cmd.session_id, {"seen_at": tx.now})
