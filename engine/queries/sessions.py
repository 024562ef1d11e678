"""Who is asking: the only way from a cookie to an actor.

by_token(tx, office, raw_token) -> SignedInActor | None ; own_sessions(tx, actor) -> tuple[SessionRow, ...]
account(tx, actor) -> AccountView
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.domain.actor import Actor


@dataclass(frozen=True)
class SignedInActor:
    """An actor with a living session. `touch`: the last use is old enough to be written down (touch_session)."""

    actor: Actor
    session_id: str
    language: str
    touch: bool


@dataclass(frozen=True)
class SessionRow:
    """One of the actor's own sessions, to be recognised and ended."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class AccountView:
    """What the identity provider told us about the citizen; shown masked."""

    full_name: str
    kind: str
    provider: str
    national_id_masked: str
    tax_code: str | None
    birth_on: date | None
    phone: str | None
    email: str | None
    address: str | None
    assurance_level: int
    language: str
