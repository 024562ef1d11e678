"""The page of a dossier at the desk: the dossier, where its process stands, and what people wrote on the way."""

from __future__ import annotations

from dataclasses import dataclass

from engine.context import OfficeContext
from engine.domain.actor import Actor, must_be_staff
from engine.queries.dossier.dossier_rows import readable_rows
from engine.queries.dossier.dossier_view import DossierView, dossier_shown
from engine.queries.dossier.instance_view import InstanceView, instance_shown
from engine.queries.dossier.written import WrittenStep, written_steps
from engine.store.connection import Tx


@dataclass(frozen=True)
class DossierAtDesk:
    """`written`: the newest first."""

    dossier: DossierView
    instance: InstanceView
    written: tuple[WrittenStep, ...]


def dossier_at_desk(tx: Tx, office: OfficeContext, actor: Actor, dossier_id: str) -> DossierAtDesk:
    """A dossier for an official who may see it; raises Forbidden for anybody else, NotFound for a foreign one."""
    rows = readable_rows(tx, must_be_staff(actor), dossier_id)
    view = dossier_shown(rows, office, actor)
    written = written_steps(rows, office, view.slots)
    return DossierAtDesk(view, instance_shown(rows, office, written), written)
