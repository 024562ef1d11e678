"""An official deals with a step that could not go on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.actions.run_process import run_process
from engine.actions.step import Step, load_step
from engine.domain.actor import Actor, must_be_staff
from engine.domain.errors import Invalid, NotFound, WrongState
from engine.domain.text import Text
from engine.office import Office
from engine.store import dossiers, instances, jobs
from engine.store.database import Tx
from engine.store.rows import Row
from engine.workflow.runner import JobFinished, Retried, Skipped

CHOICES: Final = ("retry", "skip", "done", "not_done")


@dataclass(frozen=True)
class ResolveIncident:
    """`how`: retry | skip | done (it did take effect outside) | not_done (it did not: call again). With a reason."""

    actor: Actor
    incident_id: str
    how: str
    reason: str


def resolve_incident(tx: Tx, office: Office, cmd: ResolveIncident) -> None:
    """Do what the official decided; who decided and why stays in the history."""
    must_be_staff(cmd.actor, "admin", "unit_head")
    reason = cmd.reason.strip()
    if cmd.how not in CHOICES or not reason:
        raise Invalid({"reason": Text("Hãy chọn cách xử lý và ghi lý do.", "Choose what to do and give the reason.")})
    incident = instances.get_incident(tx, cmd.incident_id)
    if incident is None:
        raise NotFound
    step = _step_of(tx, office, cmd.actor, incident)
    incident = instances.get_incident(tx, cmd.incident_id)  # again, now that the dossier is held
    if incident is None or incident["state"] != "open":
        raise WrongState(Text("Sự cố này đã được xử lý.", "This incident has been dealt with."))
    instances.change_incident(
        tx, cmd.incident_id, {"state": "resolved", "resolved_at": tx.now, "resolution": f"{cmd.how}: {reason}"}
    )
    step.happened("incident.resolved", {"code": incident["code"], "how": cmd.how, "reason": reason})
    if incident["job_id"] is not None:
        _settle_job(step, incident, cmd.how)
    else:
        _move_on(step, incident, cmd.how, reason)
    step.keep()


def _step_of(tx: Tx, office: Office, actor: Actor, incident: Row) -> Step:
    """The dossier the incident belongs to, through its process or its job."""
    instance = instances.get(tx, incident["instance_id"]) if incident["instance_id"] else None
    job = jobs.get(tx, incident["job_id"]) if incident["job_id"] else None
    dossier_id = instance["dossier_id"] if instance else job and job["dossier_id"]
    if not dossier_id or dossiers.get(tx, dossier_id) is None:
        raise NotFound
    step = load_step(tx, office, actor, dossier_id)
    if not actor.has_role("admin") and step.dossier["unit_id"] != actor.unit_id:
        raise NotFound  # another unit's: it does not exist for them
    return step


def _settle_job(step: Step, incident: Row, how: str) -> None:
    """Call again, or take the official's word for what became of the call."""
    job = jobs.get_locked(step.tx, incident["job_id"])
    if job is None:
        raise NotFound
    # An incident of the process names its element: the token stands still and has to be moved first.
    stands_still = bool(incident["token"] and incident["element_id"]) and _is_running(step)
    if how in ("retry", "not_done"):
        if stands_still:
            run_process(step, Retried(incident["token"], step.at))
        if not jobs.put_back(step.tx, job["id"]):
            raise WrongState
        return
    jobs.finish(step.tx, job["id"], "done" if how == "done" else "cancelled", result={"by_hand": True})
    if stands_still:
        run_process(step, Skipped(incident["token"], how, step.at))
    elif job["token"] and _is_running(step):
        run_process(step, JobFinished(job["token"], {}, step.at))


def _is_running(step: Step) -> bool:
    return step.instance is not None and step.instance["state"] == "running"


def _move_on(step: Step, incident: Row, how: str, reason: str) -> None:
    token = incident["token"]
    if not token:
        return  # nothing stands still: the incident only had to be seen
    if how == "retry":
        run_process(step, Retried(token, step.at))
    else:
        run_process(step, Skipped(token, reason, step.at))
