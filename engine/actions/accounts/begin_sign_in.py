"""A citizen chooses a provider on the sign-in page."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from engine.context import OfficeContext
from engine.domain.tokens import hash_token, new_token
from engine.store.accounts import sessions
from engine.store.connection import Tx


@dataclass(frozen=True)
class BeginSignIn:
    """`browser_token`: a random value kept in the browser's cookie; the callback must come from the same browser."""

    provider: str
    browser_token: str
    return_to: str = "/"


@dataclass(frozen=True)
class BegunSignIn:
    """What `registry.identity(provider).authorization_url(...)` needs; asked outside the transaction."""

    provider: str
    state: str
    nonce: str
    code_verifier: str


def begin_sign_in(tx: Tx, office: OfficeContext, cmd: BeginSignIn) -> BegunSignIn:
    """Remember that this browser goes to that provider, so that only it can come back, once."""
    begun = BegunSignIn(
        provider=cmd.provider, state=new_token(), nonce=new_token(), code_verifier=secrets.token_urlsafe(64)
    )
    sessions.add_attempt(
        tx,
        {
            "state_hash": hash_token(begun.state),
            "provider": begun.provider,
            "nonce": begun.nonce,
            "code_verifier": begun.code_verifier,
            "browser_hash": hash_token(cmd.browser_token),
            "return_to": own_address(cmd.return_to),
        },
    )
    return begun


def own_address(return_to: str) -> str:
    """The path to return to, if it is one of ours; the home page for anything that could lead elsewhere."""
    plain = return_to.startswith("/") and not return_to.startswith(("//", "/\\"))
    return return_to if plain and return_to.isprintable() and "\\" not in return_to and len(return_to) <= 500 else "/"
