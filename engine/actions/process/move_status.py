"""The national status of a dossier follows its process, along the moves the law allows, each with its consequences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from engine.actions.dossier import (
    DossierWork,
    accept_dossier,
    ask_supplement,
    deliver_result,
    hold_result,
    is_held,
    is_posted,
    issue_result,
    refuse_dossier,
    result_waits_for_fee,
)
from engine.actions.process.open_rows import is_for_applicant, role_of
from engine.domain.actor import Role
from engine.domain.dossier import (
    CLOSED_STATUSES,
    NATIONAL_STATUS,
    STATE_OF_STATUS,
    DossierState,
    NationalStatus,
    can_move,
    refusal_state,
)
from engine.domain.history import EventKind
from engine.domain.vocabulary import DeliveryMethod
from engine.workflow.runner import Ended, OpenTask

S = DossierState
N = NationalStatus

# What happens when a dossier enters a status, whatever the diagram looks like.
_CONSEQUENCES: Final[Mapping[NationalStatus, Callable[[DossierWork], None]]] = {
    N.ACCEPTED: accept_dossier,
    N.SUPPLEMENT_ASKED: ask_supplement,
    N.PROCESSING: accept_dossier,  # does nothing when that was done before
    N.NOT_ACCEPTED: refuse_dossier,
    N.STOPPED: refuse_dossier,  # a dossier in work ends by a written refusal; a withdrawn one does not come here
    N.COMPLETED: issue_result,
    N.RETURNED: deliver_result,
}
# Stations a diagram may pass over without naming them: accepted before processing, and so on.
_BETWEEN: Final = (N.ACCEPTED, N.PROCESSING)


def follow_statuses(work: DossierWork, passed: Sequence[str], opened: Sequence[OpenTask], ended: Ended | None) -> None:
    """Go through the statuses of the elements passed, in order, then settle the finer state."""
    before = work.state
    for element_id in passed:
        info = work.spec.elements.get(element_id)
        stated = info.extension.get("status", "") if info else ""
        if stated.isdigit():
            _move_to_number(work, int(stated))
    if ended is None:
        _settle(work, opened)
    if work.state is not before:
        work.happened(EventKind.STATE_CHANGED, {"from": before, "to": work.state, "status": work.status.value})


def _move_to_number(work: DossierWork, number: int) -> None:
    """As a diagram states it. Publication refuses a number that is no status; an older pack may still have one."""
    if number in tuple(NationalStatus):
        move_status(work, NationalStatus(number))
    else:
        _not_lawful(work, number)


def move_status(work: DossierWork, target: NationalStatus) -> None:
    """Move to a national status, entering what lies between. A move the law does not know becomes an incident."""
    if target is N.NOT_ACCEPTED:
        target = NATIONAL_STATUS[refusal_state(work.status)]
    if target is N.RETURNED and _is_online(work) and result_waits_for_fee(work):
        work.set(state=S.RESULT_READY.value)
        hold_result(work)
        return
    route = _route(work.status, target)
    if route is None:
        _not_lawful(work, target)
        return
    for status in route:
        _enter(work, status)


def _is_online(work: DossierWork) -> bool:
    """Whether nothing but this status stands between the citizen and the result."""
    return bool(work.dossier["delivery"].get("method", DeliveryMethod.ONLINE) == DeliveryMethod.ONLINE)


def _route(start: NationalStatus, target: NationalStatus) -> tuple[NationalStatus, ...] | None:
    """The statuses to enter, none when one is there; None when there is no lawful way."""
    if start == target:
        return ()
    if can_move(start, target):
        return (target,)
    via = (between for between in _BETWEEN if can_move(start, between) and can_move(between, target))
    between = next(via, None)
    if between is not None:
        return (between, target)
    if can_move(start, N.ACCEPTED) and can_move(N.ACCEPTED, N.PROCESSING) and can_move(N.PROCESSING, target):
        return (N.ACCEPTED, N.PROCESSING, target)
    return None


def _enter(work: DossierWork, status: NationalStatus) -> None:
    withdrawn = status is N.STOPPED and work.status is N.WITHDRAWAL_ASKED
    state = S.WITHDRAWN if withdrawn else STATE_OF_STATUS[status]
    work.set(state=state.value, status=status.value)
    if status in CLOSED_STATUSES:
        work.set(finished_at=work.at)
    consequence = None if withdrawn else _CONSEQUENCES.get(status)
    if consequence is not None:
        consequence(work)


def _settle(work: DossierWork, opened: Iterable[OpenTask]) -> None:
    """The finer state within a status, from whom the dossier now waits for."""
    tasks = list(opened)
    if not tasks and not work.new_jobs:
        return
    if work.status is N.PROCESSING and tasks:
        work.set(state=_processing_state(work, tasks).value)
    elif work.status is N.COMPLETED:
        if is_posted(work):
            work.set(state=S.DELIVERING.value)
        elif is_held(work):
            work.set(state=S.RESULT_READY.value)  # nobody is told to come: the fee is asked for instead
        elif tasks and work.state is not S.DELIVERING:  # then the task only follows the parcel
            work.set(state=S.RESULT_READY.value)
            work.happened(EventKind.RESULT_READY)


def _processing_state(work: DossierWork, tasks: list[OpenTask]) -> DossierState:
    if any(is_for_applicant(work, task) for task in tasks):
        return S.WAITING_CITIZEN
    if any(role_of(work, task.lane) == Role.APPROVER for task in tasks):
        return S.WAITING_SIGNATURE
    return S.PROCESSING


def _not_lawful(work: DossierWork, target: int) -> None:
    """The person at the desk is not to blame: the dossier keeps its status and the office is told."""
    work.happened(EventKind.INCIDENT_OPENED, {"code": "status_refused", "from": work.status.value, "to": int(target)})
    work.new_incidents.append(
        {
            "instance_id": work.instance["id"] if work.instance else None,
            "element_id": None,
            "code": "status_refused",
            "message_vi": f"Sơ đồ muốn chuyển trạng thái từ {work.status:d} sang {target:d}, trái với bảng trạng thái "
            "quốc gia. Trạng thái hồ sơ được giữ nguyên; cần sửa sơ đồ.",
            "message_en": f"The diagram wants to go from status {work.status:d} to {target:d}, which the national "
            "table does not allow. The status was kept; the diagram has to be mended.",
        }
    )
