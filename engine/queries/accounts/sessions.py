"""Who is asking: the only way from a cookie to an actor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from engine.context import OfficeContext
from engine.domain.actor import Actor, ActorKind, Role, must_be_citizen
from engine.domain.errors import NotFound, SignInNeeded
from engine.domain.identifiers import mask_national_id
from engine.domain.tokens import hash_token
from engine.domain.vocabulary import SessionKind
from engine.store.accounts import persons, sessions, staff
from engine.store.connection import Tx
from engine.store.records import PersonRow, SessionRow, StaffRow

TOUCH_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedInActor:
    """An actor with a living session. `touch`: the last use is old enough to be written down (touch_session)."""

    actor: Actor
    session_id: str
    language: str
    touch: bool
    duties: tuple[str, ...] = ()  # what an official does before anything else: password, second_factor


@dataclass(frozen=True)
class OpenSession:
    """One of the actor's own sessions, to be recognised and ended."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class AccountView:
    """What the identity provider told us about the citizen; shown masked."""

    full_name: str
    kind: str
    provider: str
    national_id_masked: str
    tax_code: str | None
    birth_on: date | None
    phone: str | None
    email: str | None
    address: str | None
    assurance_level: int
    language: str


def by_token(tx: Tx, office: OfficeContext, raw_token: str) -> SignedInActor | None:
    """The actor behind a session token; None when it ended, expired, lay idle too long, or never was."""
    row = sessions.by_token_hash(tx, hash_token(raw_token))
    if row is None or row["ended_at"] is not None or row["expires_at"] <= tx.now or _is_idle(tx, office, row):
        return None
    touch = tx.now - row["seen_at"] >= TOUCH_EVERY
    if row["kind"] == SessionKind.CITIZEN:
        person = persons.get(tx, row["person_id"] or "")
        if person is None or _is_left_out(office, person):
            return None
        return SignedInActor(_citizen(person), row["id"], person["language"], touch)
    official = staff.get(tx, row["staff_id"] or "")
    if official is None or not official["active"] or _is_left_out(office, official):
        return None
    return SignedInActor(_official(official), row["id"], official["language"], touch, _duties(office, official))


def own_sessions(tx: Tx, actor: Actor) -> tuple[OpenSession, ...]:
    """The actor's living sessions, last used first."""
    if actor.id is None:
        raise SignInNeeded
    opened = sessions.open_of_person if actor.is_citizen else sessions.open_of_staff
    return tuple(
        OpenSession(row["id"], row["device"], row["created_at"], row["seen_at"]) for row in opened(tx, actor.id)
    )


def account(tx: Tx, actor: Actor) -> AccountView:
    """The citizen's own account."""
    row = persons.get(tx, must_be_citizen(actor).id or "")
    if row is None:
        raise NotFound
    return AccountView(
        full_name=row["full_name"],
        kind=row["kind"],
        provider=row["provider"],
        national_id_masked=mask_national_id(row["national_id"] or ""),
        tax_code=row["tax_code"],
        birth_on=row["birth_on"],
        phone=row["phone"],
        email=row["email"],
        address=row["address"],
        assurance_level=row["assurance_level"],
        language=row["language"],
    )


def _is_left_out(office: OfficeContext, account: PersonRow | StaffRow) -> bool:
    """Accounts that practice entered are nobody in earnest."""
    return account["sample"] and not office.settings.practice


def _is_idle(tx: Tx, office: OfficeContext, row: SessionRow) -> bool:
    settings = office.settings
    minutes = settings.citizen_idle_minutes if row["kind"] == SessionKind.CITIZEN else settings.staff_idle_minutes
    return bool(tx.now - row["seen_at"] > timedelta(minutes=minutes))


def _citizen(person: PersonRow) -> Actor:
    return Actor(ActorKind.CITIZEN, person["id"], person["organisation_name"] or person["full_name"])


def _official(official: StaffRow) -> Actor:
    roles = frozenset(official["roles"])
    return Actor(ActorKind.STAFF, official["id"], official["full_name"], roles, official["unit_id"])


def _duties(office: OfficeContext, official: StaffRow) -> tuple[str, ...]:
    """A password that others know is changed first; administrators set up an authenticator."""
    bare = official["totp_sealed"] is None and official["totp_secret"] is None
    needs_code = office.settings.admin_totp and Role.ADMIN in official["roles"] and bare
    wanted = {"password": official["must_change_password"], "second_factor": needs_code}
    return tuple(name for name, is_wanted in wanted.items() if is_wanted)


def second_factor_is_on(tx: Tx, actor: Actor) -> bool:
    """Whether this official's sign-in asks for a code."""
    row = staff.get(tx, actor.id or "")
    return row is not None and (row["totp_sealed"] is not None or row["totp_secret"] is not None)


def username(tx: Tx, actor: Actor) -> str:
    """The name this official signs in with."""
    row = staff.get(tx, actor.id or "")
    return "" if row is None else str(row["username"])
