"""An official's queue: only tasks of their roles and unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from engine.domain.actor import Actor, Role, must_be_staff
from engine.domain.dossier import status_label
from engine.domain.text import Text
from engine.domain.vocabulary import Audience, TaskState
from engine.queries import keyset
from engine.queries.dossier import dossiers_found
from engine.store.connection import Row, Tx, rows
from engine.store.process import jobs
from engine.store.schema.dossiers import dossier
from engine.store.schema.people import staff
from engine.store.schema.work import connector_job, task

_T: Final = task.c
CAP: Final = 1000  # counts are exact up to here; beyond it nobody reads them
SOON: Final = timedelta(hours=8)


@dataclass(frozen=True)
class QueueRow:
    """One task in the queue."""

    task_id: str
    dossier_id: str
    dossier_code: str
    procedure_code: str
    name: Text
    owner_name: str
    role: str
    status: int
    status_label: Text
    assignee_id: str | None
    assignee_name: str | None
    opened_at: datetime
    due_at: datetime | None
    overdue: bool

    @property
    def by_applicant(self) -> bool:
        """Whether the office waits for the citizen here."""
        return self.role == "applicant"


@dataclass(frozen=True)
class QueuePage:
    """`next_cursor` is None on the last page. `counts` are exact up to their cap (1,000)."""

    rows: tuple[QueueRow, ...]
    next_cursor: str | None
    counts: Mapping[str, int]
    which: str


def work_queue(
    tx: Tx, actor: Actor, which: str = "mine", text: str = "", cursor: str | None = None, size: int = 50
) -> QueuePage:
    """The tasks of one list, due first. `cursor`: the page before's next_cursor; a broken one starts anew."""
    lists = _lists(must_be_staff(actor), tx.now, searched=bool(text))
    chosen = which if which in lists else "mine"
    meant = dossiers_found(tx, text, _T.dossier_id)
    condition = and_(_T.state == TaskState.OPEN, lists[chosen], *meant, *_after(cursor))
    statement = (
        select(
            task,
            dossier.c.code,
            dossier.c.procedure_code,
            dossier.c.owner,
            dossier.c.status,
            staff.c.full_name.label("assignee_name"),
        )
        .join(dossier, dossier.c.id == _T.dossier_id)
        .outerjoin(staff, staff.c.id == _T.assignee_id)
        .where(condition)
        .order_by(_T.sort_at, _T.id)
        .limit(size + 1)
    )
    found = rows.every(tx, statement)
    page = tuple(_row(row, tx.now) for row in found[:size])
    following = keyset.packed(found[size - 1]["sort_at"], found[size - 1]["id"]) if len(found) > size else None
    return QueuePage(page, following, _counts(tx, lists), chosen)


def _lists(actor: Actor, now: datetime, *, searched: bool) -> dict[str, ColumnElement[bool]]:
    """What each list holds; every one within the actor's unit and roles. Who leads the unit sees all its tasks.

    Who searches means a dossier, whoever holds it.
    """
    ours = and_(_T.unit_id == actor.unit_id, _T.role.in_(sorted(actor.roles)), _T.audience == Audience.STAFF)
    calls = select(connector_job.c.dossier_id).where(jobs.IS_IN_TROUBLE)
    of_the_unit = and_(_T.unit_id == actor.unit_id, _T.audience == Audience.STAFF)
    led = {"office": of_the_unit} if actor.has_role(Role.UNIT_HEAD, Role.ADMIN) else {}
    return {
        "mine": and_(ours, _T.assignee_id == actor.id),
        "unit": ours if searched else and_(ours, _T.assignee_id.is_(None)),
        **led,
        "waiting": and_(_T.unit_id == actor.unit_id, _T.audience == Audience.APPLICANT),
        "due_soon": and_(led.get("office", ours), _T.sort_at <= now + SOON),
        "failed_jobs": and_(ours, _T.dossier_id.in_(calls)),
    }


def _counts(tx: Tx, lists: Mapping[str, ColumnElement[bool]]) -> dict[str, int]:
    """How many tasks each list holds, up to the cap: one statement for all."""
    some = {
        name: select(_T.id).where(_T.state == TaskState.OPEN, one).limit(CAP).subquery() for name, one in lists.items()
    }
    numbers = [select(func.count()).select_from(one).scalar_subquery().label(name) for name, one in some.items()]
    return {name: int(number) for name, number in tx.execute(select(*numbers)).mappings().one().items()}


def _after(cursor: str | None) -> list[ColumnElement[bool]]:
    """Rows behind the last one seen: steady at any depth, whatever was completed meanwhile."""
    seen = keyset.unpacked(cursor)
    if seen is None:
        return []
    seen_at, last_id = seen
    return [or_(_T.sort_at > seen_at, and_(_T.sort_at == seen_at, _T.id > last_id))]


def _row(row: Row, now: datetime) -> QueueRow:
    owner: Mapping[str, Any] = row["owner"]
    return QueueRow(
        task_id=row["id"],
        dossier_id=row["dossier_id"],
        dossier_code=row["code"],
        procedure_code=row["procedure_code"],
        name=Text(row["name_vi"], row["name_en"]),
        owner_name=owner.get("organisation_name") or owner.get("full_name", ""),
        role=row["role"],
        status=row["status"],
        status_label=status_label(row["status"]),
        assignee_id=row["assignee_id"],
        assignee_name=row["assignee_name"],
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        overdue=row["due_at"] is not None and row["due_at"] < now,
    )
