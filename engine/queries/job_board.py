"""Connector jobs and incidents for those who keep the platform running.

job_board(tx, actor, which="open", cursor=None) -> JobBoard     which: open | failed | unknown | all
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.domain.text import Text


@dataclass(frozen=True)
class JobRow:
    """A call to the outside. No personal data: the payload is not shown here."""

    id: str
    kind: str
    state: str
    attempts: int
    dossier_id: str | None
    dossier_code: str | None
    due_at: datetime
    created_at: datetime
    error: str | None
    incident_id: str | None


@dataclass(frozen=True)
class IncidentCard:
    """An open incident and what can be done about it."""

    id: str
    code: str
    message: Text
    dossier_id: str | None
    dossier_code: str | None
    job_id: str | None
    opened_at: datetime
    choices: tuple[str, ...]


@dataclass(frozen=True)
class JobBoard:
    """`counts` by state."""

    jobs: tuple[JobRow, ...]
    incidents: tuple[IncidentCard, ...]
    counts: Mapping[str, int]
    next_cursor: str | None
