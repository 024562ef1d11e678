"""An official's queue: only tasks of their roles and unit.

work_queue(tx, actor, which="mine", text="", cursor=None, size=50) -> QueuePage
which: mine | unit | waiting | due_soon | failed_jobs
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.domain.text import Text


@dataclass(frozen=True)
class QueueRow:
    """One task in the queue."""

    task_id: str
    dossier_id: str
    dossier_code: str
    procedure_code: str
    name: Text
    owner_name: str
    role: str
    status: int
    status_label: Text
    assignee_id: str | None
    assignee_name: str | None
    opened_at: datetime
    due_at: datetime | None
    overdue: bool


@dataclass(frozen=True)
class QueuePage:
    """`next_cursor` is None on the last page. `counts` are exact up to their cap (1,000)."""

    rows: tuple[QueueRow, ...]
    next_cursor: str | None
    counts: Mapping[str, int]
    which: str
