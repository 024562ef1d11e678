"""Who may see a dossier. What is not theirs to see does not exist for them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from engine.domain.actor import Actor, Role
from engine.domain.errors import NotFound
from engine.store.connection import Tx
from engine.store.dossiers import dossiers
from engine.store.records import DossierRow
from engine.store.schema.dossiers import dossier as dossier_table


def readable_dossier(tx: Tx, actor: Actor, dossier_id: str) -> DossierRow:
    """The dossier, if the actor may see it; raises NotFound for a foreign one exactly as for none."""
    row = dossiers.get(tx, dossier_id)
    if row is None or not may_see(actor, row):
        raise NotFound
    return row


def may_see(actor: Actor, dossier: DossierRow) -> bool:
    """A citizen sees their own. An official sees what was sent to their unit, never a draft; admins every sent one."""
    if actor.is_citizen:
        return actor.id is not None and bool(dossier["person_id"] == actor.id)
    if not actor.is_staff or dossier["code"] is None:
        return False
    return actor.has_role(Role.ADMIN) or bool(dossier["unit_id"] == actor.unit_id)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same for lists of officials: sent dossiers of their unit, for administrators of every unit."""
    sent = dossier_table.c.submitted_at.is_not(None)
    return sent if actor.has_role(Role.ADMIN) else and_(dossier_table.c.unit_id == actor.unit_id, sent)
