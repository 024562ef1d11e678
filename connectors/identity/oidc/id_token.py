"""Checks the signed statement (id_token) an OpenID Connect provider makes about a sign-in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from connectors.config import Clock
from connectors.identity.oauth import refused

_ALGORITHMS: Final = ["RS256", "PS256", "ES256"]
_HASHES: Final = {"RS256": hashlib.sha256, "PS256": hashlib.sha256, "ES256": hashlib.sha256}
_LEEWAY_S: Final = 60
_OLDEST_S: Final = 600
_LONGEST_LIFE_S: Final = 24 * 3600  # a statement about a sign-in of just now; none is good for ever
_KEYS_LIFE_S: Final = 3600.0
_KEYS_PAUSE_S: Final = 10.0

Claims = dict[str, object]


class IdTokenCheck:
    """Signature by the provider's published keys, then issuer, audience, time, nonce and at_hash."""

    def __init__(
        self, issuer: str, client_id: str, clock: Clock, fetch_keys: Callable[[], Mapping[str, object]]
    ) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._clock = clock
        self._fetch_keys = fetch_keys
        self._keys: tuple[float, KeySet] | None = None

    def __call__(self, id_token: str, *, nonce: str, access_token: str) -> Claims:
        """The claims of a genuine token. Raises IdentityRefused; its code says which check failed."""
        header, claims = self._open(id_token)
        now = self._clock().timestamp()
        checks = {
            "wrong_issuer": str(claims.get("iss", "")).rstrip("/") == self._issuer,
            "wrong_audience": self._for_us(claims),
            "wrong_party": claims.get("azp", self._client_id) == self._client_id,
            "expired": now - _LEEWAY_S < _seconds(claims, "exp") < now + _LONGEST_LIFE_S,
            "issued_wrong": now - _OLDEST_S < _seconds(claims, "iat") < now + _LEEWAY_S,
            "wrong_nonce": bool(nonce) and _same(claims.get("nonce"), nonce),
            "wrong_at_hash": "at_hash" not in claims
            or _same(claims["at_hash"], _half_hash(str(header.get("alg")), access_token)),
            "no_subject": isinstance(claims.get("sub"), str) and bool(claims["sub"]),
        }
        for code, holds in checks.items():
            if not holds:
                raise refused(code)
        return claims

    def _open(self, id_token: str) -> tuple[Mapping[str, object], Claims]:
        try:
            token = self._decode(id_token, self._current_keys())
        except (JoseError, ValueError) as error:
            # The provider may have changed its keys: fetch them anew, but not at every forged token.
            if not self._keys_may_be_stale():
                raise refused("bad_signature") from error
            try:
                token = self._decode(id_token, self._current_keys(anew=True))
            except (JoseError, ValueError) as again:
                raise refused("bad_signature") from again
        return token.header, token.claims

    @staticmethod
    def _decode(id_token: str, keys: KeySet) -> jwt.Token:
        return jwt.decode(id_token, keys, algorithms=_ALGORITHMS)

    def _current_keys(self, *, anew: bool = False) -> KeySet:
        known = self._keys
        if anew or known is None or time.monotonic() - known[0] > _KEYS_LIFE_S:
            # Two threads may both fetch; nobody waits for another's slow fetch.
            known = (time.monotonic(), KeySet.import_key_set({"keys": _signing_keys(self._fetch_keys())}))
            self._keys = known
        return known[1]

    def _keys_may_be_stale(self) -> bool:
        return self._keys is not None and time.monotonic() - self._keys[0] > _KEYS_PAUSE_S

    def _for_us(self, claims: Claims) -> bool:
        audience = claims.get("aud")
        if isinstance(audience, list) and len(audience) > 1:
            return self._client_id in audience and claims.get("azp") == self._client_id
        return audience in (self._client_id, [self._client_id])


def _signing_keys(published: Mapping[str, object]) -> list[Any]:
    """Public signing keys only: a secret ("oct") key here would let a forger sign with what is published."""
    keys = published.get("keys")
    listed = keys if isinstance(keys, list) else []
    return [
        key
        for key in listed
        if isinstance(key, dict) and key.get("kty") in ("RSA", "EC") and key.get("use", "sig") == "sig"
    ]


def _seconds(claims: Claims, name: str) -> float:
    value = claims.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else float("nan")


def _same(value: object, expected: str) -> bool:
    return isinstance(value, str) and hmac.compare_digest(value.encode(), expected.encode())


def _half_hash(algorithm: str, access_token: str) -> str:
    digest = _HASHES[algorithm](access_token.encode("ascii", "replace")).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=").decode()
