"""How the identity sandbox keeps passwords, one-time codes and keys: never as they were given."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

_RSA_BITS: Final = 2048
_SCRYPT_COST: Final = 2**12


def hash_password(password: str, salt: bytes | None = None) -> str:
    """A salted scrypt hash, "salt$hash" in hex."""
    salt = salt or secrets.token_bytes(16)
    digest = hashlib.scrypt(password.encode(), salt=salt, n=_SCRYPT_COST, r=8, p=1)
    return f"{salt.hex()}${digest.hex()}"


def password_fits(password: str, stored: str) -> bool:
    """Whether the password is the one that was stored; takes the same time either way."""
    salt, _, _ = stored.partition("$")
    return hmac.compare_digest(hash_password(password, bytes.fromhex(salt)), stored)


NOBODY: Final = hash_password(secrets.token_urlsafe(16))
"""Compared when the account does not exist, so that the answer takes as long as when it does."""


def token_hash(token: str) -> str:
    """What is kept of a random token."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_hash(pepper: bytes, challenge_id: str, code: str) -> str:
    """What is kept of a six-digit code: useless without the pepper, which is not in the database."""
    return hmac.new(pepper, f"{challenge_id}:{code}".encode(), hashlib.sha256).hexdigest()


def kept_secret(path: Path) -> bytes:
    """32 random bytes, made once and kept in a file only the owner can read."""
    return _made_once(path, lambda: secrets.token_bytes(32))


def kept_rsa_key(path: Path) -> bytes:
    """An RSA key (PEM, PKCS#8), made once and kept in a file only the owner can read."""
    return _made_once(path, _new_rsa_key)


def _new_rsa_key() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _made_once(path: Path, make: Callable[[], bytes]) -> bytes:
    """Several processes may start at once: the first to link its file wins, all read the same bytes."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    return path.read_bytes()
