"""An official looks at the personal values of a process: allowed with a reason, and remembered."""

from __future__ import annotations

from dataclasses import dataclass

from engine.context import OfficeContext
from engine.domain.actor import Actor, Role, must_be_staff
from engine.domain.errors import NotFound
from engine.domain.history import EventKind
from engine.domain.reasons import reason_given
from engine.store.connection import Tx
from engine.store.dossiers import dossiers
from engine.store.history import events


@dataclass(frozen=True)
class ShowVariables:
    """`reason` goes into the dossier's history beside the name."""

    actor: Actor
    dossier_id: str
    reason: str


def show_variables(tx: Tx, office: OfficeContext, cmd: ShowVariables) -> None:
    """Note who looks and why; raises Invalid without a reason, NotFound for another unit's dossier."""
    must_be_staff(cmd.actor, Role.ADMIN, Role.UNIT_HEAD)
    dossier = dossiers.get_locked(tx, cmd.dossier_id)
    if dossier is None or dossier["code"] is None:
        raise NotFound
    if not cmd.actor.has_role(Role.ADMIN) and dossier["unit_id"] != cmd.actor.unit_id:
        raise NotFound
    events.append(tx, cmd.dossier_id, cmd.actor, EventKind.VARIABLES_SHOWN, {"reason": reason_given(cmd.reason)})
