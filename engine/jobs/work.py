"""Claim, call, record: one connector job after the other, each step so that a crash between them does no harm."""

from __future__ import annotations

import logging
import os
import socket
import threading
from datetime import timedelta
from typing import Final

from connectors.port import Done, Outcome
from engine.actions.finish_connector_job import FinishConnectorJob, finish_connector_job
from engine.bootstrap import Platform
from engine.domain.actor import SYSTEM
from engine.domain.errors import Conflict, Unreachable
from engine.jobs.outcomes import AskAgain, begin, resume
from engine.store import events, instances, jobs
from engine.store.rows import Row

_LOG = logging.getLogger("motcua.jobs")
_RECORD_TRIES: Final = 5


class Line:
    """One worker thread's hands. `owner` names them in the rows, so that a late answer can be told apart."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.owner = f"{socket.gethostname()[:40]}:{os.getpid()}:{threading.get_ident() % 10**9}"[:80]

    def work_off(self, stop: threading.Event, limit: int = 1000) -> int:
        """Do due jobs until none is left, `limit` is reached or `stop` is set; gives how many were done."""
        done = 0
        while done < limit and not stop.is_set():
            if not self._one():
                break
            done += 1
        return done

    def _one(self) -> bool:
        """Do one job. One at a time: a claimed job must not wait behind a slow one while its lease runs out."""
        platform = self.platform
        with platform.database.read() as tx:
            due_at = jobs.next_due(tx)
            if due_at is None or due_at > tx.now:
                return False
        claimed = self._claim()
        if claimed is None:
            return False
        job, in_doubt = claimed
        judge = resume if in_doubt else begin
        outcome = judge(platform.registry, job, platform.settings.max_attempts)
        if isinstance(outcome, AskAgain):
            self._keep(job, outcome)
        else:
            self._record(job, outcome)
        return True

    def _claim(self) -> tuple[Row, bool] | None:
        """(job, in doubt): first one whose worker died, then the next that waits."""
        lease = self.platform.settings.lease_seconds
        with self.platform.database.begin() as tx:
            expired = jobs.take_over(tx, self.owner, lease, 1)
            if expired:
                return expired[0], True
            waiting = jobs.claim(tx, self.owner, lease, 1)
        return (waiting[0], False) if waiting else None

    def _keep(self, job: Row, doubt: AskAgain) -> None:
        with self.platform.database.begin() as tx:
            jobs.keep_claim(tx, job["id"], self.owner, tx.now + timedelta(seconds=doubt.after_s))

    def _record(self, job: Row, outcome: Outcome) -> None:
        """Write the outcome and the next step of the process in one transaction.

        A lost race on the dossier is tried again; a database that is away leaves the claim to run out. Any other
        error becomes an incident with the answer kept beside it.
        """
        for attempt in range(1, _RECORD_TRIES + 1):
            try:
                self._write(job, outcome)
            except Conflict:
                _LOG.info("job %s: lost a race, attempt %d", job["id"], attempt)
                continue
            except Unreachable:
                _LOG.warning("job %s: the database is away; its lease will run out", job["id"])
            except Exception as error:
                _LOG.exception("job %s could not be recorded", job["id"])
                self._put_aside(job, outcome, error)
            return

    def _write(self, job: Row, outcome: Outcome) -> None:
        with self.platform.database.begin() as tx:
            if jobs.claim_holds(tx, job["id"], self.owner, job["attempts"]):
                finish_connector_job(tx, self.platform.office, FinishConnectorJob(job["id"], outcome))
            else:
                _LOG.info("job %s: the answer came after the claim had passed on", job["id"])

    def _put_aside(self, job: Row, outcome: Outcome, error: Exception) -> None:
        result = outcome.result if isinstance(outcome, Done) else None
        with self.platform.database.begin() as tx:
            jobs.keep_answer(tx, job["id"], result, f"{type(error).__name__}: {error}"[:2000])
            instances.add_incident(
                tx,
                {
                    "instance_id": job["instance_id"],
                    "job_id": job["id"],
                    "token": job["token"],
                    "code": "record_failed",
                    "message_vi": f"Bên ngoài đã trả lời “{job['kind']}” nhưng chưa ghi được kết quả. Hãy thử lại.",
                    "message_en": f'"{job["kind"]}" was answered, but the answer could not be recorded. Try again.',
                },
            )
            chain = job["dossier_id"] or events.OFFICE
            events.append(tx, chain, SYSTEM, "job.record_failed", {"job": job["id"], "kind": job["kind"]})


class Desk:
    """The platform of this worker process, for the function RQ calls by name."""

    def __init__(self) -> None:
        self.platform: Platform | None = None
        self.stop = threading.Event()


DESK: Final = Desk()


def drain() -> int:
    """What an RQ worker runs when the bell rings: work off what is due. The rows say what that is."""
    if DESK.platform is None:
        raise RuntimeError("only `motcua worker` may run this queue")
    return Line(DESK.platform).work_off(DESK.stop)
