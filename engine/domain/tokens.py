"""Random words that stand for a sign-in; only their hashes are ever written down."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """256 bits of chance, safe in a cookie and in an address."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """What the record keeps of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode("utf-8")).digest()
