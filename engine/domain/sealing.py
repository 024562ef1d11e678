"""Keeps small secrets unreadable at rest: authenticated encryption under a key derived from the installation's secret.

A sealed text is `v1.` plus nonce and ciphertext, and opens only for the purpose it was sealed for.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION: Final = "v1."
_NONCE: Final = 12


class SecretBox:
    """Seals with the first secret; opens with any of them, so that the secret can be changed."""

    def __init__(self, secret: str, *older: str) -> None:
        self._boxes = [AESGCM(_derived(each, "seal v1")) for each in (secret, *older)]
        self._pepper = _derived(secret, "pseudonym v1")

    def seal(self, text: str, purpose: str) -> str:
        """The text, unreadable without the secret and for no other purpose."""
        nonce = os.urandom(_NONCE)
        closed = self._boxes[0].encrypt(nonce, text.encode(), purpose.encode())
        return _VERSION + base64.urlsafe_b64encode(nonce + closed).decode()

    def open(self, sealed: str, purpose: str) -> str | None:
        """What was sealed; None when it was changed, sealed for another purpose or under an unknown secret."""
        try:
            raw = base64.urlsafe_b64decode(sealed.removeprefix(_VERSION).encode())
        except (binascii.Error, ValueError):
            return None
        opened = (_opened(box, raw, purpose) for box in self._boxes)
        return next((text for text in opened if text is not None), None)

    def is_current(self, sealed: str, purpose: str) -> bool:
        """Whether it opens with the secret of today."""
        try:
            raw = base64.urlsafe_b64decode(sealed.removeprefix(_VERSION).encode())
        except (binascii.Error, ValueError):
            return False
        return _opened(self._boxes[0], raw, purpose) is not None

    def pseudonym(self, kind: str, value: str) -> str:
        """A name for a value that can be compared and not turned back (32 hex digits)."""
        return hmac.new(self._pepper, f"{kind}|{value}".encode(), hashlib.sha256).hexdigest()[:32]


def _opened(box: AESGCM, raw: bytes, purpose: str) -> str | None:
    try:
        return box.decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode()).decode()
    except (InvalidTag, ValueError):
        return None


def _derived(secret: str, use: str) -> bytes:
    return HKDF(SHA256(), 32, None, f"motcua {use}".encode()).derive(secret.encode())
