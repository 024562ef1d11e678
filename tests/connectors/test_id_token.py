"""The id_token: every forgery is refused, by the right check."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from connectors.errors import IdentityRefused
from connectors.identity.oidc.id_token import IdTokenCheck

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
KEY = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
EC = ECKey.generate_key("P-256", {"kid": "k2", "use": "sig"})
GOOD = {"iss": "https://id.example", "aud": "motcua", "sub": "mau-1", "nonce": "n", "iat": AT, "exp": AT + 300}


def published(*extra: dict[str, object]) -> dict[str, object]:
    return {"keys": [KEY.as_dict(private=False), EC.as_dict(private=False), *extra]}


CHECK = IdTokenCheck("https://id.example", "motcua", lambda: NOW, published)


def signed(claims, key=KEY, alg="RS256", kid="k1") -> str:
    return jwt.encode({"alg": alg, "kid": kid}, claims, key)


def refusal_code(token: str, nonce: str = "n", check: IdTokenCheck = CHECK) -> str:
    with pytest.raises(IdentityRefused) as refusal:
        check(token, nonce=nonce, access_token="t")
    return refusal.value.code


def test_genuine_tokens_pass():
    digest = hashlib.sha256(b"t").digest()[:16]
    with_hash = {**GOOD, "at_hash": base64.urlsafe_b64encode(digest).rstrip(b"=").decode()}
    assert CHECK(signed(with_hash), nonce="n", access_token="t")["sub"] == "mau-1"
    assert CHECK(signed(GOOD, EC, "ES256", "k2"), nonce="n", access_token="t")["sub"] == "mau-1"
    many = {**GOOD, "aud": ["motcua", "other"], "azp": "motcua"}
    assert CHECK(signed(many), nonce="n", access_token="t")["sub"] == "mau-1"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"iss": "https://evil.example"}, "wrong_issuer"),
        ({"aud": "other"}, "wrong_audience"),
        ({"aud": ["motcua", "other"]}, "wrong_audience"),
        ({"azp": "other"}, "wrong_party"),
        ({"azp": None}, "wrong_party"),
        ({"exp": 10**30}, "expired"),
        ({"exp": AT + 3 * 24 * 3600}, "expired"),
        ({"exp": AT - 61}, "expired"),
        ({"exp": None}, "expired"),
        ({"exp": True}, "expired"),
        ({"iat": AT + 61}, "issued_wrong"),
        ({"iat": AT - 3600}, "issued_wrong"),
        ({"nonce": "other"}, "wrong_nonce"),
        ({"nonce": None}, "wrong_nonce"),
        ({"at_hash": "x"}, "wrong_at_hash"),
        ({"sub": ""}, "no_subject"),
    ],
)
def test_wrong_claims(change, code):
    assert refusal_code(signed({**GOOD, **change})) == code


def test_empty_nonce_never_fits():
    assert refusal_code(signed({**GOOD, "nonce": ""}), nonce="") == "wrong_nonce"


def test_tampered_claims():
    head, _, tail = signed(GOOD).split(".")
    body = base64.urlsafe_b64encode(json.dumps({**GOOD, "sub": "mau-2"}).encode()).rstrip(b"=").decode()
    assert refusal_code(f"{head}.{body}.{tail}") == "bad_signature"


def test_another_signer():
    assert refusal_code(signed(GOOD, RSAKey.generate_key(2048, {"kid": "k1"}))) == "bad_signature"


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_unsigned():
    assert refusal_code(f"{part({'alg': 'none'})}.{part(GOOD)}.") == "bad_signature"


@pytest.mark.parametrize("secret", [KEY.as_pem(private=False), b"published"])
def test_signed_with_what_is_public(secret):
    start = f"{part({'alg': 'HS256', 'kid': 'k1'})}.{part(GOOD)}"
    mac = base64.urlsafe_b64encode(hmac.new(secret, start.encode(), "sha256").digest()).rstrip(b"=").decode()
    open_secret = {"kty": "oct", "k": base64.urlsafe_b64encode(b"published").decode(), "kid": "k1"}
    check = IdTokenCheck("https://id.example", "motcua", lambda: NOW, lambda: published(open_secret))
    assert refusal_code(f"{start}.{mac}", check=check) == "bad_signature"


@given(st.text() | st.from_regex(r"[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*", fullmatch=True))
def test_any_text_is_refused_in_good_order(token):
    assert refusal_code(token) == "bad_signature"


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_any_header_and_body_are_refused_in_good_order(header, body):
    parts = [base64.urlsafe_b64encode(raw).rstrip(b"=").decode() for raw in (header, body, b"sig")]
    assert refusal_code(".".join(parts)) == "bad_signature"
