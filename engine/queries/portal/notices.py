"""A citizen's notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from engine.domain.actor import Actor, must_be_citizen
from engine.domain.errors import NotFound
from engine.domain.text import Text
from engine.queries.page import Page
from engine.store.connection import Tx, rows
from engine.store.dossiers import notices
from engine.store.schema.dossiers import dossier, notice


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


def my_notices(tx: Tx, actor: Actor, page: int = 1, size: int = 20) -> Page[NoticeRow]:
    """The actor's own notices, newest first."""
    own = notice.c.person_id == must_be_citizen(actor).id
    total = int(tx.execute(select(func.count()).select_from(notice).where(own)).scalar_one())
    statement = (
        select(notice, dossier.c.code)
        .join(dossier, dossier.c.id == notice.c.dossier_id)
        .where(own)
        .order_by(notice.c.at.desc(), notice.c.id.desc())
        .limit(size)
        .offset((max(page, 1) - 1) * size)
    )
    found = tuple(
        NoticeRow(
            id=row["id"],
            dossier_id=row["dossier_id"],
            dossier_code=row["code"],
            kind=row["kind"],
            text=Text(row["text_vi"], row["text_en"]),
            at=row["at"],
            read=row["read_at"] is not None,
        )
        for row in rows.every(tx, statement)
    )
    return Page(found, max(page, 1), size, total)


def dossier_of(tx: Tx, actor: Actor, notice_id: str) -> str:
    """The dossier one of the actor's own notices is about; raises NotFound."""
    own = select(notice.c.dossier_id).where(notice.c.id == notice_id, notice.c.person_id == must_be_citizen(actor).id)
    found = tx.execute(own).scalar_one_or_none()
    if found is None:
        raise NotFound
    return str(found)


def unread(tx: Tx, actor: Actor) -> int:
    """How many of them are new."""
    return notices.unread_count(tx, must_be_citizen(actor).id or "")
