"""Signed messages: genuine ones pass, everything else does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.errors import WebhookRefused
from connectors.webhook import NONCE_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, WINDOW_S, sign, verify

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
NONCE = "n" * 24
BODY = '{"trạng thái": 3}'.encode()


def headers(**changes: str) -> dict[str, str]:
    return {**sign("word", BODY, at=NOW, nonce=NONCE), **changes}


def refusal_code(sent, body=BODY, secret="word", now=NOW) -> str:
    with pytest.raises(WebhookRefused) as refusal:
        verify(secret, sent, body, now=now)
    return refusal.value.code


def test_genuine_and_within_the_window():
    assert verify("word", headers(), BODY, now=NOW) == NONCE
    lower = {name.lower(): value for name, value in headers().items()}
    for seconds in (-WINDOW_S, WINDOW_S):
        assert verify("word", lower, BODY, now=NOW + timedelta(seconds=seconds)) == NONCE


def test_refusals():
    assert refusal_code({}) == "unsigned"
    assert refusal_code(headers(), secret="") == "unsigned"
    assert refusal_code(headers(), secret="other") == "bad_signature"
    assert refusal_code(headers(), body=BODY + b" ") == "bad_signature"
    assert refusal_code(headers(**{NONCE_HEADER: "m" * 24})) == "bad_signature"
    assert refusal_code(headers(**{TIMESTAMP_HEADER: str(int(NOW.timestamp()) + 1)})) == "bad_signature"
    for seconds in (-WINDOW_S - 1, WINDOW_S + 1):
        assert refusal_code(headers(), now=NOW + timedelta(seconds=seconds)) == "stale"


@given(st.text(), st.text(), st.text())
def test_any_headers_are_refused_in_good_order(timestamp, nonce, signature):
    sent = {TIMESTAMP_HEADER: timestamp, NONCE_HEADER: nonce, SIGNATURE_HEADER: signature}
    assert refusal_code(sent) in ("unsigned", "bad_signature")
