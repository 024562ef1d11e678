"""What every way of signing in answers."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.text import Text


@dataclass(frozen=True)
class SignedIn:
    """`token` is the raw session token for the cookie: it exists only here, the record keeps its hash."""

    token: str
    session_id: str
    account_id: str
    name: str
    language: str


@dataclass(frozen=True)
class SignInRefused:
    """Returned, not raised: a failed try is remembered. `totp_needed`: ask for the six digits and try again."""

    message: Text
    totp_needed: bool = False
