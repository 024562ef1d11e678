"""A citizen chooses a provider on the sign-in page."""

from __future__ import annotations

from dataclasses import dataclass


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
