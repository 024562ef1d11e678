"""The OpenID Connect side of the sandbox: description, keys, authorize, token, userinfo, end_session."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from werkzeug.wrappers import Request, Response

from connectors.identity.oauth import with_query
from connectors.identity.sandbox.accounts import claims_of
from connectors.identity.sandbox.desk import Desk, oauth_error, origin_allowed
from connectors.identity.sandbox.grants import TOKEN_LIFE_S, Grant
from connectors.training.sandbox.pages import json_reply
from connectors.training.sandbox.server import Route, see_other

PROFILE: Final = "oidc"
_ALGORITHM: Final = "RS256"


class OidcSide:
    """What the portal's servers and the browser's address bar see of the provider."""

    def __init__(self, desk: Desk, key_pem: bytes) -> None:
        self._desk = desk
        self._key = RSAKey.import_key(key_pem)
        self._kid = self._key.thumbprint()

    def routes(self) -> list[Route]:
        """The addresses of this side."""
        return [
            Route("/.well-known/openid-configuration", "GET", self._describe, machine=True),
            Route("/jwks", "GET", self._publish_keys, machine=True),
            Route("/authorize", "GET", self._authorize),
            Route("/token", "POST", self._token, machine=True),
            Route("/userinfo", "GET", self._userinfo, machine=True),
            Route("/userinfo", "POST", self._userinfo, machine=True),
            Route("/end_session", "GET", self._end_session),
        ]

    def _describe(self, request: Request) -> Response:
        issuer = self._desk.issuer
        return json_reply(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "userinfo_endpoint": f"{issuer}/userinfo",
                "jwks_uri": f"{issuer}/jwks",
                "end_session_endpoint": f"{issuer}/end_session",
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "scopes_supported": ["openid", "profile"],
                "id_token_signing_alg_values_supported": [_ALGORITHM],
                "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
                "code_challenge_methods_supported": ["S256"],
                "ui_locales_supported": ["vi", "en"],
                "authorization_response_iss_parameter_supported": True,
            }
        )

    def _publish_keys(self, request: Request) -> Response:
        public = self._key.as_dict(private=False)
        return json_reply({"keys": [{**public, "kid": self._kid, "use": "sig", "alg": _ALGORITHM}]})

    def _authorize(self, request: Request) -> Response:
        self._desk.check_client(request)
        asked = request.args
        sound = {
            "unsupported_response_type": asked.get("response_type") == "code",
            "invalid_scope": "openid" in asked.get("scope", "").split(),
            "invalid_request": asked.get("code_challenge_method") == "S256"
            and len(asked.get("code_challenge", "")) == 43
            and bool(asked.get("state"))
            and bool(asked.get("nonce")),
        }
        for error, holds in sound.items():
            if not holds:
                answer = {"error": error, "state": asked.get("state", ""), "iss": self._desk.issuer}
                return see_other(with_query(asked["redirect_uri"], answer))
        return self._desk.begin(request, PROFILE, "/login/{sign_in}")

    def _token(self, request: Request) -> Response:
        desk = self._desk
        if not desk.client_authenticated(request):
            return oauth_error("invalid_client", 401)
        if request.form.get("grant_type") != "authorization_code":
            return oauth_error("unsupported_grant_type")
        grant = desk.grants.redeem(
            request.form.get("code", ""),
            profile=PROFILE,
            redirect_uri=request.form.get("redirect_uri", ""),
            code_verifier=request.form.get("code_verifier", ""),
            now=desk.now(),
        )
        if grant is None:
            return oauth_error("invalid_grant")
        return json_reply(
            {
                "access_token": grant.access_token,
                "token_type": "Bearer",
                "expires_in": TOKEN_LIFE_S,
                "id_token": self._id_token(grant),
            }
        )

    def _id_token(self, grant: Grant) -> str:
        now = int(self._desk.now())
        digest = hashlib.sha256(grant.access_token.encode()).digest()
        claims = {
            "iss": self._desk.issuer,
            "sub": grant.account,
            "aud": self._desk.config.client_id,
            "iat": now,
            "exp": now + TOKEN_LIFE_S,
            "auth_time": now,
            "nonce": grant.sign_in.request["nonce"],
            "acr": str(self._desk.accounts.person(grant.account).level),
            "at_hash": base64.urlsafe_b64encode(digest[:16]).rstrip(b"=").decode(),
        }
        return jwt.encode({"alg": _ALGORITHM, "kid": self._kid, "typ": "JWT"}, claims, self._key)

    def _userinfo(self, request: Request) -> Response:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        desk = self._desk
        account = desk.grants.account_of(token, profile=PROFILE, now=desk.now()) if scheme == "Bearer" else None
        if account is None:
            return oauth_error("invalid_token", 401)
        return json_reply({"sub": account, **claims_of(desk.accounts.person(account))})

    def _end_session(self, request: Request) -> Response:
        account = self._hinted(request.args.get("id_token_hint", ""))
        if account is not None:
            self._desk.grants.revoke_all(account)
        address = request.args.get("post_logout_redirect_uri", "")
        if origin_allowed(address, self._desk.config.redirect_uris):
            return see_other(with_query(address, {"state": request.args.get("state", "")}))
        return self._desk.pages.show(request, "signed_out.html")

    def _hinted(self, id_token: str) -> str | None:
        if not id_token:
            return None
        try:
            return str(jwt.decode(id_token, self._key, algorithms=[_ALGORITHM]).claims.get("sub"))
        except (JoseError, ValueError):
            return None
