"""Who may enter by which door. Every route names one guard; a test fails for a route without."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor, ActorKind
from engine.domain.errors import Forbidden, SignInNeeded


@dataclass(frozen=True)
class Guard:
    """A rule at a door: the kind of person, and for staff the roles of which one is enough."""

    name: str
    kind: str | None = None  # citizen | staff | None: anybody
    roles: frozenset[str] = frozenset()

    def check(self, actor: Actor | None) -> None:
        """Let pass, or raise SignInNeeded / Forbidden."""
        if self.kind is None:
            return
        if actor is None or actor.kind != self.kind:
            raise SignInNeeded()
        if self.roles and not self.roles & actor.roles:
            raise Forbidden()

    def admits(self, actor: Actor | None) -> bool:
        """Whether this person would be let pass: a link to a closed door is not drawn."""
        known = self.kind is None or (actor is not None and actor.kind == self.kind)
        return known and (not self.roles or (actor is not None and bool(self.roles & actor.roles)))


anyone = Guard("anyone")
citizen_only = Guard("citizen_only", kind=ActorKind.CITIZEN)
staff_only = Guard("staff_only", kind=ActorKind.STAFF)


def role(*names: str) -> Guard:
    """Staff with at least one of these roles."""
    return Guard("role:" + ",".join(names), kind=ActorKind.STAFF, roles=frozenset(names))
