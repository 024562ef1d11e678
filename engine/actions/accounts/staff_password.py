"""Checking an official's password. It takes a tenth of a second on purpose, so never while a transaction is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.domain.passwords import LONGEST, SAMPLE_PASSWORDS, clean_password

_HASHER: Final = PasswordHasher()
# Verified when there is no such account, so that the answer takes as long as for a real one.
_NOBODYS_HASH: Final = _HASHER.hash("nobody signs in with this")


@dataclass(frozen=True)
class PasswordCheck:
    """What a typed password is compared with: the hash read from the record; None where there is no account."""

    password_hash: str | None = field(repr=False)

    def of(self, password: str) -> CheckedPassword:
        """Compare; outside any transaction."""
        clean = clean_password(password)
        if len(clean) > LONGEST:  # nobody has one, and hashing it would cost us more than sending it costs them
            return CheckedPassword(self.password_hash, fits=False)
        fits = _fits(self.password_hash or _NOBODYS_HASH, clean)
        return CheckedPassword(self.password_hash, fits and self.password_hash is not None, clean in SAMPLE_PASSWORDS)


@dataclass(frozen=True)
class CheckedPassword:
    """The outcome; it counts only while the record still holds the hash it was found with. `sample`: of our sources."""

    password_hash: str | None = field(repr=False)
    fits: bool
    sample: bool = False


def hash_password(password: str) -> str:
    """The argon2id hash that the staff row keeps, of the whole password."""
    return _HASHER.hash(clean_password(password))


def _fits(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
