"""The browser comes back from the provider: first transaction of the callback."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ClaimSignIn:
    """`state` from the callback's address, `browser_token` from the cookie."""

    state: str
    browser_token: str


@dataclass(frozen=True)
class SignInAttempt:
    """A sign-in that was begun here, in this browser, and is now used up."""

    provider: str
    nonce: str
    code_verifier: str
    return_to: str
