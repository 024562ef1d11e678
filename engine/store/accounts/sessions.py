"""Sign-in attempts and sessions. Tokens themselves are never kept, only their hashes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select, update

from engine.store.connection import Row, Tx, rows
from engine.store.records import SessionRow
from engine.store.schema.people import person, session, sign_in_attempt, staff


def add(tx: Tx, values: Mapping[str, Any]) -> str:
    """Open a session; gives the id."""
    return rows.add(tx, session, {"created_at": tx.now, "seen_at": tx.now, **values})


def get(tx: Tx, session_id: str) -> SessionRow | None:
    """The session, or None."""
    return rows.get(tx, session, session_id)


def by_token_hash(tx: Tx, token_hash: bytes) -> SessionRow | None:
    """The session of a token, whether or not it still holds."""
    return rows.first(tx, select(session).where(session.c.token_hash == token_hash))


def open_of_person(tx: Tx, person_id: str) -> list[SessionRow]:
    """The sessions of a citizen that have not ended, newest first."""
    return rows.every(
        tx,
        select(session)
        .where(session.c.person_id == person_id, session.c.ended_at.is_(None), session.c.expires_at > tx.now)
        .order_by(session.c.seen_at.desc()),
    )


def open_of_staff(tx: Tx, staff_id: str) -> list[SessionRow]:
    """The sessions of an official that have not ended, newest first."""
    return rows.every(
        tx,
        select(session)
        .where(session.c.staff_id == staff_id, session.c.ended_at.is_(None), session.c.expires_at > tx.now)
        .order_by(session.c.seen_at.desc()),
    )


def change(tx: Tx, session_id: str, values: Mapping[str, Any]) -> bool:
    """Write a session; False when there is none."""
    return rows.change(tx, session, session_id, values)


def end(tx: Tx, session_id: str) -> bool:
    """End a session now; False when it had ended."""
    statement = update(session).where(session.c.id == session_id, session.c.ended_at.is_(None))
    return tx.execute(statement.values(ended_at=tx.now)).rowcount == 1


def end_all_of_staff(tx: Tx, staff_id: str, but: str | None = None) -> int:
    """End an official's sessions now, except one; gives how many."""
    theirs = update(session).where(session.c.staff_id == staff_id, session.c.ended_at.is_(None))
    if but is not None:
        theirs = theirs.where(session.c.id != but)
    return tx.execute(theirs.values(ended_at=tx.now)).rowcount


def end_all_of_samples(tx: Tx) -> int:
    """End the sessions of everybody that practice entered; gives how many."""
    officials = select(staff.c.id).where(staff.c.sample.is_(True))
    people = select(person.c.id).where(person.c.sample.is_(True))
    theirs = or_(session.c.staff_id.in_(officials), session.c.person_id.in_(people))
    return tx.execute(update(session).where(theirs, session.c.ended_at.is_(None)).values(ended_at=tx.now)).rowcount


def add_attempt(tx: Tx, values: Mapping[str, Any]) -> str:
    """Remember that a browser went to a provider; gives the id."""
    return rows.add(tx, sign_in_attempt, {"created_at": tx.now, **values})


def attempt_by_state(tx: Tx, state_hash: bytes) -> Row | None:
    """The attempt with this state, or None."""
    return rows.first(tx, select(sign_in_attempt).where(sign_in_attempt.c.state_hash == state_hash))


def use_attempt(tx: Tx, attempt_id: str) -> bool:
    """Use an attempt up; False when it was used before (a replayed callback)."""
    statement = update(sign_in_attempt).where(sign_in_attempt.c.id == attempt_id, sign_in_attempt.c.used_at.is_(None))
    return tx.execute(statement.values(used_at=tx.now)).rowcount == 1
