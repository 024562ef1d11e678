"""An official deals with a step that could not go on."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class ResolveIncident:
    """`how`: retry | skip | done (it did take effect outside) | not_done (it did not: call again). With a reason."""

    actor: Actor
    incident_id: str
    how: str
    reason: str
