"""What one account has asked of the office lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from engine.domain.identifiers import new_id
from engine.domain.vocabulary import FileState, JobKind
from engine.store.connection import Tx
from engine.store.schema.dossiers import dossier, dossier_file
from engine.store.schema.work import connector_job

_TIME_SIGNS = 10  # the first signs of an id are its instant: the primary key is an index by time too


@dataclass(frozen=True)
class SmsSent:
    """Messages ordered for one number and for one account's dossiers."""

    to_number: int
    of_account: int


def drafts_begun(tx: Tx, person_id: str, since: datetime) -> int:
    """How many dossiers the account has begun, sent ones too."""
    return _count(tx, dossier.c.person_id == person_id, dossier.c.created_at >= since)


def dossiers_sent(tx: Tx, person_id: str, since: datetime) -> int:
    """How many it has sent."""
    return _count(tx, dossier.c.person_id == person_id, dossier.c.submitted_at >= since)


def bytes_uploaded(tx: Tx, person_id: str, since: datetime) -> int:
    """How much it has stored, what was taken out again too."""
    files = dossier_file.join(dossier, dossier.c.id == dossier_file.c.dossier_id)
    mine = (dossier.c.person_id == person_id) & (dossier_file.c.attached_at >= since)
    return _number(tx, select(func.coalesce(func.sum(dossier_file.c.size_bytes), 0)).select_from(files).where(mine))


def bytes_of_dossier(tx: Tx, dossier_id: str) -> int:
    """How much the papers of one dossier take now."""
    kept = (dossier_file.c.dossier_id == dossier_id) & (dossier_file.c.state != FileState.REMOVED)
    return _number(tx, select(func.coalesce(func.sum(dossier_file.c.size_bytes), 0)).where(kept))


def sms_ordered(tx: Tx, number: str, person_id: str | None, since: datetime) -> SmsSent:
    """How many short messages were ordered."""
    job = connector_job.c
    to_number = case((job.payload["to"].as_string() == number, 1), else_=0)
    of_account = case((dossier.c.person_id == person_id, 1), else_=0)
    jobs = connector_job.join(dossier, dossier.c.id == job.dossier_id, isouter=True)
    sums = select(func.coalesce(func.sum(to_number), 0), func.coalesce(func.sum(of_account), 0))
    first = new_id(since)[:_TIME_SIGNS]
    row: Any = tx.execute(sums.select_from(jobs).where(job.id >= first, job.kind == JobKind.SMS_SEND)).one()
    return SmsSent(int(row[0]), int(row[1]))


def _count(tx: Tx, *conditions: Any) -> int:
    return _number(tx, select(func.count()).select_from(dossier).where(*conditions))


def _number(tx: Tx, statement: Any) -> int:
    return int(tx.execute(statement).scalar_one())
