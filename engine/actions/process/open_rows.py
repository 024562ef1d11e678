"""What a step of the process leaves for others to do: tasks, timers, connector jobs, incidents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from engine.actions.dossier.step import Step
from engine.domain.deadlines.deadline import step_due_at
from engine.domain.forms.way_form import UNNAMED
from engine.domain.identifiers import fold
from engine.domain.text import Text
from engine.store.process import instances, jobs, tasks, timers
from engine.workflow.runner import Incident, OpenTask, ServiceCall, TimerSet

APPLICANT: Final = "applicant"
_RECORD: Final = Text("Ghi nhận sự kiện", "Record that it has happened")


def open_tasks(step: Step, opened: Iterable[OpenTask]) -> None:
    """Open tasks for the roles of their lanes, due by the step's working hours."""
    for task in opened:
        row = task_row(step, task.element_id)
        step.new_tasks.append(
            {
                "instance_id": _instance_id(step),
                "dossier_id": step.id,
                "token": task.token,
                "unit_id": step.dossier["unit_id"],
                "due_at": _due_at(step, task.element_id),
                **row,
            }
        )
        step.happened("task.opened", {"element": task.element_id, "role": row["role"], "round": task.round})


def task_row(step: Step, element_id: str) -> dict[str, Any]:
    """What a task's row says of its step: element, name, for whom, and what a search finds it by."""
    info, name = step.spec.elements[element_id], task_name(step, element_id)
    role = role_of(step, info.lane)
    for_applicant = APPLICANT in (info.extension.get("audience"), role)
    return {
        "element_id": element_id,
        "name_vi": name.vi[:300],
        "name_en": name.en[:300],
        "audience": APPLICANT if for_applicant else "staff",
        "role": role,
        "search_text": fold(f"{step.code} {step.dossier['owner'].get('full_name', '')} {name.vi}"),
    }


def is_for_applicant(step: Step, task: OpenTask) -> bool:
    """Whether the citizen, not an official, has to act."""
    info = step.spec.elements[task.element_id]
    return info.extension.get("audience") == APPLICANT or role_of(step, task.lane) == APPLICANT


def role_of(step: Step, lane: str | None) -> str:
    """The role that works in a lane of the diagram; publication refuses an unmapped one."""
    return step.course.lanes.get(lane or "", lane or "admin")


def task_name(step: Step, element_id: str) -> Text:
    """The step's name in both languages; what only the diagram names is shown in its language."""
    info = step.spec.elements[element_id]
    drawn = " ".join(info.name.split())
    unnamed = UNNAMED if info.chooses else _RECORD if info.by_hand else Text(element_id, element_id)
    return step.course.task_name(element_id) or (Text(drawn, drawn) if drawn else unnamed)


def _due_at(step: Step, element_id: str) -> Any:
    hours = step.course.step_hours.get(element_id)
    if hours is None:
        stated = step.spec.elements[element_id].extension.get("hours", "")
        hours = int(stated) if stated.isdigit() else None
    return None if hours is None else step_due_at(step.office.calendar, step.at, hours)


def open_timers(step: Step, set_: Iterable[TimerSet]) -> None:
    """Set timers to absolute instants."""
    for timer in set_:
        step.new_timers.append(
            {
                "instance_id": _instance_id(step),
                "token": timer.token,
                "element_id": timer.element_id,
                "due_at": timer.due_at,
            }
        )


def open_calls(step: Step, calls: Iterable[ServiceCall]) -> None:
    """Write a connector job for each call. Its key is the instance and the token: asked twice, done once."""
    for call in calls:
        payload = {**call.inputs, "dossier_code": step.code} if call.connector_kind != "sms.send" else call.inputs
        step.new_jobs.append(
            {
                "kind": call.connector_kind,
                "key": f"{_instance_id(step)}:{call.token}",
                "payload": dict(payload),
                "dossier_id": step.id,
                "instance_id": _instance_id(step),
                "token": call.token if call.waits else None,
            }
        )
        step.happened("job.opened", {"kind": call.connector_kind, "element": call.element_id})


def cancel_work(step: Step, tokens: list[str], calls: list[str], timer_tokens: list[str]) -> None:
    """Close what the process no longer waits for."""
    if tokens and tasks.cancel(step.tx, _instance_id(step), tokens):
        step.happened("task.cancelled", {"tokens": tokens})
    jobs.cancel(step.tx, _instance_id(step), calls)
    timers.cancel(step.tx, _instance_id(step), timer_tokens)


def report_incidents(step: Step, incidents: Iterable[Incident]) -> None:
    """Show what could not go on to those who can mend it."""
    for incident in incidents:
        step.happened("incident.opened", {"element": incident.element_id, "code": incident.code})
        step.new_incidents.append(
            {
                "instance_id": _instance_id(step),
                "job_id": None,
                "element_id": incident.element_id,
                "code": incident.code[:40],
                "message_vi": incident.message_vi,
                "message_en": incident.message_en,
                "token": incident.token,
            }
        )


def drop_incidents(step: Step, tokens: list[str]) -> None:
    """Close the incidents of steps that the process has left: there is nothing to mend any more."""
    if tokens:
        instances.close_incidents(step.tx, _instance_id(step), tokens)


def _instance_id(step: Step) -> str:
    if step.instance is None:
        raise RuntimeError("the process has not started")
    return str(step.instance["id"])
