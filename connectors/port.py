"""What the administration may ask of the outside world, and the four answers it can get.

A connector is called by a worker that holds no transaction. It never raises for something the other side
did: every ending is an `Outcome`, because the ending decides what the worker writes down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol


@dataclass(frozen=True)
class Label:
    """A name shown to people, in Vietnamese and in English."""

    vi: str
    en: str


@dataclass(frozen=True)
class Call:
    """One wish to the outside: its kind ("sms.send"), our idempotency key and what it carries."""

    kind: str
    key: str
    payload: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """The other side did it (now, or earlier under the same key) and answered with `result`."""

    result: Mapping[str, object]


@dataclass(frozen=True)
class Refused:
    """The other side, or our own check before sending, said no; the same call will be refused again."""

    code: str
    message_vi: str
    message_en: str


@dataclass(frozen=True)
class TryLater:
    """Nothing happened on the other side. `after_s` is its own wish for the pause, in seconds."""

    reason: str
    after_s: float | None = None


@dataclass(frozen=True)
class Unknown:
    """The call left us and no usable answer came back: it may or may not have taken effect."""

    reason: str


Outcome = Done | Refused | TryLater | Unknown


class Connector(Protocol):
    """One kind of call to one other side.

    `honours_keys`: a second call with the same key has no second effect, so `Unknown` may be called again.
    `offers_find`: the other side can be asked what became of a key.
    """

    @property
    def kind(self) -> str:
        """The kind of call it answers, e.g. "sms.send"."""
        ...

    @property
    def honours_keys(self) -> bool:
        """Whether the other side takes a repeated key for the same call."""
        ...

    @property
    def offers_find(self) -> bool:
        """Whether `find` can answer at all."""
        ...

    def call(self, call: Call) -> Outcome:
        """Make the call. Never raises for what the other side or the network did."""
        ...

    def find(self, key: str) -> Outcome | None:
        """Ask what became of `key`.

        `Done` or `Refused`: the other side's record. `TryLater`: it could not be asked just now.
        `None`: not offered (`offers_find` is false), or the other side has never seen the key.
        """
        ...


@dataclass(frozen=True)
class Identity:
    """What a provider vouches for after a sign-in.

    `national_id`: số định danh cá nhân / CCCD (12 digits) or the old CMND (9 digits). For an organisation it
    is the representative's. `assurance_level`: 1 lowest; 2 is what filing a dossier asks for. `id_token`: the signed
    word itself, where there is one: at the sign-out it tells the provider whose session ends.
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
    id_token: str = field(default="", repr=False, compare=False)


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

    @property
    def seen_at(self) -> str:
        """An address of the provider as browsers meet it; the sign-in form leads there."""
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

    def end_session_url(self, *, post_logout_redirect_uri: str, state: str, id_token: str = "") -> str | None:
        """Where to send the browser to sign out at the provider too; None when it has no such page.

        `id_token`: of the sign-in, so that the provider need not ask whose session it is.
        """
        ...
