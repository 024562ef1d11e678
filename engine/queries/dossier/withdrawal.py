"""Whether a dossier can still be withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.context import OfficeContext
from engine.domain.dossier import FINAL_STATES, NATIONAL_STATUS, WITHDRAW_MESSAGE, DossierState, can_move
from engine.store.connection import Tx
from engine.store.process import instances
from engine.workflow import runner
from engine.workflow.errors import WorkflowError

_WITHDRAWING = NATIONAL_STATUS[DossierState.WITHDRAWAL_ASKED]


def can_be_withdrawn(tx: Tx, office: OfficeContext, dossier: Mapping[Any, Any]) -> bool:
    """What the law allows in this status, and what the diagram still listens to: a signed result is not taken back.

    The process is tried on a copy; nothing is written.
    """
    state, status = DossierState(dossier["state"]), int(dossier["status"])
    if state in FINAL_STATES or status == _WITHDRAWING or not can_move(status, _WITHDRAWING):
        return False
    instance = instances.of_dossier(tx, dossier["id"])
    if instance is None or instance["state"] != "running":
        return False
    spec = office.procedure_cache.spec(tx, instance["procedure_version_id"])
    if not any(info.event == "message" for info in spec.elements.values()):
        return True  # the diagram knows no withdrawal: the law does
    asked = runner.MessageReceived(WITHDRAW_MESSAGE, {"withdrawal_reason": ""}, tx.now)
    try:
        snapshot, variables = instance["snapshot"], instance["variables"]
        return runner.advance(spec, snapshot, variables, asked, calendar=office.calendar).caught
    except WorkflowError:
        return False
