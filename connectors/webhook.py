"""Messages that others send us: signed, dated, and each with a number used once.

The signature is HMAC-SHA256 over "timestamp.nonce.body". Whoever receives keeps the nonces of the last
`WINDOW_S` seconds and refuses a second message with the same one.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from connectors.errors import WebhookRefused

TIMESTAMP_HEADER: Final = "Motcua-Timestamp"
NONCE_HEADER: Final = "Motcua-Nonce"
SIGNATURE_HEADER: Final = "Motcua-Signature"
WINDOW_S: Final = 300
_NONCE: Final = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")


def sign(secret: str, body: bytes, *, at: datetime, nonce: str) -> dict[str, str]:
    """The three headers that go with `body`."""
    timestamp = str(int(at.timestamp()))
    return {
        TIMESTAMP_HEADER: timestamp,
        NONCE_HEADER: nonce,
        SIGNATURE_HEADER: "v1=" + _digest(secret, timestamp, nonce, body),
    }


def verify(secret: str, headers: Mapping[str, str], body: bytes, *, now: datetime) -> str:
    """Check signature and age; gives the nonce, which the caller must record as used in the same transaction.

    Raises WebhookRefused. An empty secret refuses everything.
    """
    sent = {name.lower(): value for name, value in headers.items()}
    timestamp = sent.get(TIMESTAMP_HEADER.lower(), "")
    nonce = sent.get(NONCE_HEADER.lower(), "")
    signature = sent.get(SIGNATURE_HEADER.lower(), "")
    if not (secret and re.match(r"\d{1,12}\Z", timestamp, re.ASCII) and _NONCE.match(nonce)):
        raise _refused("thiếu chữ ký", "it is not signed", "unsigned")
    expected = "v1=" + _digest(secret, timestamp, nonce, body)
    if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")):
        raise _refused("chữ ký không đúng", "its signature is wrong", "bad_signature")
    if abs(now.timestamp() - int(timestamp)) > WINDOW_S:
        raise _refused("đã quá thời hạn", "it is too old or from the future", "stale")
    return nonce


def _digest(secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    signed = timestamp.encode() + b"." + nonce.encode() + b"." + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _refused(why_vi: str, why_en: str, code: str) -> WebhookRefused:
    return WebhookRefused(f"Không nhận thông báo: {why_vi}.", f"The message is not accepted: {why_en}.", code=code)
