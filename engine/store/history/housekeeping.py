"""Rows that serve nobody any longer: removed a thousand at a time, so that no statement holds anybody up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, delete, literal_column, select, update

from engine.store.connection import Tx
from engine.store.schema.people import kept_form, session, sign_in_attempt, sign_in_throttle
from engine.store.schema.work import IS_FULL, connector_job, inbound_message

SESSIONS: Final = timedelta(days=30)  # after their end: "where am I signed in" shows no more than that
ATTEMPTS: Final = timedelta(days=1)  # a callback comes within minutes or never
FORMS: Final = timedelta(hours=2)  # nobody finds them any more: engine.actions.accounts.keep_form
PAYLOADS: Final = timedelta(days=90)  # long enough to answer "I never got the message"
# Written as words of the statement: only then does SQLite use the partial index.
_FULL: Final[ColumnElement[bool]] = literal_column(IS_FULL)


def forget_sessions(tx: Tx, limit: int) -> int:
    """Delete sessions long expired; gives how many."""
    return _delete(tx, session, session.c.expires_at < tx.now - SESSIONS, limit)


def forget_attempts(tx: Tx, limit: int) -> int:
    """Delete sign-in attempts of yesterday; gives how many."""
    return _delete(tx, sign_in_attempt, sign_in_attempt.c.created_at < tx.now - ATTEMPTS, limit)


def forget_forms(tx: Tx, limit: int) -> int:
    """Delete forms whose person has not signed in again in time; gives how many."""
    return _delete(tx, kept_form, kept_form.c.kept_at < tx.now - FORMS, limit)


def forget_guesses(tx: Tx, limit: int) -> int:
    """Delete counts of wrong guesses nobody has added to for a day; gives how many."""
    old = select(sign_in_throttle.c.subject).where(sign_in_throttle.c.last_at < tx.now - ATTEMPTS).limit(limit)
    return tx.execute(delete(sign_in_throttle).where(sign_in_throttle.c.subject.in_(old.scalar_subquery()))).rowcount


def empty_jobs(tx: Tx, limit: int) -> int:
    """Remove what settled jobs carried. Their key stays: it is what keeps a second sending away."""
    settled = select(connector_job.c.id).where(_FULL, connector_job.c.finished_at < tx.now - PAYLOADS)
    oldest = settled.order_by(connector_job.c.finished_at).limit(limit).scalar_subquery()
    emptied: dict[str, Any] = {"payload": {}, "emptied_at": tx.now}
    return tx.execute(update(connector_job).where(connector_job.c.id.in_(oldest)).values(emptied)).rowcount


def forget_unclaimed(tx: Tx, limit: int) -> int:
    """Delete messages of other sides that no dossier ever waited for; gives how many."""
    nobodys = inbound_message.c.dossier_id.is_(None) & (inbound_message.c.received_at < tx.now - PAYLOADS)
    return _delete(tx, inbound_message, nobodys, limit)


def _delete(tx: Tx, table: Table, condition: ColumnElement[bool], limit: int) -> int:
    ids = select(table.c.id).where(condition).limit(limit).scalar_subquery()
    return tx.execute(delete(table).where(table.c.id.in_(ids))).rowcount
