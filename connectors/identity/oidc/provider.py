"""The National Public Service account: OpenID Connect code flow with PKCE, state and nonce."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from connectors.config import Clock
from connectors.errors import AddressForbidden, HttpFailure, IdentityRefused
from connectors.http import HttpDoor
from connectors.identity import claims as read
from connectors.identity.oauth import (
    accepted,
    as_unreachable,
    callback_code,
    code_challenge,
    refused,
    unreachable,
    with_query,
)
from connectors.identity.oidc.config import OidcConfig
from connectors.identity.oidc.id_token import IdTokenCheck
from connectors.port import Identity, Label

_DESCRIPTION_LIFE_S: Final = 3600.0
_NAMES_ITSELF: Final = "authorization_response_iss_parameter_supported"
_NEEDED_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class OidcProvider:
    """Signs people in through an OpenID Connect provider and reads its Vietnamese claims."""

    def __init__(self, config: OidcConfig, clock: Clock) -> None:
        self._config = config
        self._issuer = config.issuer.rstrip("/")
        self._reach_at = (config.reach_at or config.issuer).rstrip("/")
        self._door = HttpDoor([self._reach_at], config.reach)
        self._description: tuple[float, dict[str, str]] | None = None
        self._check = IdTokenCheck(self._issuer, config.client_id, clock, self._fetch_keys)

    @property
    def name(self) -> str:
        """Short name used in addresses and records."""
        return self._config.name

    @property
    def label(self) -> Label:
        """What stands on the button."""
        return self._config.label

    @property
    def seen_at(self) -> str:
        """The issuer, whose pages the browser meets."""
        return self._issuer

    def authorization_url(self, *, state: str, nonce: str, code_verifier: str, redirect_uri: str) -> str:
        """Where the browser goes. Raises IdentityUnreachable."""
        query = {
            "response_type": "code",
            "client_id": self._config.client_id,
            "redirect_uri": redirect_uri,
            "scope": self._config.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": code_challenge(code_verifier),
            "code_challenge_method": "S256",
        }
        if self._config.acr_values:
            query["acr_values"] = self._config.acr_values
        return with_query(self._endpoint("authorization_endpoint"), query)

    def code_from(self, callback: Mapping[str, str]) -> str:
        """The code; refuses a callback from another issuer, or from none where it announced that it names itself.

        RFC 9207, which keeps one provider's answer from being passed off as another's.
        """
        issuer = callback.get("iss")
        if issuer is None and self._announces_issuer():
            raise refused("no_issuer")
        if issuer is not None and issuer.rstrip("/") != self._issuer:
            raise refused("wrong_issuer")
        return callback_code(callback)

    def exchange(self, *, code: str, nonce: str, code_verifier: str, redirect_uri: str) -> Identity:
        """Code → tokens → checked id_token → userinfo → Identity."""
        try:
            tokens = accepted(
                self._door.post(
                    self._behind("token_endpoint"),
                    form={
                        "grant_type": "authorization_code",
                        "code": code,
                        "redirect_uri": redirect_uri,
                        "client_id": self._config.client_id,
                        "client_secret": self._config.client_secret,
                        "code_verifier": code_verifier,
                    },
                )
            )
            access_token = str(tokens.get("access_token") or "")
            id_token = str(tokens.get("id_token") or "")
            signed = self._check(id_token, nonce=nonce, access_token=access_token)
            headers = {"Authorization": f"Bearer {access_token}"}
            said = accepted(self._door.post(self._behind("userinfo_endpoint"), headers=headers))
        except (HttpFailure, AddressForbidden) as error:
            raise as_unreachable(error) from error
        if said.get("sub") != signed["sub"]:
            raise refused("other_subject")
        return replace(self._identity({**said, "acr": signed.get("acr")}), id_token=id_token)

    def end_session_url(self, *, post_logout_redirect_uri: str, state: str, id_token: str = "") -> str | None:
        """The provider's sign-out page, if it has one."""
        endpoint = self._describe().get("end_session_endpoint")
        if endpoint is None:
            return None
        query = {
            "client_id": self._config.client_id,
            "post_logout_redirect_uri": post_logout_redirect_uri,
            "state": state,
        }
        return with_query(endpoint, {**query, "id_token_hint": id_token} if id_token else query)

    def _identity(self, claims: read.Claims) -> Identity:
        kind = self._config.account_types.get((read.text(claims, "LoaiTaiKhoan") or "").lower())
        if kind not in ("person", "organisation"):
            raise read.incomplete("LoaiTaiKhoan")
        identity = Identity(
            provider=self._config.name,
            subject=read.text(claims, "TechID") or read.needed(claims, "sub"),
            kind="organisation" if kind == "organisation" else "person",
            national_id=read.national_id(claims, "SoDinhDanh", "SoCMND"),
            tax_code=read.tax_code(claims, "MaSoThue", "MaSoDoanhNghiep"),
            full_name=read.needed(claims, "HoVaTen"),
            birth_on=read.birth_on(claims, "NgaySinh"),
            sex=read.sex(claims, "GioiTinh"),
            phone=read.text(claims, "SoDienThoai"),
            email=read.text(claims, "ThuDienTu"),
            address=read.text(claims, "DiaChi"),
            assurance_level=read.require_level(read.level(claims.get("acr")), self._config.minimum_level),
            organisation_name=read.text(claims, "TenDoanhNghiep") if kind == "organisation" else None,
        )
        if identity.kind == "person" and identity.national_id is None:
            raise read.incomplete("SoDinhDanh")
        if identity.kind == "organisation" and identity.tax_code is None:
            raise read.incomplete("MaSoThue")
        return identity

    def _fetch_keys(self) -> dict[str, object]:
        return accepted(self._door.get(self._behind("jwks_uri")))

    def _announces_issuer(self) -> bool:
        return _NAMES_ITSELF in self._describe()

    def _endpoint(self, name: str) -> str:
        return self._describe()[name]

    def _behind(self, name: str) -> str:
        """The endpoint by the way our servers go, where that differs from the browsers' way."""
        endpoint = self._endpoint(name)
        if endpoint.startswith(self._issuer + "/"):
            return self._reach_at + endpoint[len(self._issuer) :]
        return endpoint

    def _describe(self) -> dict[str, str]:
        """The provider's discovery document, kept for an hour."""
        known = self._description
        if known is None or known[0] < time.monotonic():
            # Two threads may both fetch; nobody waits for another's slow fetch.
            known = (time.monotonic() + _DESCRIPTION_LIFE_S, self._fetch_description())
            self._description = known
        return known[1]

    def _fetch_description(self) -> dict[str, str]:
        try:
            said = accepted(self._door.get(f"{self._reach_at}/.well-known/openid-configuration"))
        except (HttpFailure, AddressForbidden) as error:
            raise as_unreachable(error) from error
        except IdentityRefused as error:
            raise unreachable("no_description") from error
        if str(said.get("issuer", "")).rstrip("/") != self._issuer:
            raise unreachable("wrong_issuer")
        description = {name: value for name, value in said.items() if isinstance(value, str)}
        if said.get(_NAMES_ITSELF) is True:
            description[_NAMES_ITSELF] = "true"
        if not all(name in description for name in _NEEDED_ENDPOINTS):
            raise unreachable("incomplete_description")
        return description
