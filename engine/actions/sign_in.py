"""A citizen signs in: second transaction of the callback, after the provider vouched for the person."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.identity.port import Identity


@dataclass(frozen=True)
class SignIn:
    """`device`: what the person recognises in the list of sessions, e.g. "Firefox · Windows"."""

    identity: Identity
    device: str = ""
