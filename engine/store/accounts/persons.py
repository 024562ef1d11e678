"""Citizens and organisations as their identity provider knows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from engine.store.connection import Tx, rows
from engine.store.records import PersonRow
from engine.store.schema.people import person


def add(tx: Tx, values: Mapping[str, Any]) -> str:
    """Keep a person seen for the first time; gives the id."""
    return rows.add(tx, person, {"created_at": tx.now, "seen_at": tx.now, **values})


def get(tx: Tx, person_id: str) -> PersonRow | None:
    """The person, or None."""
    return rows.get(tx, person, person_id)


def get_locked(tx: Tx, person_id: str) -> PersonRow | None:
    """The person, held against others who act for the same account until the transaction ends."""
    return rows.get_locked(tx, person, person_id)


def by_subject(tx: Tx, provider: str, subject: str) -> PersonRow | None:
    """The person a provider calls `subject`."""
    return rows.first(tx, select(person).where(person.c.provider == provider, person.c.subject == subject))


def change(tx: Tx, person_id: str, values: Mapping[str, Any]) -> bool:
    """Write what the provider now says; False when there is no such person."""
    return rows.change(tx, person, person_id, values)
