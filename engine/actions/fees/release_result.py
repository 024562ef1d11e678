"""The fee is paid, waived or nought: a result that waited for it goes its way."""

from __future__ import annotations

from engine.actions.dossier import DossierWork, result_waits_for_fee
from engine.actions.process import move_status
from engine.domain.dossier import DossierState, NationalStatus
from engine.domain.history import EventKind
from engine.domain.vocabulary import DeliveryMethod, InstanceState
from engine.store.process import jobs


def release_result(work: DossierWork) -> None:
    """Give the result to the post, or to the citizen online, when nothing is due any more. Else nothing happens."""
    work.left_vnd = None  # something was just paid, or set
    if work.status is not NationalStatus.COMPLETED or result_waits_for_fee(work):
        return
    if jobs.release(work.tx, work.id):
        work.happened(EventKind.RESULT_RELEASED)
        work.set(state=DossierState.DELIVERING.value)
    elif _is_done(work) and work.dossier["delivery"].get("method", DeliveryMethod.ONLINE) == DeliveryMethod.ONLINE:
        work.happened(EventKind.RESULT_RELEASED)
        before = work.state
        move_status(work, NationalStatus.RETURNED)
        moved = {"from": before, "to": work.state, "status": work.status.value}
        work.happened(EventKind.STATE_CHANGED, moved)


def _is_done(work: DossierWork) -> bool:
    """Whether the process has ended: it said that the result is returned, and was not believed."""
    return work.instance is not None and work.instance["state"] == InstanceState.ENDED
