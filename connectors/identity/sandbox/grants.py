"""Codes and access tokens: a code works once, for sixty seconds, for the one who asked for it."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from connectors.identity.oauth import code_challenge
from connectors.identity.sandbox.accounts import Accounts, SignIn
from connectors.identity.sandbox.secret import token_hash
from connectors.training.sandbox.state import SandboxState

CODE_LIFE_S: Final = 60
TOKEN_LIFE_S: Final = 300


@dataclass(frozen=True)
class Grant:
    """A redeemed code: the sign-in it stands for and a fresh access token."""

    sign_in: SignIn
    account: str
    access_token: str


class Grants:
    """Gives out codes and tokens; keeps only their hashes."""

    def __init__(self, state: SandboxState, accounts: Accounts) -> None:
        self._state = state
        self._accounts = accounts

    def give_code(self, sign_in: SignIn, account: str, *, now: float) -> str:
        """A new code for a finished sign-in."""
        code = secrets.token_urlsafe(32)
        with self._state.writing() as db:
            db.execute(
                "INSERT INTO auth_code (hash, sign_in, account, expires_at) VALUES (?, ?, ?, ?)",
                (token_hash(code), sign_in.id, account, now + CODE_LIFE_S),
            )
        return code

    def redeem(self, code: str, *, profile: str, redirect_uri: str, code_verifier: str, now: float) -> Grant | None:
        """Turn a code into a token. None when it is unknown, used, late, or asked for by someone else.

        A second use also takes back the token of the first (RFC 6749, 4.1.2): one of the two was a thief.
        """
        hashed = token_hash(code)
        with self._state.writing() as db:
            row = db.execute(
                "UPDATE auth_code SET used_at = ? WHERE hash = ? AND used_at IS NULL RETURNING *", (now, hashed)
            ).fetchone()
            if row is None:
                db.execute("DELETE FROM access_token WHERE code_hash = ?", (hashed,))
                return None
        sign_in = self._accounts.by_id(row["sign_in"])
        if now >= row["expires_at"] or sign_in is None:
            return None
        if not _asked_by(sign_in, profile=profile, redirect_uri=redirect_uri, code_verifier=code_verifier):
            return None
        access_token = secrets.token_urlsafe(32)
        with self._state.writing() as db:
            db.execute(
                "INSERT INTO access_token (hash, code_hash, account, profile, expires_at) VALUES (?, ?, ?, ?, ?)",
                (token_hash(access_token), hashed, row["account"], profile, now + TOKEN_LIFE_S),
            )
        return Grant(sign_in, row["account"], access_token)

    def account_of(self, access_token: str, *, profile: str, now: float) -> str | None:
        """Whose token this is, while it lives."""
        with self._state.reading() as db:
            row = db.execute(
                "SELECT account FROM access_token WHERE hash = ? AND profile = ? AND expires_at > ?",
                (token_hash(access_token), profile, now),
            ).fetchone()
        return str(row["account"]) if row is not None else None

    def revoke_all(self, account: str) -> None:
        """Sign-out: no token of the account works any more."""
        with self._state.writing() as db:
            db.execute("DELETE FROM access_token WHERE account = ?", (account,))


def _asked_by(sign_in: SignIn, *, profile: str, redirect_uri: str, code_verifier: str) -> bool:
    wanted = sign_in.request.get("code_challenge")
    try:
        proved = wanted is None or hmac.compare_digest(code_challenge(code_verifier), wanted)
    except UnicodeEncodeError:
        proved = False
    return proved and sign_in.profile == profile and sign_in.request["redirect_uri"] == redirect_uri
