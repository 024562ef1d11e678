"""Tracking by dossier code for those who are not signed in: status only, no personal data.

by_code(tx, office, code, phone_tail) -> TrackedDossier     both must match, else NotFound
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.domain.text import Text


@dataclass(frozen=True)
class TrackedDossier:
    """What anybody who holds the slip may see."""

    code: str
    procedure_name: Text
    status: int
    status_label: Text
    plain: Text
    due_at: datetime | None
    updated_at: datetime
