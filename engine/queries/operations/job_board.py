"""Connector jobs and incidents for those who keep the platform running."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, func, select, true

from engine.domain.actor import Actor, Role, must_be_staff
from engine.domain.text import Text
from engine.domain.vocabulary import OPEN_JOBS, IncidentState, JobState
from engine.store.connection import Row, Tx, rows
from engine.store.process import circuits, jobs
from engine.store.schema.dossiers import dossier
from engine.store.schema.work import connector_job, incident, process_instance

_SHOWN: Final[Mapping[str, tuple[JobState, ...]]] = {
    "open": tuple(OPEN_JOBS),
    "failed": (JobState.FAILED,),
    "unknown": (JobState.UNKNOWN,),
    "all": tuple(JobState),
}
# Beside the states themselves, the words by which the database finds the few among all that ever were.
_WORDS: Final[Mapping[str, ColumnElement[bool]]] = {
    "open": jobs.IS_OPEN,
    "failed": jobs.IS_IN_TROUBLE,
    "unknown": jobs.IS_IN_TROUBLE,
}


@dataclass(frozen=True)
class JobRow:
    """A call to the outside. No personal data: the payload is not shown here."""

    id: str
    kind: str
    state: str
    attempts: int
    dossier_id: str | None
    dossier_code: str | None
    due_at: datetime | None
    created_at: datetime
    error: str | None
    incident_id: str | None


@dataclass(frozen=True)
class IncidentCard:
    """An open incident and what can be done about it."""

    id: str
    code: str
    message: Text
    dossier_id: str | None
    dossier_code: str | None
    job_id: str | None
    opened_at: datetime
    choices: tuple[str, ...]


@dataclass(frozen=True)
class JobBoard:
    """`counts` by view, but for "all". `lines`: a sentence for each line to the outside that does not work just now."""

    jobs: tuple[JobRow, ...]
    incidents: tuple[IncidentCard, ...]
    counts: Mapping[str, int]
    next_cursor: str | None
    lines: tuple[Text, ...] = ()


def job_board(tx: Tx, actor: Actor, which: str = "open", cursor: str | None = None, size: int = 50) -> JobBoard:
    """Jobs of one kind of state, newest first, and the open incidents: admins see all, a unit's head the unit's."""
    must_be_staff(actor, Role.ADMIN, Role.UNIT_HEAD)
    theirs = true() if actor.has_role(Role.ADMIN) else dossier.c.unit_id == actor.unit_id
    found = _jobs(tx, which if which in _SHOWN else "open", theirs, cursor, size + 1)
    following = found[size - 1]["id"] if len(found) > size else None
    lines = tuple(_line(row, tx.now) for row in circuits.failing(tx))
    shown = tuple(_job(row) for row in found[:size])
    return JobBoard(shown, _incidents(tx, theirs), _counts(tx, theirs), following, lines)


def _counts(tx: Tx, theirs: ColumnElement[bool]) -> dict[str, int]:
    """How many wait, failed or are in doubt. What is done is not counted: it is nearly everything there ever was."""
    joined = connector_job.outerjoin(dossier, dossier.c.id == connector_job.c.dossier_id)
    found: dict[str, int] = {}
    for words in (jobs.IS_OPEN, jobs.IS_IN_TROUBLE):
        by_state = select(connector_job.c.state, func.count().label("number")).select_from(joined).where(words, theirs)
        found |= {row["state"]: row["number"] for row in rows.every(tx, by_state.group_by(connector_job.c.state))}
    views = {name: sum(found.get(state, 0) for state in states) for name, states in _SHOWN.items() if name != "all"}
    return {name: number for name, number in views.items() if number}


def _line(row: Row, now: datetime) -> Text:
    """How a line stands: it failed a few times, or it rests and the jobs wait without spending their tries."""
    kind, failures, reason = row["kind"], row["failures"], row["reason"] or ""
    if not circuits.is_open(row, now):
        return Text(
            f"Kết nối “{kind}”: {failures} lần liên tiếp chưa được ({reason}).",
            f'Line "{kind}": failed {failures} times in a row ({reason}).',
        )
    rest = math.ceil((row["open_until"] - now).total_seconds())
    return Text(
        f"Kết nối “{kind}” tạm nghỉ thêm {rest} giây sau {failures} lần liên tiếp chưa được ({reason}); "
        "các yêu cầu được giữ lại và tự gửi sau.",
        f'Line "{kind}" rests {rest} more seconds after {failures} failures in a row ({reason}); '
        "its calls are kept and leave by themselves later.",
    )


def _jobs(tx: Tx, which: str, theirs: ColumnElement[bool], cursor: str | None, limit: int) -> list[Row]:
    shown = select(connector_job, dossier.c.code.label("dossier_code"), incident.c.id.label("incident_id")).select_from(
        connector_job.outerjoin(dossier, dossier.c.id == connector_job.c.dossier_id).outerjoin(
            incident, (incident.c.job_id == connector_job.c.id) & (incident.c.state == IncidentState.OPEN)
        )
    )
    chosen = shown.where(connector_job.c.state.in_(_SHOWN[which]), _WORDS.get(which, true()), theirs)
    if cursor:
        chosen = chosen.where(connector_job.c.id < cursor)
    return rows.every(tx, chosen.order_by(connector_job.c.id.desc()).limit(limit))


def _incidents(tx: Tx, theirs: ColumnElement[bool]) -> tuple[IncidentCard, ...]:
    of = func.coalesce(process_instance.c.dossier_id, connector_job.c.dossier_id)
    joined = (
        incident.outerjoin(process_instance, process_instance.c.id == incident.c.instance_id)
        .outerjoin(connector_job, connector_job.c.id == incident.c.job_id)
        .outerjoin(dossier, dossier.c.id == of)
    )
    statement = (
        select(incident, dossier.c.id.label("dossier_id"), dossier.c.code.label("dossier_code"))
        .select_from(joined)
        .where(incident.c.state == IncidentState.OPEN, theirs)
        .order_by(incident.c.opened_at, incident.c.id)
        .limit(200)
    )
    return tuple(_incident(row) for row in rows.every(tx, statement))


def _job(row: Row) -> JobRow:
    return JobRow(
        id=row["id"],
        kind=row["kind"],
        state=row["state"],
        attempts=row["attempts"],
        dossier_id=row["dossier_id"],
        dossier_code=row["dossier_code"],
        due_at=row["due_at"] if row["state"] in _SHOWN["open"] else None,
        created_at=row["created_at"],
        error=row["error"],
        incident_id=row["incident_id"],
    )


def _incident(row: Row) -> IncidentCard:
    return IncidentCard(
        id=row["id"],
        code=row["code"],
        message=Text(row["message_vi"], row["message_en"]),
        dossier_id=row["dossier_id"],
        dossier_code=row["dossier_code"],
        job_id=row["job_id"],
        opened_at=row["opened_at"],
        choices=choices_of(row["code"], row["job_id"]),
    )


def choices_of(code: str, job_id: str | None) -> tuple[str, ...]:
    """What an official can decide: a call in doubt was either made or not; a failed one can be tried again."""
    if code == "job_unknown":
        return ("done", "not_done")
    if code == "timer_failed":
        return ("retry",)
    return ("retry", "done", "skip") if job_id else ("retry", "skip")
