"""Record: the third step of claim, call, record."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.port import Outcome


@dataclass(frozen=True)
class FinishConnectorJob:
    """`outcome` TryLater puts the job back; the others settle it. A settled job is left alone."""

    job_id: str
    outcome: Outcome
