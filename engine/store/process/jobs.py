"""Connector jobs: the rows that are the truth of every outside effect. Adding one wakes a worker after the commit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import bindparam, case, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.identifiers import new_id
from engine.domain.vocabulary import ANSWERABLE_JOBS, TROUBLED_JOBS
from engine.domain.vocabulary import JobState as S
from engine.store.connection import Tx, rows
from engine.store.records import JobRow
from engine.store.schema import work
from engine.store.schema.columns import spelt
from engine.store.schema.work import connector_job

_JOB: Final = connector_job.c
_PENDING: Final[Any] = spelt(S.PENDING)
_CLAIMED: Final[Any] = spelt(S.CLAIMED)
# The very words of the partial indexes: SQLite does not see that "is pending" implies them.
IS_OPEN: Final[Any] = text(f"connector_job.{work.IS_OPEN}")
IS_IN_TROUBLE: Final[Any] = text(f"connector_job.{work.IS_IN_TROUBLE}")
_ADD: Final = {
    on_postgresql: insert(connector_job).on_conflict_do_nothing(index_elements=["key"]).returning(_JOB.id)
    for on_postgresql, insert in ((True, postgresql.insert), (False, sqlite.insert))
}
_EMPTY: Final[Mapping[str, Any]] = {"dossier_id": None, "instance_id": None, "token": None}


def add(tx: Tx, values: Mapping[str, Any]) -> str | None:
    """Add a job (`kind`, `key`, `payload`, perhaps `dossier_id`, `instance_id`, `token`, `due_at`).

    Gives its id, or None when a job with this key exists already: asking twice is asking once.
    """
    added = add_all(tx, [values])
    return added[0] if added else None


def add_all(tx: Tx, new: Iterable[Mapping[str, Any]]) -> list[str]:
    """Add jobs in one statement; gives the ids of those whose key was new."""
    complete = [
        {"id": new_id(tx.now), "state": S.PENDING, "attempts": 0, "created_at": tx.now, "due_at": tx.now}
        | dict(_EMPTY)
        | dict(row)
        for row in new
    ]
    if not complete:
        return []
    added = [str(row_id) for row_id in tx.execute(_ADD[tx.on_postgresql], complete).scalars()]
    if added:
        tx.notify_after_commit()
    return added


def get(tx: Tx, job_id: str) -> JobRow | None:
    """The job, or None."""
    return rows.get(tx, connector_job, job_id)


def get_locked(tx: Tx, job_id: str) -> JobRow | None:
    """The job, held against other writers until the transaction ends."""
    return rows.get_locked(tx, connector_job, job_id)


def by_key(tx: Tx, key: str) -> JobRow | None:
    """The job with this key, or None."""
    return rows.first(tx, select(connector_job).where(_JOB.key == key))


def of_dossier(tx: Tx, dossier_id: str) -> list[JobRow]:
    """The jobs of a dossier, oldest first."""
    return rows.every(tx, select(connector_job).where(_JOB.dossier_id == dossier_id).order_by(_JOB.created_at, _JOB.id))


def claim(tx: Tx, owner: str, lease_s: int, limit: int, cut_lines: Collection[str] = ()) -> list[JobRow]:
    """Take due jobs for `lease_s` seconds: they are ours alone until then. Raises each one's attempts.

    Among them are those whose worker let its lease run out: it may have died before or after its call, so they are
    in doubt (`is_in_doubt`). Jobs of kinds in `cut_lines` wait: the other side does not answer just now, and their
    tries are not spent on that.
    """
    chosen = _TAKE_REACHABLE if cut_lines else _TAKE
    values = {"now": tx.now, "owner": owner, "lease_ends": tx.now + timedelta(seconds=lease_s), "most": limit}
    taken = tx.execute(chosen, values | ({"cut_lines": list(cut_lines)} if cut_lines else {})).mappings()
    return cast("list[JobRow]", sorted(taken, key=lambda row: (row["created_at"], row["id"])))


def is_in_doubt(tx: Tx, claimed: JobRow) -> bool:
    """Whether a job just claimed was called before by a worker that was never heard of again."""
    return bool(claimed["called_at"] != tx.now)


def _take(*, reachable: bool) -> Any:
    """The statement of `claim`, built once: it is asked thousands of times."""
    now = bindparam("now", type_=_JOB.due_at.type)
    waiting: Any = _JOB.state == _PENDING
    if reachable:
        waiting &= _JOB.kind.not_in(bindparam("cut_lines", expanding=True))
    ids = (
        select(_JOB.id)
        .where(_JOB.due_at <= now, IS_OPEN, waiting | (_JOB.state == _CLAIMED))
        .order_by(_JOB.due_at)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )
    return (
        update(connector_job)
        .where(_JOB.id.in_(ids.scalar_subquery()))
        .values(
            state=S.CLAIMED,
            owner=bindparam("owner"),
            attempts=_JOB.attempts + 1,
            due_at=bindparam("lease_ends", type_=_JOB.due_at.type),
            called_at=case((_JOB.state == _PENDING, now), else_=_JOB.called_at),
        )
        .returning(connector_job)
    )


_TAKE: Final = _take(reachable=False)
_TAKE_REACHABLE: Final = _take(reachable=True)


def still_holds(job: JobRow, owner: str, attempt: int) -> bool:
    """Whether a claim still counts, or has passed to another worker because its lease ran out.

    A job that others have since declared unknown still counts: a late answer is better than none.
    """
    return job["state"] in ANSWERABLE_JOBS and (job["owner"], job["attempts"]) == (owner, attempt)


def renew(tx: Tx, job_id: str, owner: str, attempt: int, until: datetime) -> bool:
    """Prolong our lease while the call is under way; False when the claim has passed on."""
    ours = update(connector_job).where(
        _JOB.id == job_id, _JOB.owner == owner, _JOB.attempts == attempt, _JOB.state == _CLAIMED, _JOB.due_at < until
    )
    return tx.execute(ours.values(due_at=until)).rowcount == 1


def keep_claim(tx: Tx, job_id: str, owner: str, until: datetime) -> bool:
    """Move the end of our lease: the job is looked at again then, as one in doubt. False when it is not ours."""
    ours = update(connector_job).where(_JOB.id == job_id, _JOB.owner == owner, _JOB.state == _CLAIMED)
    return tx.execute(ours.values(due_at=until)).rowcount == 1


def keep_answer(tx: Tx, job_id: str, result: Mapping[str, Any] | None, error: str) -> None:
    """Put an answer aside whose recording failed, so that trying again records it without calling again."""
    values = {"state": S.FAILED, "result": None if result is None else dict(result), "error": error}
    rows.change(tx, connector_job, job_id, {**values, "finished_at": tx.now})


def postpone(tx: Tx, job_id: str, due_at: datetime, error: str) -> None:
    """Put a job back for another try at `due_at`."""
    rows.change(tx, connector_job, job_id, {"state": S.PENDING, "owner": None, "due_at": due_at, "error": error})


def finish(tx: Tx, job_id: str, state: S, *, result: Mapping[str, Any] | None = None, error: str | None = None) -> None:
    """Write how a job ended: done, failed, unknown or cancelled."""
    values = {"state": state, "result": None if result is None else dict(result), "error": error}
    rows.change(tx, connector_job, job_id, {**values, "finished_at": tx.now})


def cancel(tx: Tx, instance_id: str, tokens: Sequence[str]) -> int:
    """Cancel jobs nobody has begun yet; gives how many. One under way goes on, and its answer is only noted."""
    if not tokens:
        return 0
    waiting = update(connector_job).where(
        _JOB.instance_id == instance_id, _JOB.token.in_(tokens), _JOB.state.in_((S.HELD, S.PENDING))
    )
    return tx.execute(waiting.values(state=S.CANCELLED, finished_at=tx.now)).rowcount


def release(tx: Tx, dossier_id: str) -> int:
    """Let the jobs of a dossier go that waited for its fee; gives how many."""
    held = update(connector_job).where(_JOB.dossier_id == dossier_id, _JOB.state == S.HELD)
    released = tx.execute(held.values(state=S.PENDING, due_at=tx.now)).rowcount
    if released:
        tx.notify_after_commit()
    return released


def put_back(tx: Tx, job_id: str) -> bool:
    """Try a failed or unknown job again now, because an official decided so; False when it is in another state."""
    stopped = update(connector_job).where(_JOB.id == job_id, _JOB.state.in_(TROUBLED_JOBS))
    again = stopped.values(state=S.PENDING, attempts=0, owner=None, due_at=tx.now, error=None, finished_at=None)
    if tx.execute(again).rowcount != 1:
        return False
    tx.notify_after_commit()
    return True


def next_due(tx: Tx) -> datetime | None:
    """When the next job wants to be looked at, or None when none is open."""
    statement = select(_JOB.due_at).where(IS_OPEN).order_by(_JOB.due_at)
    found = tx.execute(statement.limit(1)).scalar_one_or_none()
    return found if isinstance(found, datetime) else None


def listed(tx: Tx, states: Sequence[str], limit: int) -> list[JobRow]:
    """Jobs in these states, newest first: dead letters are to be seen."""
    return rows.every(
        tx,
        select(connector_job).where(_JOB.state.in_(states)).order_by(_JOB.created_at.desc(), _JOB.id).limit(limit),
    )
