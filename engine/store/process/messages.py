"""What others tell us: each message once, kept until somebody waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.identifiers import new_id
from engine.domain.vocabulary import MessageState
from engine.store.connection import Row, Tx, rows
from engine.store.schema.work import inbound_message


def add(tx: Tx, values: Mapping[str, Any]) -> str | None:
    """Keep a message (`source`, `nonce`, `name`, `key`, `payload`); its id, or None when it came before."""
    insert = (postgresql.insert if tx.on_postgresql else sqlite.insert)(inbound_message)
    complete = {"id": new_id(tx.now), "state": MessageState.UNCLAIMED, "received_at": tx.now, **values}
    once = insert.values(complete).on_conflict_do_nothing(index_elements=["source", "nonce"])
    added = tx.execute(once.returning(inbound_message.c.id)).scalar_one_or_none()
    return None if added is None else str(added)


def settle(tx: Tx, message_id: str, state: MessageState, dossier_id: str) -> None:
    """Write what became of a message: taken, waiting or late."""
    taken_at = tx.now if state is MessageState.TAKEN else None
    rows.change(tx, inbound_message, message_id, {"state": state, "dossier_id": dossier_id, "taken_at": taken_at})


def waiting(tx: Tx, dossier_id: str) -> list[Row]:
    """The messages of a dossier that came before anybody waited for them, oldest first."""
    chosen = select(inbound_message).where(
        inbound_message.c.dossier_id == dossier_id, inbound_message.c.state == MessageState.WAITING
    )
    return rows.every(tx, chosen.order_by(inbound_message.c.received_at, inbound_message.c.id))


def of_dossier(tx: Tx, dossier_id: str) -> list[Row]:
    """Every message about a dossier, oldest first."""
    chosen = select(inbound_message).where(inbound_message.c.dossier_id == dossier_id)
    table = inbound_message.c
    return rows.every(tx, chosen.order_by(table.received_at, table.source, table.nonce))
