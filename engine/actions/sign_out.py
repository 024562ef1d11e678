"""Somebody signs out, here or on another of their devices."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class SignOut:
    """End one of the actor's own sessions."""

    actor: Actor
    session_id: str
