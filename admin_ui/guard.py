"""Who may enter by which door. Every route names one guard; a test fails for a route without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.domain.actor import Actor, ActorKind
from engine.domain.errors import DutiesFirst, Forbidden, SignInNeeded


@dataclass(frozen=True)
class Guard:
    """A rule at a door: the kind of person, and for staff the roles of which one is enough."""

    name: str
    kind: str | None = None  # citizen | staff | None: anybody
    roles: frozenset[str] = frozenset()
    duties_first: bool = True  # an official with a password that others know gets no further than their own account

    def check(self, actor: Actor | None, duties: Sequence[str] = ()) -> None:
        """Let pass, or raise SignInNeeded / Forbidden. `duties`: what this official has to do before anything else."""
        if self.kind is None:
            return
        if actor is None or actor.kind != self.kind:
            raise SignInNeeded()
        if duties and self.duties_first:
            raise DutiesFirst()
        if self.roles and not self.roles & actor.roles:
            raise Forbidden()

    def admits(self, actor: Actor | None) -> bool:
        """Whether this person would be let pass: a link to a closed door is not drawn."""
        known = self.kind is None or (actor is not None and actor.kind == self.kind)
        return known and (not self.roles or (actor is not None and bool(self.roles & actor.roles)))


anyone = Guard("anyone")
citizen_only = Guard("citizen_only", kind=ActorKind.CITIZEN)
staff_only = Guard("staff_only", kind=ActorKind.STAFF)
own_account = Guard("own_account", kind=ActorKind.STAFF, duties_first=False)


def role(*names: str) -> Guard:
    """Staff with at least one of these roles."""
    return Guard("role:" + ",".join(names), kind=ActorKind.STAFF, roles=frozenset(names))
