"""Whether a dossier can still be withdrawn."""

from __future__ import annotations

from engine.context import OfficeContext
from engine.domain.dossier import FINAL_STATES, NATIONAL_STATUS, DossierState, can_move
from engine.domain.meanings import Meaning
from engine.queries.dossier.dossier_rows import DossierRows
from engine.workflow.position import waits_for_message

_WITHDRAWING = NATIONAL_STATUS[DossierState.WITHDRAWAL_ASKED]


def can_be_withdrawn(rows: DossierRows, office: OfficeContext) -> bool:
    """What the law allows in this status, and what the diagram still listens to: a signed result is not taken back."""
    state, status = DossierState(rows.dossier["state"]), int(rows.dossier["status"])
    if state in FINAL_STATES or status == _WITHDRAWING or not can_move(status, _WITHDRAWING):
        return False
    instance = rows.instance
    if instance is None or instance["state"] != "running":
        return False
    spec = office.procedure_cache.spec(rows.tx, instance["procedure_version_id"])
    message = spec.message_that(Meaning.WITHDRAWAL)
    if message is None:
        return True  # the diagram knows no withdrawal: the law does
    return waits_for_message(spec, instance["snapshot"], instance["variables"], message, rows.tx.now)
