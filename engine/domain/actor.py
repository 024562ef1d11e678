"""Who is acting: it comes in through the front with every command."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from engine.domain.errors import Forbidden, SignInNeeded

ActorKind = Literal["citizen", "staff", "system"]

# The roles of domain practice (NĐ 61/2018 and NĐ 118/2025, one-stop mechanism); staff rows hold these words.
ROLES = (
    "reception",
    "case_officer",
    "unit_head",
    "approver",
    "records_clerk",
    "return_officer",
    "admin",
)


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
        return self.kind == "citizen"

    @property
    def is_staff(self) -> bool:
        """True for an official."""
        return self.kind == "staff"

    def has_role(self, *roles: str) -> bool:
        """True when the actor holds one of `roles`; the system holds every role."""
        return self.kind == "system" or not self.roles.isdisjoint(roles)

    def must_have_role(self, *roles: str) -> None:
        """Raise `Forbidden` unless the actor holds one of `roles`."""
        if not self.has_role(*roles):
            raise Forbidden


SYSTEM = Actor(kind="system", id=None, name="Hệ thống")


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
