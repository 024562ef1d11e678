"""What every way of signing in answers, and how it opens a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from engine.context import OfficeContext
from engine.domain.text import Text
from engine.domain.tokens import hash_token, new_token
from engine.domain.vocabulary import SessionKind
from engine.store.accounts import sessions
from engine.store.connection import Tx


@dataclass(frozen=True)
class SignedIn:
    """`token` is the raw session token for the cookie: it exists only here, the record keeps its hash."""

    token: str = field(repr=False)
    session_id: str
    account_id: str
    name: str
    language: str
    known: str = field(default="", repr=False)  # by which this browser is known the next time; officials only


@dataclass(frozen=True)
class SignInRefused:
    """Returned, not raised: a failed try is remembered. `totp_needed`: ask for the six digits and try again.

    `wait_s`: nothing was looked at; so many seconds are still to be waited.
    """

    message: Text
    totp_needed: bool = False
    wait_s: int = 0


def open_session(tx: Tx, office: OfficeContext, kind: SessionKind, account_id: str, device: str) -> tuple[str, str]:
    """Open a session of `kind` and give its raw token and its id."""
    token = new_token()
    session_id = sessions.add(
        tx,
        {
            "token_hash": hash_token(token),
            "kind": kind,
            "person_id" if kind is SessionKind.CITIZEN else "staff_id": account_id,
            "device": device[:200],
            "expires_at": tx.now + timedelta(hours=office.settings.session_hours),
        },
    )
    return token, session_id
