"""Who a person is, according to a provider the State trusts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from connectors.port import Label


@dataclass(frozen=True)
class Identity:
    """What a provider vouches for after a sign-in.

    `national_id`: số định danh cá nhân / CCCD (12 digits) or the old CMND (9 digits). For an organisation it
    is the representative's. `assurance_level`: 1 lowest; 2 is what filing a dossier asks for.
    """

    provider: str
    subject: str
    kind: Literal["person", "organisation"]
    national_id: str | None
    tax_code: str | None
    full_name: str
    birth_on: date | None
    sex: Literal["male", "female"] | None
    phone: str | None
    email: str | None
    address: str | None
    assurance_level: int
    organisation_name: str | None = None


class IdentityProvider(Protocol):
    """A provider a person can choose on the sign-in page."""

    @property
    def name(self) -> str:
        """Short name used in addresses and records, e.g. "dvcqg"."""
        ...

    @property
    def label(self) -> Label:
        """What stands on the button."""
        ...

    def authorization_url(self, *, state: str, nonce: str, code_verifier: str, redirect_uri: str) -> str:
        """The address to send the person's browser to.

        Raises IdentityUnreachable when the provider's own description cannot be fetched.
        """
        ...

    def code_from(self, callback: Mapping[str, str]) -> str:
        """The code in the callback's query, unpacked where the provider wraps it (VNeID's `encrypt_key`).

        Raises IdentityRefused when the person declined or the provider reports an error.
        """
        ...

    def exchange(self, *, code: str, nonce: str, code_verifier: str, redirect_uri: str) -> Identity:
        """Turn the code from `code_from` into an Identity. The caller has already compared `state`.

        Raises IdentityRefused (do not try again with this code) or IdentityUnreachable.
        """
        ...

    def end_session_url(self, *, post_logout_redirect_uri: str, state: str) -> str | None:
        """Where to send the browser to sign out at the provider too; None when it has no such page."""
        ...
