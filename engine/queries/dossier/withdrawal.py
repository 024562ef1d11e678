"""Whether a dossier can still be withdrawn."""

from __future__ import annotations

from engine.context import OfficeContext
from engine.domain.dossier import FINAL_STATES, DossierState, NationalStatus, can_move
from engine.domain.meanings import Meaning
from engine.domain.vocabulary import InstanceState
from engine.queries.dossier.dossier_rows import DossierRows
from engine.workflow.position import waits_for_message


def can_be_withdrawn(rows: DossierRows, office: OfficeContext) -> bool:
    """What the law allows in this status, and what the diagram still listens to: a signed result is not taken back."""
    state, status, asked = DossierState(rows.dossier["state"]), rows.dossier["status"], NationalStatus.WITHDRAWAL_ASKED
    if state in FINAL_STATES or status == asked or not can_move(status, asked):
        return False
    instance = rows.instance
    if instance is None or instance["state"] != InstanceState.RUNNING:
        return False
    spec = office.procedure_cache.spec(rows.tx, instance["procedure_version_id"])
    message = spec.message_that(Meaning.WITHDRAWAL)
    if message is None:
        return True  # the diagram knows no withdrawal: the law does
    return waits_for_message(spec, instance["snapshot"], instance["variables"], message, rows.tx.now)
