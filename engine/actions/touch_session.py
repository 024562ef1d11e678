"""A session was used: its idle time starts anew."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TouchSession:
    """Called by the web door in its own short transaction, at most once a minute per session."""

    session_id: str
