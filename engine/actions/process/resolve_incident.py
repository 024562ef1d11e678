"""An official deals with a step that could not go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.actions.dossier import DossierWork, keep_work, load_work
from engine.actions.process.fire_timer import let_fire
from engine.actions.process.run_process import run_process
from engine.context import OfficeContext
from engine.domain.actor import Actor, Role, must_be_staff
from engine.domain.errors import Invalid, NotFound, WrongState
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.vocabulary import IncidentState, InstanceState, JobState
from engine.store.connection import Tx
from engine.store.dossiers import dossiers
from engine.store.process import instances, jobs, timers
from engine.store.records import IncidentRow
from engine.workflow.runner import JobFinished, Retried, Skipped, WorkflowError
from engine.workflow.ways import FLOW, GOAL

CHOICES: Final = ("retry", "skip", "done", "not_done")
TIMER_FAILED: Final = "timer_failed"
RAN: Final = Text("Bước đã chạy lại và hồ sơ đã đi tiếp.", "The step was run again and the dossier has gone on.")
SKIPPED: Final = Text("Đã bỏ qua bước; hồ sơ đã đi tiếp.", "The step was skipped and the dossier has gone on.")
SETTLED: Final = Text("Đã ghi nhận cách xử lý sự cố.", "It was noted how the incident was dealt with.")
QUEUED: Final = Text(
    "Đã xếp lại để gửi. Kết quả hiện ở trang vận hành khi bên ngoài trả lời.",
    "It is queued to be called again. The operators' page shows what comes of it once the other side answers.",
)


@dataclass(frozen=True)
class ResolveIncident:
    """`how`: retry | skip | done (it did take effect outside) | not_done (it did not: call again). With a reason.

    `way`: where it goes when it is passed over: `flow:ID` along a flow of the step, `to:ID` to another step.
    """

    actor: Actor
    incident_id: str
    how: str
    reason: str
    way: str = ""


def resolve_incident(tx: Tx, office: OfficeContext, cmd: ResolveIncident) -> Text:
    """Do what the official decided; who decided and why stays in the history.

    Gives a sentence that says what really happened: a step that was tried again and failed again is no success.
    """
    must_be_staff(cmd.actor, Role.ADMIN, Role.UNIT_HEAD)
    reason = cmd.reason.strip()
    if cmd.how not in CHOICES or not reason:
        raise Invalid({"reason": Text("Hãy chọn cách xử lý và ghi lý do.", "Choose what to do and give the reason.")})
    incident = instances.get_incident(tx, cmd.incident_id)
    if incident is None:
        raise NotFound
    work = _step_of(tx, office, cmd.actor, incident)
    incident = instances.get_incident(tx, cmd.incident_id)  # again, now that the dossier is held
    if incident is None or incident["state"] != IncidentState.OPEN:
        raise WrongState(Text("Sự cố này đã được xử lý.", "This incident has been dealt with."))
    instances.change_incident(
        tx,
        cmd.incident_id,
        {"state": IncidentState.RESOLVED, "resolved_at": tx.now, "resolution": f"{cmd.how}: {reason}"},
    )
    work.happened(EventKind.INCIDENT_RESOLVED, {"code": incident["code"], "how": cmd.how, "reason": reason})
    if incident["job_id"] is not None:
        said = _settle_job(work, incident, cmd)
    elif incident["code"] == TIMER_FAILED:
        said = _fire_again(work, incident, cmd.how)
    else:
        said = _move_on(work, incident, cmd)
    failed_again = [one for one in work.new_incidents if one.get("token") == incident["token"]]
    keep_work(work)
    return _still(failed_again[0]) if failed_again else said


def _step_of(tx: Tx, office: OfficeContext, actor: Actor, incident: IncidentRow) -> DossierWork:
    """The dossier the incident belongs to, through its process or its job."""
    instance = instances.get(tx, incident["instance_id"]) if incident["instance_id"] else None
    job = jobs.get(tx, incident["job_id"]) if incident["job_id"] else None
    dossier_id = instance["dossier_id"] if instance else job and job["dossier_id"]
    if not dossier_id or dossiers.get(tx, dossier_id) is None:
        raise NotFound
    work = load_work(tx, office, actor, dossier_id)
    if not actor.has_role(Role.ADMIN) and work.dossier["unit_id"] != actor.unit_id:
        raise NotFound  # another unit's: it does not exist for them
    return work


def _settle_job(work: DossierWork, incident: IncidentRow, cmd: ResolveIncident) -> Text:
    """Call again, or take the official's word for what became of the call."""
    how = cmd.how
    job = jobs.get_locked(work.tx, incident["job_id"] or "")
    if job is None:
        raise NotFound
    # An incident of the process names its element: the token stands still and has to be moved first.
    token = incident["token"] if incident["element_id"] and _is_running(work) else None
    if how in ("retry", "not_done"):
        if token:
            run_process(work, Retried(token, work.at))
        if not jobs.put_back(work.tx, job["id"]):
            raise WrongState
        return QUEUED
    ended = JobState.DONE if how == "done" else JobState.CANCELLED
    jobs.finish(work.tx, job["id"], ended, result={"by_hand": True})
    if token:
        run_process(work, _passed_over(token, work, cmd))
    elif job["token"] and _is_running(work):
        run_process(work, JobFinished(job["token"], {}, work.at))
    return SETTLED


def _is_running(work: DossierWork) -> bool:
    return work.instance is not None and work.instance["state"] == InstanceState.RUNNING


def _fire_again(work: DossierWork, incident: IncidentRow, how: str) -> Text:
    """The time had come and the step could not be run; now it is run under the official's eyes."""
    if how != "retry":
        raise Invalid({"how": Text("Việc hẹn giờ chỉ có thể chạy lại.", "A timer can only be fired again.")})
    place, token = incident["instance_id"], incident["token"]
    timer = timers.waiting_for(work.tx, place, token) if place and token else None
    if timer is None or not timers.mark_fired(work.tx, timer["id"]):
        return SETTLED  # it has fired or is no longer needed
    try:
        let_fire(work, timer["element_id"], timer["token"])
    except WorkflowError as error:
        raise WrongState(_still({"message_vi": error.message_vi, "message_en": error.message_en})) from error
    return RAN


def _move_on(work: DossierWork, incident: IncidentRow, cmd: ResolveIncident) -> Text:
    token = incident["token"]
    if not token:
        return SETTLED  # nothing stands still: the incident only had to be seen
    if cmd.how == "retry":
        run_process(work, Retried(token, work.at))
        return RAN
    run_process(work, _passed_over(token, work, cmd))
    return SKIPPED


def _passed_over(token: str, work: DossierWork, cmd: ResolveIncident) -> Skipped:
    flow = cmd.way.removeprefix(FLOW) if cmd.way.startswith(FLOW) else None
    to = cmd.way.removeprefix(GOAL) if cmd.way.startswith(GOAL) else None
    return Skipped(token, cmd.reason.strip(), work.at, flow, to)


def _still(incident: Mapping[str, Any]) -> Text:
    return Text(
        f"Đã thử lại nhưng bước này vẫn chưa chạy được: {incident['message_vi']}",
        f"It was tried again, but the step still cannot be run: {incident['message_en']}",
    )
