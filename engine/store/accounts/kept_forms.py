"""Forms that wait for their person to sign in again. Their keys are never kept, only the hashes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from engine.store.connection import Row, Tx, rows
from engine.store.schema.people import kept_form


def add(tx: Tx, values: Mapping[str, Any]) -> str:
    """Keep a form; gives the id."""
    return rows.add(tx, kept_form, {"kept_at": tx.now, **values})


def by_key_hash(tx: Tx, key_hash: bytes) -> Row | None:
    """The form with this key, or None."""
    return rows.first(tx, select(kept_form).where(kept_form.c.key_hash == key_hash))


def remove(tx: Tx, key_hash: bytes) -> bool:
    """Let go of a form; False when it had gone."""
    return tx.execute(delete(kept_form).where(kept_form.c.key_hash == key_hash)).rowcount == 1
