"""An official signs in with user name, password and, where set up, a one-time code."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SignInStaff:
    """`totp`: the six digits of the authenticator, None on the first page."""

    username: str
    password: str = field(repr=False)
    totp: str | None = field(default=None, repr=False)
    device: str = ""
