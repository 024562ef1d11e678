"""An official looks a dossier up, whatever has become of it.

find_dossiers(tx, actor, text, which, cursor) -> FoundPage
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select

from engine.domain.actor import Actor, must_be_staff
from engine.domain.dossier import FINAL_STATES, NO_DATE_AWAITED, NOTHING_DUE, DossierState, status_label
from engine.domain.text import Text
from engine.domain.vocabulary import TaskState
from engine.queries import keyset
from engine.queries.dossier import dossiers_found, visible_to
from engine.store.connection import Row, Tx, rows
from engine.store.dossiers import dossiers
from engine.store.schema.catalogue import procedure_version
from engine.store.schema.dossiers import dossier
from engine.store.schema.people import staff
from engine.store.schema.work import task

_D: Final = dossier.c
_S = DossierState
# Which dossiers a list holds, by what has become of them.
LISTS: Final[Mapping[str, frozenset[DossierState]]] = {
    "all": frozenset(),
    "open": frozenset(DossierState) - FINAL_STATES - {_S.DRAFT},
    "given": frozenset({_S.DELIVERED}),
    "refused": frozenset({_S.REFUSED, _S.STOPPED}),
    "withdrawn": frozenset({_S.WITHDRAWN, _S.WITHDRAWAL_ASKED}),
    "unpaid": frozenset(DossierState) - NOTHING_DUE,
}
UNPAID: Final = "unpaid"


@dataclass(frozen=True)
class OpenStep:
    """Where an open dossier stands: the step and who works on it, if anybody does."""

    name: Text
    role: str
    assignee_name: str | None


@dataclass(frozen=True)
class FoundDossier:
    """One dossier that was found."""

    id: str
    code: str
    procedure_code: str
    procedure_name: Text
    owner_name: str
    applicant_name: str
    status: int
    status_label: Text
    submitted_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    steps: tuple[OpenStep, ...]
    awaits_due_date: bool
    left_vnd: int  # what is still to be paid, in đồng


@dataclass(frozen=True)
class FoundPage:
    """`next_cursor` is None on the last page. `which`: the list it is of."""

    rows: tuple[FoundDossier, ...]
    next_cursor: str | None
    which: str


def find_dossiers(
    tx: Tx, actor: Actor, text: str = "", which: str = "all", cursor: str | None = None, size: int = 50
) -> FoundPage:
    """The dossiers this official may see that have every term, filed last first; without a term: all."""
    chosen = which if which in LISTS else "all"
    states = LISTS[chosen]
    among = [_D.state.in_(sorted(states))] if states else []
    due = [dossiers.UNPAID] if chosen == UNPAID else []
    condition = and_(visible_to(must_be_staff(actor)), *among, *due, *dossiers_found(tx, text), *_after(cursor))
    statement = (
        select(dossier, procedure_version.c.name_vi, procedure_version.c.name_en)
        .join(procedure_version, procedure_version.c.id == _D.procedure_version_id)
        .where(condition)
        .order_by(_D.submitted_at.desc(), _D.id.desc())
        .limit(size + 1)
    )
    found = rows.every(tx, statement)
    ids = [row["id"] for row in found[:size]]
    steps, left = _open_steps(tx, ids), dossiers.left_by_dossier(tx, ids)
    page = tuple(_found(row, steps.get(row["id"], ()), left.get(row["id"], 0)) for row in found[:size])
    following = keyset.packed(found[size - 1]["submitted_at"], found[size - 1]["id"]) if len(found) > size else None
    return FoundPage(page, following, chosen)


def _after(cursor: str | None) -> list[ColumnElement[bool]]:
    seen = keyset.unpacked(cursor)
    if seen is None:
        return []
    at, row_id = seen
    return [or_(_D.submitted_at < at, and_(_D.submitted_at == at, _D.id < row_id))]


def _open_steps(tx: Tx, ids: list[str]) -> dict[str, tuple[OpenStep, ...]]:
    if not ids:
        return {}
    statement = (
        select(task.c.dossier_id, task.c.name_vi, task.c.name_en, task.c.role, staff.c.full_name.label("assignee_name"))
        .outerjoin(staff, staff.c.id == task.c.assignee_id)
        .where(task.c.dossier_id.in_(ids), task.c.state == TaskState.OPEN)
        .order_by(task.c.opened_at)
    )
    steps: dict[str, tuple[OpenStep, ...]] = {}
    for row in rows.every(tx, statement):
        step = OpenStep(Text(row["name_vi"], row["name_en"]), row["role"], row["assignee_name"])
        steps[row["dossier_id"]] = (*steps.get(row["dossier_id"], ()), step)
    return steps


def _found(row: Row, steps: tuple[OpenStep, ...], left_vnd: int) -> FoundDossier:
    return FoundDossier(
        id=row["id"],
        code=row["code"],
        procedure_code=row["procedure_code"],
        procedure_name=Text(row["name_vi"], row["name_en"]),
        owner_name=row["owner"].get("organisation_name") or row["owner"].get("full_name", ""),
        applicant_name=row["applicant"].get("full_name", ""),
        status=row["status"],
        status_label=status_label(row["status"]),
        submitted_at=row["submitted_at"],
        due_at=row["due_at"],
        finished_at=row["finished_at"],
        steps=steps,
        awaits_due_date=row["due_at"] is not None and row["state"] not in NO_DATE_AWAITED,
        left_vnd=0 if row["state"] in NOTHING_DUE else left_vnd,
    )
