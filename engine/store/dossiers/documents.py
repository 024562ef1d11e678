"""Papers the administration has made, kept with the decision they carry."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from engine.store.connection import Tx, rows
from engine.store.records import DocumentCard, DocumentRow
from engine.store.schema.dossiers import document

# Everything but the bytes: a list of papers needs no megabytes.
CARD = [column for column in document.c if column.name != "content"]


def add(tx: Tx, values: Mapping[str, Any]) -> str:
    """Issue a paper (`content` is its bytes; the digest is made here); gives the id."""
    digest = hashlib.sha256(values["content"]).hexdigest()
    return rows.add(tx, document, {"issued_at": tx.now, "sha256": digest, **values})


def void(tx: Tx, dossier_id: str, kind: str, number: str) -> None:
    """Say of a paper that it does not count any more. Its bytes and its number stay."""
    chosen = (document.c.dossier_id == dossier_id, document.c.kind == kind, document.c.number == number)
    tx.execute(update(document).where(*chosen).values(voided_at=tx.now))


def get(tx: Tx, document_id: str) -> DocumentRow | None:
    """The paper with its bytes, or None."""
    return rows.get(tx, document, document_id)


def of_dossier(tx: Tx, dossier_id: str) -> list[DocumentCard]:
    """The papers of a dossier without their bytes, oldest first."""
    return rows.every(
        tx, select(*CARD).where(document.c.dossier_id == dossier_id).order_by(document.c.issued_at, document.c.id)
    )


def newest(tx: Tx, dossier_id: str, kind: str) -> DocumentCard | None:
    """The newest paper of a kind, without its bytes, or None."""
    return rows.first(
        tx,
        select(*CARD)
        .where(document.c.dossier_id == dossier_id, document.c.kind == kind)
        .order_by(document.c.issued_at.desc(), document.c.id.desc()),
    )
