"""Claim, call, record: one connector job after the other, each step so that a crash between them does no harm."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from datetime import timedelta
from typing import Final

from connectors.port import Done, Outcome
from engine.actions.process import FinishConnectorJob, finish_connector_job
from engine.bootstrap import Platform
from engine.domain.actor import SYSTEM
from engine.domain.errors import Conflict, Unreachable
from engine.domain.history import EventKind
from engine.jobs.outcomes import AskAgain, begin, is_answer, line_trouble, resume
from engine.store.connection import Row
from engine.store.history import events
from engine.store.process import circuits, instances, jobs
from engine.store.records import JobRow

_LOG = logging.getLogger("motcua.jobs")
_RECORD_TRIES: Final = 5
_RING_LIMIT: Final = 20  # so many slow calls stay within RQ's limit of time, which would cut one off in the middle
_PAUSE_WITHOUT_DATABASE_S: Final = 0.5


class JobRunner:
    """One worker thread's hands. `owner` names them in the rows, so that a late answer can be told apart."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.owner = f"{socket.gethostname()[:40]}:{os.getpid()}:{threading.get_ident() % 10**9}"[:80]
        self.under_way: JobRow | None = None  # the job whose call is being made just now
        self._troubled: dict[str, Row] = {}  # the lines that did not work well when we claimed

    def work_off(self, stop: threading.Event, limit: int = 1000) -> int:
        """Do due jobs until none is left, `limit` is reached or `stop` is set; gives how many were done."""
        done = 0
        if not self._is_something_due():
            return done
        while done < limit and not stop.is_set() and self._one():
            done += 1
        return done

    def _is_something_due(self) -> bool:
        """A look that writes nothing, for the many times when there is nothing to do."""
        with self.platform.database.read() as tx:
            due_at = jobs.next_due(tx)
            return due_at is not None and due_at <= tx.now

    def _one(self) -> bool:
        """Do one job. One at a time: a claimed job must not wait behind a slow one while its lease runs out."""
        claimed = self._claim()
        if claimed is None:
            return False
        job, in_doubt = claimed
        self.under_way = job
        try:
            self._call(job, in_doubt)
        finally:
            self.under_way = None
        return True

    def _call(self, job: JobRow, in_doubt: bool) -> None:
        platform = self.platform
        judge = resume if in_doubt else begin
        outcome = judge(platform.registry, job, platform.settings.max_attempts, platform.clock.now())
        if isinstance(outcome, AskAgain):
            self._keep(job, outcome)
        else:
            self._record(job, outcome)

    def renew(self) -> int:
        """Hold on to the job under way: a slow call is not a dead worker. Gives how many leases were prolonged."""
        job, lease = self.under_way, timedelta(seconds=self.platform.settings.lease_seconds)
        if job is None or job["due_at"] - lease * 0.75 > self.platform.clock.now():
            return 0  # just begun
        with self.platform.database.begin() as tx:
            return int(jobs.renew(tx, job["id"], self.owner, job["attempts"], tx.now + lease))

    def _claim(self) -> tuple[JobRow, bool] | None:
        """(job, in doubt): the one that is due longest, be it that it waits or that its worker died."""
        lease = self.platform.settings.lease_seconds
        with self.platform.database.begin() as tx:
            self._troubled = {line["kind"]: line for line in circuits.failing(tx)}
            cut = [kind for kind, line in self._troubled.items() if circuits.is_open(line, tx.now)]
            taken = jobs.claim(tx, self.owner, lease, 1, cut)
            if not taken:
                return None
            in_doubt = jobs.is_in_doubt(tx, taken[0])
            if taken[0]["kind"] in self._troubled and not in_doubt:
                circuits.half_open(tx, taken[0]["kind"], tx.now + timedelta(seconds=lease))
            return taken[0], in_doubt

    def _keep(self, job: JobRow, doubt: AskAgain) -> None:
        with self.platform.database.begin() as tx:
            jobs.keep_claim(tx, job["id"], self.owner, tx.now + timedelta(seconds=doubt.after_s))
            if doubt.line_failed:
                circuits.record_failure(tx, job["kind"], doubt.reason)

    def _record(self, job: JobRow, outcome: Outcome) -> None:
        """Write the outcome and the next step of the process in one transaction.

        A lost race on the dossier is tried again, a database that is away is waited for while the claim holds; then
        the claim runs out and somebody asks anew. Any other error becomes an incident with the answer kept beside it.
        """
        races, until = 0, time.monotonic() + self.platform.settings.lease_seconds
        while races < _RECORD_TRIES:
            try:
                self._write(job, outcome)
            except Conflict:
                races += 1
                _LOG.info("job %s: lost a race, attempt %d", job["id"], races)
                continue
            except Unreachable:
                if time.monotonic() < until:
                    time.sleep(_PAUSE_WITHOUT_DATABASE_S)
                    continue
                _LOG.warning("job %s: the database is away; its lease will run out", job["id"])
            except Exception as error:
                _LOG.exception("job %s could not be recorded", job["id"])
                self._put_aside(job, outcome, error)
            return

    def _write(self, job: JobRow, outcome: Outcome) -> None:
        with self.platform.database.begin() as tx:
            claim = (self.owner, int(job["attempts"]))
            if not finish_connector_job(tx, self.platform.office, FinishConnectorJob(job["id"], outcome, claim)):
                _LOG.info("job %s: the answer came after the claim had passed on", job["id"])
            elif (trouble := line_trouble(outcome)) is not None:
                circuits.record_failure(tx, job["kind"], *trouble)
            elif job["kind"] in self._troubled and is_answer(outcome):
                circuits.record_success(tx, job["kind"])

    def _put_aside(self, job: JobRow, outcome: Outcome, error: Exception) -> None:
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
            events.append(tx, chain, SYSTEM, EventKind.JOB_RECORD_FAILED, {"job": job["id"], "kind": job["kind"]})


class WorkerContext:
    """The platform of this worker process, for the function RQ calls by name."""

    def __init__(self) -> None:
        self.platform: Platform | None = None
        self.stop = threading.Event()


WORKER: Final = WorkerContext()


def drain() -> int:
    """What an RQ worker runs when it is notified: work off what is due. The rows say what that is."""
    if WORKER.platform is None:
        raise RuntimeError("only `motcua worker` may run this queue")
    try:
        return JobRunner(WORKER.platform).work_off(WORKER.stop, _RING_LIMIT)
    except Unreachable:
        return 0  # the sweeper of this process goes on looking
