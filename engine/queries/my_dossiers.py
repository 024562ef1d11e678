"""Hồ sơ cá nhân: a citizen's own dossiers.

my_dossiers(tx, actor, page=1, which="all", text="", size=20) -> MyDossiers
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.domain.text import Text
from engine.queries.page import Page


@dataclass(frozen=True)
class DossierCard:
    """One dossier in the list. `needs_me`: a supplement, a confirmation or a payment waits for the citizen."""

    id: str
    code: str | None
    procedure_code: str
    procedure_name: Text
    owner_name: str
    state: str
    status: int
    status_label: Text
    plain: Text
    needs_me: bool
    updated_at: datetime
    submitted_at: datetime | None
    due_at: datetime | None
    draft_step: str


@dataclass(frozen=True)
class MyDossiers:
    """`counts` by filter: all, draft, open, needs_me, finished."""

    page: Page[DossierCard]
    counts: Mapping[str, int]
