"""VNeID: an OAuth code flow without nonce and id_token, whose replies come in envelopes for our key.

What binds the sign-in to the browser is `state`, held in the session by the caller, and PKCE. What proves
the person is the reply fetched over TLS from the configured host, opened with our key, with its level judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from connectors.errors import AddressForbidden, HttpFailure
from connectors.http import HttpDoor
from connectors.identity import claims as read
from connectors.identity.envelope import BadEnvelope, private_key, unseal, unseal_object
from connectors.identity.oauth import (
    accepted,
    as_unreachable,
    callback_code,
    code_challenge,
    refused,
    with_query,
)
from connectors.identity.vneid.config import VneidConfig
from connectors.port import Identity, Label

_ORGANISATION: Final = frozenset({"2", "organization", "organisation"})


class VneidProvider:
    """Signs people in with their electronic identity."""

    def __init__(self, config: VneidConfig) -> None:
        self._config = config
        self._key = private_key(config.private_key_pem)
        self._door = HttpDoor([config.token_url, config.userinfo_url], config.reach)

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
        """Its sign-in page."""
        return self._config.authorize_url

    def authorization_url(self, *, state: str, nonce: str, code_verifier: str, redirect_uri: str) -> str:
        """Where the browser goes. VNeID knows no nonce, so it is not sent."""
        query = {
            "response_type": "code",
            "client_id": self._config.client_id,
            "redirect_uri": redirect_uri,
            "scope": self._config.scope,
            "state": state,
        }
        if self._config.pkce:
            query |= {"code_challenge": code_challenge(code_verifier), "code_challenge_method": "S256"}
        return with_query(self._config.authorize_url, query)

    def code_from(self, callback: Mapping[str, str]) -> str:
        """The code, taken out of its envelope when the callback carries `encrypt_key`."""
        code = callback_code(callback)
        wrapped_key = callback.get("encrypt_key")
        if wrapped_key is None:
            if self._config.code_encrypted:
                raise refused("code_not_sealed")
            return code
        try:
            # Base64 holds no spaces: one in the query was a "+" that lost its escape on the way.
            opened = unseal(self._key, code.replace(" ", "+"), wrapped_key.replace(" ", "+"))
            return opened.decode("ascii")
        except (BadEnvelope, UnicodeDecodeError) as error:
            raise refused("bad_envelope") from error

    def exchange(self, *, code: str, nonce: str, code_verifier: str, redirect_uri: str) -> Identity:
        """Code → token → sealed citizen data → Identity. `nonce` has no counterpart here."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "client_id": self._config.client_id,
            "client_secret": self._config.client_secret,
        }
        if self._config.pkce:
            form["code_verifier"] = code_verifier
        try:
            tokens = self._opened(accepted(self._door.post(self._config.token_url, form=form)))
            access_token = read.text(tokens, "access_token")
            if access_token is None:
                raise refused("no_token")
            headers = {"Authorization": f"Bearer {access_token}"}
            citizen = self._opened(accepted(self._door.get(self._config.userinfo_url, headers=headers)))
        except (HttpFailure, AddressForbidden) as error:
            raise as_unreachable(error) from error
        return self._identity(citizen)

    def end_session_url(self, *, post_logout_redirect_uri: str, state: str, id_token: str = "") -> str | None:
        """VNeID has no sign-out page of its own."""
        return None

    def _opened(self, envelope: Mapping[str, object]) -> dict[str, object]:
        try:
            return unseal_object(self._key, envelope)
        except BadEnvelope as error:
            raise refused("bad_envelope") from error

    def _identity(self, citizen: read.Claims) -> Identity:
        number = read.national_id(citizen, "citizenPid")
        if number is None:
            raise read.incomplete("citizenPid")
        organisation = (read.text(citizen, "accountType") or "").lower() in _ORGANISATION
        code = read.tax_code(citizen, "taxCode")
        if organisation and code is None:
            raise read.incomplete("taxCode")
        return Identity(
            provider=self._config.name,
            subject=f"{code}/{number}" if organisation else number,
            kind="organisation" if organisation else "person",
            national_id=number,
            tax_code=code,
            full_name=read.needed(citizen, "fullName"),
            birth_on=read.birth_on(citizen, "birthDate"),
            sex=read.sex(citizen, "gender"),
            phone=read.text(citizen, "phoneNumber"),
            email=read.text(citizen, "email"),
            address=read.text(citizen, "address"),
            assurance_level=read.require_level(read.level(citizen.get("accountLevel")), self._config.minimum_level),
            organisation_name=read.text(citizen, "organizationName") if organisation else None,
        )
