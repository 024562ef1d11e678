"""A legal hold: while a complaint, an inspection or a court asks, nothing of the dossier is removed."""

from __future__ import annotations

from dataclasses import dataclass

from engine.context import OfficeContext
from engine.domain.actor import Actor, Role
from engine.domain.errors import Invalid, NotFound
from engine.domain.history import EventKind
from engine.domain.identifiers import nfc
from engine.domain.text import Text
from engine.store.connection import Tx
from engine.store.dossiers import dossiers
from engine.store.history import events, retention


@dataclass(frozen=True)
class HoldDossier:
    """Put a hold on (`lift` False) or lift it; the reason goes into the dossier's history."""

    actor: Actor
    code: str
    reason: str
    lift: bool = False


def hold_dossier(tx: Tx, office: OfficeContext, cmd: HoldDossier) -> None:
    """Hold, or lift the hold. Raises Invalid without a reason, NotFound without the dossier."""
    cmd.actor.must_have_role(Role.ADMIN)
    reason = nfc(cmd.reason).strip()[:2000]
    if not reason:
        raise Invalid({"reason": Text("Hãy ghi lý do.", "Please give the reason.")})
    row = dossiers.by_code(tx, cmd.code)
    if row is None or dossiers.get_locked(tx, row["id"]) is None:
        raise NotFound
    retention.hold(tx, row["id"], None if cmd.lift else reason)
    events.append(
        tx,
        row["id"],
        cmd.actor,
        EventKind.RETENTION_RELEASED if cmd.lift else EventKind.RETENTION_HELD,
        {"reason": reason},
    )
