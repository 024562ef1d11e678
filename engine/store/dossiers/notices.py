"""Notices to the people of a dossier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import func, select, update

from engine.store.connection import Row, Tx, rows
from engine.store.schema.dossiers import notice


def add_all(tx: Tx, new: Iterable[Mapping[str, Any]]) -> list[str]:
    """Leave notices in one statement; gives their ids."""
    return rows.add_all(tx, notice, [{"at": tx.now, "person_id": None, **row} for row in new])


def of_dossier(tx: Tx, dossier_id: str) -> list[Row]:
    """The notices about a dossier, oldest first."""
    return rows.every(tx, select(notice).where(notice.c.dossier_id == dossier_id).order_by(notice.c.at, notice.c.id))


def unread_count(tx: Tx, person_id: str) -> int:
    """How many notices a person has not read."""
    statement = select(func.count()).where(notice.c.person_id == person_id, notice.c.read_at.is_(None))
    return int(tx.execute(statement).scalar_one())


def mark_read(tx: Tx, person_id: str, notice_id: str | None = None) -> int:
    """Mark one notice to a person as read, or all of them; gives how many were new."""
    unread = update(notice).where(notice.c.person_id == person_id, notice.c.read_at.is_(None))
    if notice_id is not None:
        unread = unread.where(notice.c.id == notice_id)
    return tx.execute(unread.values(read_at=tx.now)).rowcount
