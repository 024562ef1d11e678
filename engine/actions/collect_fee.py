"""The fee is paid at the counter and a numbered receipt is written."""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class CollectFee:
    """`method`: cash | transfer | cod."""

    actor: Actor
    dossier_id: str
    method: str


@dataclass(frozen=True)
class CollectedFee:
    """The receipt (biên lai): its number and the id of its printable document."""

    receipt_number: str
    document_id: str
    amount_vnd: int
