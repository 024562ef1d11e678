"""A citizen's notices.

my_notices(tx, actor, page=1) -> Page[NoticeRow] ; unread(tx, actor) -> int
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.domain.text import Text


@dataclass(frozen=True)
class NoticeRow:
    """One notice about one dossier."""

    id: str
    dossier_id: str
    dossier_code: str | None
    kind: str
    text: Text
    at: datetime
    read: bool
