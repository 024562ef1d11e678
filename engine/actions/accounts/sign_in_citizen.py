"""A citizen signs in: second transaction of the callback, after the provider vouched for the person."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from connectors.port import Identity
from engine.actions.accounts.open_session import SignedIn, SignInRefused, open_session
from engine.context import OfficeContext
from engine.domain.actor import Actor, ActorKind
from engine.domain.errors import Invalid
from engine.domain.history import EventKind
from engine.domain.identifiers import nfc, normalise_phone
from engine.domain.text import Text
from engine.domain.vocabulary import SessionKind
from engine.store.accounts import persons
from engine.store.connection import Tx
from engine.store.history import events

_SAMPLE = Text(
    "Tài khoản này là tài khoản mẫu để luyện tập, không dùng được ở đây.",
    "This is a sample account for practice and does not work here.",
)


@dataclass(frozen=True)
class SignIn:
    """`device`: what the person recognises in the list of sessions, e.g. "Firefox · Windows"."""

    identity: Identity
    device: str = ""


def sign_in(tx: Tx, office: OfficeContext, cmd: SignIn) -> SignedIn | SignInRefused:
    """Know the person again (or for the first time), keep what the provider now says, open a session.

    Whoever the sandbox vouched for is a sample, and stays outside in earnest.
    """
    events.hold_office(tx)  # the first sign-in on two devices at once is still one person
    known = persons.by_subject(tx, cmd.identity.provider, cmd.identity.subject)
    said = _what_the_provider_says(cmd.identity)
    if known is not None and known["sample"] and not office.settings.practice:
        return SignInRefused(_SAMPLE)
    if known is None:
        person_id, language = persons.add(tx, {**said, "sample": office.settings.practice}), "vi"
    else:
        person_id, language = known["id"], known["language"]
        persons.change(tx, person_id, {**said, "seen_at": tx.now})
    token, session_id = open_session(tx, office, SessionKind.CITIZEN, person_id, cmd.device)
    actor = Actor(ActorKind.CITIZEN, person_id, said["full_name"])
    events.append(tx, events.OFFICE, actor, EventKind.CITIZEN_SIGNED_IN, {"provider": cmd.identity.provider})
    return SignedIn(token, session_id, person_id, said["full_name"], language)


def _what_the_provider_says(identity: Identity) -> dict[str, Any]:
    return {
        "provider": identity.provider,
        "subject": identity.subject,
        "kind": identity.kind,
        "national_id": identity.national_id,
        "tax_code": identity.tax_code,
        "full_name": nfc(identity.full_name)[:200],
        "organisation_name": identity.organisation_name and nfc(identity.organisation_name)[:300],
        "birth_on": identity.birth_on,
        "sex": identity.sex,
        "phone": _phone(identity.phone),
        "email": identity.email,
        "address": identity.address and nfc(identity.address)[:500],
        "assurance_level": identity.assurance_level,
    }


def _phone(phone: str | None) -> str | None:
    """E.164 where the number is one; an odd number of the provider must not keep anybody out."""
    if phone:
        with suppress(Invalid):
            return normalise_phone(phone)
    return None
