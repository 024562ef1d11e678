"""Record: the third step of claim, call, record."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from connectors.port import Done, Outcome, Refused, TryLater, Unknown
from engine.actions.dossier import DossierWork, keep_work, load_work
from engine.actions.process.receive_message import take_waiting_messages
from engine.actions.process.run_process import run_process
from engine.context import OfficeContext
from engine.domain.actor import SYSTEM
from engine.domain.history import EventKind
from engine.domain.vocabulary import InstanceState, JobKind, JobState
from engine.store.connection import Tx
from engine.store.process import instances, jobs
from engine.store.records import JobRow
from engine.workflow.runner import JobFailed, JobFinished

SETTLED: Final = frozenset({"done", "failed", "cancelled"})
_LONGEST_PAUSE_S: Final = 15 * 60
_CHANCE: Final = random.SystemRandom()


@dataclass(frozen=True)
class FinishConnectorJob:
    """`outcome` TryLater puts the job back; the others settle it. A settled job is left alone.

    `claim`: owner and attempt of the worker that answers; an answer whose claim has passed on is not written.
    """

    job_id: str
    outcome: Outcome
    claim: tuple[str, int] | None = None


def finish_connector_job(tx: Tx, office: OfficeContext, cmd: FinishConnectorJob) -> bool:
    """Write how the call ended and, where a step of the process waited for it, move on in the same transaction.

    False when there was nothing to write: it was settled before, or another worker answers for it now.
    """
    job = jobs.get(tx, cmd.job_id)
    if job is None:
        return False
    work = load_work(tx, office, SYSTEM, job["dossier_id"]) if job["dossier_id"] else None
    job = jobs.get_locked(tx, cmd.job_id)
    if job is None or job["state"] in SETTLED or not (cmd.claim is None or jobs.still_holds(job, *cmd.claim)):
        return False
    if isinstance(cmd.outcome, TryLater):
        _try_later(tx, office, work, job, cmd.outcome)
    elif isinstance(cmd.outcome, Done):
        _done(tx, work, job, cmd.outcome)
    elif isinstance(cmd.outcome, Refused):
        _failed(tx, work, job, cmd.outcome.code, cmd.outcome.message_vi, cmd.outcome.message_en)
    else:
        _unknown(tx, work, job, cmd.outcome)
    if work is not None:
        keep_work(work)
        if isinstance(cmd.outcome, Done):
            take_waiting_messages(work)  # the other side may be quicker with its news than we with its answer
    return True


def _try_later(tx: Tx, office: OfficeContext, work: DossierWork | None, job: JobRow, outcome: TryLater) -> None:
    """Try again with growing, scattered pauses; after the last try the job is a dead letter to be seen."""
    if job["attempts"] >= office.settings.max_attempts:
        vi = f"Đã thử {job['attempts']} lần mà hệ thống bên ngoài không nhận: {outcome.reason}"
        _failed(tx, work, job, "exhausted", vi, f"Tried {job['attempts']} times in vain: {outcome.reason}")
        return
    pause = outcome.after_s
    if pause is None:
        pause = min(2.0 ** job["attempts"], _LONGEST_PAUSE_S) * _CHANCE.uniform(0.5, 1.5)
    jobs.postpone(tx, job["id"], tx.now + timedelta(seconds=pause), outcome.reason)


def _done(tx: Tx, work: DossierWork | None, job: JobRow, outcome: Done) -> None:
    result = dict(outcome.result)
    jobs.finish(tx, job["id"], JobState.DONE, result=result)
    if work is None:
        return
    work.happened(
        EventKind.JOB_DONE, {"kind": job["kind"], **_worth_showing(result)}, public=job["kind"] == JobKind.POST_DELIVER
    )
    if token := _awaited(work, job):
        run_process(work, JobFinished(token, result, tx.now))


def _failed(tx: Tx, work: DossierWork | None, job: JobRow, code: str, vi: str, en: str) -> None:
    """A call that will not succeed. If the process waits for it, the diagram catches it or an incident shows it."""
    jobs.finish(tx, job["id"], JobState.FAILED, error=vi)
    if work is None:
        return
    work.happened(EventKind.JOB_FAILED, {"kind": job["kind"], "code": code})
    if token := _awaited(work, job):
        run_process(work, JobFailed(token, code, vi, tx.now))
        for incident in work.new_incidents:
            incident["job_id"] = job["id"]
    else:
        _open_incident(tx, job, f"job_{code}", vi, en)


def _unknown(tx: Tx, work: DossierWork | None, job: JobRow, outcome: Unknown) -> None:
    """It may or may not have taken effect. Only a person may decide; it is never sent again blindly."""
    jobs.finish(tx, job["id"], JobState.UNKNOWN, error=outcome.reason)
    if work is not None:
        work.happened(EventKind.JOB_UNKNOWN, {"kind": job["kind"]})
    _open_incident(
        tx,
        job,
        "job_unknown",
        f"Không rõ yêu cầu “{job['kind']}” đã được bên ngoài thực hiện hay chưa. Hãy kiểm tra với bên đó rồi chọn.",
        f'It is not known whether "{job["kind"]}" took effect. Please ask the other side, then choose.',
    )


def _open_incident(tx: Tx, job: JobRow, code: str, vi: str, en: str) -> None:
    instances.add_incident(
        tx,
        {
            "instance_id": job["instance_id"],
            "job_id": job["id"],
            "token": job["token"],
            "code": code[:40],
            "message_vi": vi,
            "message_en": en,
        },
    )


def _awaited(work: DossierWork, job: JobRow) -> str | None:
    """The token that still waits for this answer, or None; a withdrawn dossier waits for nothing."""
    running = work.instance is not None and work.instance["state"] == InstanceState.RUNNING
    return job["token"] if running else None


def _worth_showing(result: dict[str, Any]) -> dict[str, Any]:
    return {key: result[key] for key in ("tracking_number",) if key in result}
