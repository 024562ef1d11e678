"""How often something was guessed wrongly, and until when no further guess is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.connection import Row, Tx, rows
from engine.store.schema.people import sign_in_throttle as table


def known(tx: Tx, subjects: Iterable[str]) -> dict[str, Row]:
    """What is counted for these subjects; one never guessed at is missing."""
    found = rows.every(tx, select(table).where(table.c.subject.in_(list(subjects))))
    return {row["subject"]: row for row in found}


def keep(tx: Tx, subject: str, failures: int, closed_until: datetime | None) -> None:
    """Write down the count of now; of two at the same moment the higher number stays."""
    insert = (postgresql.insert if tx.on_postgresql else sqlite.insert)(table)
    higher = func.greatest if tx.on_postgresql else func.max
    statement = insert.values(subject=subject, failures=failures, last_at=tx.now, closed_until=closed_until)
    changed = {
        "failures": higher(table.c.failures + 1, failures) if failures > 1 else failures,
        "last_at": tx.now,
        "closed_until": closed_until,
    }
    tx.execute(statement.on_conflict_do_update(index_elements=["subject"], set_=changed))


def forget(tx: Tx, subjects: Iterable[str]) -> None:
    """Count anew from nothing."""
    tx.execute(delete(table).where(table.c.subject.in_(list(subjects))))


def forget_all_of(tx: Tx, subject: str) -> None:
    """Count anew for a subject and everything counted below it."""
    below = table.c.subject.startswith(f"{subject}@", autoescape=True)
    tx.execute(delete(table).where((table.c.subject == subject) | below))
