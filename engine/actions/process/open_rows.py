"""What a step of the process leaves for others to do: tasks, timers, connector jobs, incidents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from engine.actions.dossier import DossierWork, hold_result, result_waits_for_fee
from engine.domain.actor import Role
from engine.domain.deadlines import step_due_at
from engine.domain.forms import UNNAMED
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.vocabulary import Audience, JobKind, JobState
from engine.store.process import instances, jobs, tasks, timers
from engine.workflow.runner import Incident, OpenTask, ServiceCall, TimerSet

APPLICANT: Final = "applicant"
_RECORD: Final = Text("Ghi nhận sự kiện", "Record that it has happened")


def open_tasks(work: DossierWork, opened: Iterable[OpenTask]) -> None:
    """Open tasks for the roles of their lanes, due by the step's working hours."""
    for task in opened:
        row = task_row(work, task.element_id)
        work.new_tasks.append(
            {
                "instance_id": _instance_id(work),
                "dossier_id": work.id,
                "token": task.token,
                "unit_id": work.dossier["unit_id"],
                "due_at": _answer_due(work, row) or _due_at(work, task.element_id),
                **row,
            }
        )
        work.happened(EventKind.TASK_OPENED, {"element": task.element_id, "role": row["role"], "round": task.round})


def _answer_due(work: DossierWork, row: Mapping[str, Any]) -> datetime | None:
    """The end of the last day on which an applicant may answer what was asked in this very step."""
    until = work.asked.until if row["audience"] == Audience.APPLICANT else None
    return work.office.calendar.closing(until) if until else None


def task_row(work: DossierWork, element_id: str) -> dict[str, Any]:
    """What a task's row says of its step: element, name, and for whom."""
    info, name = work.spec.elements[element_id], task_name(work, element_id)
    role = role_of(work, info.lane)
    for_applicant = APPLICANT in (info.extension.get("audience"), role)
    return {
        "element_id": element_id,
        "name_vi": name.vi[:300],
        "name_en": name.en[:300],
        "audience": APPLICANT if for_applicant else Audience.STAFF,
        "role": role,
    }


def is_for_applicant(work: DossierWork, task: OpenTask) -> bool:
    """Whether the citizen, not an official, has to act."""
    info = work.spec.elements[task.element_id]
    return info.extension.get("audience") == APPLICANT or role_of(work, task.lane) == APPLICANT


def role_of(work: DossierWork, lane: str | None) -> str:
    """The role that works in a lane of the diagram; publication refuses an unmapped one."""
    return work.course.lanes.get(lane or "", lane or Role.ADMIN)


def task_name(work: DossierWork, element_id: str) -> Text:
    """The step's name in both languages; what only the diagram names is shown in its language."""
    info = work.spec.elements[element_id]
    drawn = " ".join(info.name.split())
    unnamed = UNNAMED if info.chooses else _RECORD if info.by_hand else Text(element_id, element_id)
    return work.course.task_name(element_id) or (Text(drawn, drawn) if drawn else unnamed)


def _due_at(work: DossierWork, element_id: str) -> Any:
    hours = work.course.step_hours.get(element_id)
    if hours is None:
        stated = work.spec.elements[element_id].extension.get("hours", "")
        hours = int(stated) if stated.isdigit() else None
    return None if hours is None else step_due_at(work.office.calendar, work.at, hours)


def open_timers(work: DossierWork, set_: Iterable[TimerSet]) -> None:
    """Set timers to absolute instants."""
    for timer in set_:
        work.new_timers.append(
            {
                "instance_id": _instance_id(work),
                "token": timer.token,
                "element_id": timer.element_id,
                "due_at": timer.due_at,
            }
        )


def open_calls(work: DossierWork, calls: Iterable[ServiceCall]) -> None:
    """Write a connector job for each call. Its key is the instance and the token: asked twice, done once.

    What would bring the result to the citizen waits, when a fee is due, until it is paid.
    """
    for call in calls:
        held = call.connector_kind == JobKind.POST_DELIVER and result_waits_for_fee(work)
        if held:
            hold_result(work)
        work.new_jobs.append(
            {
                "kind": call.connector_kind,
                "state": JobState.HELD if held else JobState.PENDING,
                "key": f"{_instance_id(work)}:{call.token}",
                "payload": {**call.inputs, "dossier_code": work.code},
                "dossier_id": work.id,
                "instance_id": _instance_id(work),
                "token": call.token if call.waits else None,
            }
        )
        work.happened(EventKind.JOB_OPENED, {"kind": call.connector_kind, "element": call.element_id})


def cancel_work(work: DossierWork, tokens: Sequence[str], calls: Sequence[str], timer_tokens: Sequence[str]) -> None:
    """Close what the process no longer waits for."""
    if tokens and tasks.cancel(work.tx, _instance_id(work), tokens):
        work.happened(EventKind.TASK_CANCELLED, {"tokens": tokens})
    jobs.cancel(work.tx, _instance_id(work), calls)
    timers.cancel(work.tx, _instance_id(work), timer_tokens)


def report_incidents(work: DossierWork, incidents: Iterable[Incident]) -> None:
    """Show what could not go on to those who can mend it."""
    for incident in incidents:
        work.happened(EventKind.INCIDENT_OPENED, {"element": incident.element_id, "code": incident.code})
        work.new_incidents.append(
            {
                "instance_id": _instance_id(work),
                "job_id": None,
                "element_id": incident.element_id,
                "code": incident.code[:40],
                "message_vi": incident.message_vi,
                "message_en": incident.message_en,
                "token": incident.token,
            }
        )


def close_incidents_of_the_end(work: DossierWork) -> None:
    """The process is over, and with it all that could be mended in it."""
    instances.close_all_incidents(work.tx, _instance_id(work))


def drop_incidents(work: DossierWork, tokens: Sequence[str]) -> None:
    """Close the incidents of steps that the process has left: there is nothing to mend any more."""
    if tokens:
        instances.close_incidents(work.tx, _instance_id(work), tokens)


def _instance_id(work: DossierWork) -> str:
    if work.instance is None:
        raise RuntimeError("the process has not started")
    return str(work.instance["id"])
