"""Who is acting: it comes in through the front with every command."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from engine.domain.errors import Forbidden, SignInNeeded


class ActorKind(StrEnum):
    """Who acts: a citizen or organisation, an official, or the platform itself."""

    CITIZEN = "citizen"
    STAFF = "staff"
    SYSTEM = "system"


class Role(StrEnum):
    """The roles of the one-stop mechanism (NĐ 61/2018 and NĐ 118/2025); staff rows hold these words."""

    RECEPTION = "reception"
    CASE_OFFICER = "case_officer"
    UNIT_HEAD = "unit_head"
    APPROVER = "approver"
    RECORDS_CLERK = "records_clerk"
    RETURN_OFFICER = "return_officer"
    ADMIN = "admin"


ROLES = tuple(Role)


@dataclass(frozen=True, slots=True)
class Actor:
    """A citizen, a member of staff, or the system itself (timers, workers)."""

    kind: ActorKind
    id: str | None
    name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    unit_id: str | None = None

    @property
    def is_citizen(self) -> bool:
        """True for a signed-in citizen or organisation."""
        return self.kind == ActorKind.CITIZEN

    @property
    def is_staff(self) -> bool:
        """True for an official."""
        return self.kind == ActorKind.STAFF

    def has_role(self, *roles: str) -> bool:
        """True when the actor holds one of `roles`; the system holds every role."""
        return self.kind == ActorKind.SYSTEM or not self.roles.isdisjoint(roles)

    def must_have_role(self, *roles: str) -> None:
        """Raise `Forbidden` unless the actor holds one of `roles`."""
        if not self.has_role(*roles):
            raise Forbidden


SYSTEM = Actor(kind=ActorKind.SYSTEM, id=None, name="Hệ thống")


def must_be_citizen(actor: Actor | None) -> Actor:
    """The signed-in citizen; raises `SignInNeeded` for nobody and `Forbidden` for staff."""
    if actor is None:
        raise SignInNeeded
    if not actor.is_citizen:
        raise Forbidden
    return actor


def must_be_staff(actor: Actor | None, *roles: str) -> Actor:
    """The signed-in official holding one of `roles` (any official when none is named)."""
    if actor is None:
        raise SignInNeeded
    if not actor.is_staff:
        raise Forbidden
    if roles:
        actor.must_have_role(*roles)
    return actor
