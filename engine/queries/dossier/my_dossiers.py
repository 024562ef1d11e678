"""Hồ sơ cá nhân: a citizen's own dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from engine.domain.actor import Actor, must_be_citizen
from engine.domain.dossier import (
    FINAL_STATES,
    NEEDS_CITIZEN,
    NO_DATE_AWAITED,
    DossierState,
    plain_words,
    status_label,
)
from engine.domain.text import Text
from engine.queries.dossier.found_by import dossiers_found
from engine.queries.page import Page
from engine.store.connection import Row, Tx, rows
from engine.store.schema.catalogue import procedure_version
from engine.store.schema.dossiers import dossier

_D: Final = dossier.c
FILTERS: Final[Mapping[str, ColumnElement[bool]]] = {
    "all": _D.state != "",
    "draft": _D.state == DossierState.DRAFT,
    "open": and_(_D.state != DossierState.DRAFT, _D.state.not_in(FINAL_STATES)),
    "needs_me": _D.state.in_(NEEDS_CITIZEN),
    "finished": _D.state.in_(FINAL_STATES),
}


@dataclass(frozen=True)
class DossierCard:
    """One dossier in the list. `needs_me`: a supplement, a confirmation or a payment waits for the citizen."""

    id: str
    code: str | None
    procedure_code: str
    procedure_name: Text
    owner_name: str
    state: str
    status: int
    status_label: Text
    plain: Text
    needs_me: bool
    updated_at: datetime
    submitted_at: datetime | None
    due_at: datetime | None
    draft_step: str

    @property
    def awaits_due_date(self) -> bool:
        """Whether the promised date still lies ahead: not after the result, a refusal or a stop."""
        return self.due_at is not None and self.state not in NO_DATE_AWAITED


@dataclass(frozen=True)
class MyDossiers:
    """`counts` by filter: all, draft, open, needs_me, finished."""

    page: Page[DossierCard]
    counts: Mapping[str, int]


def my_dossiers(tx: Tx, actor: Actor, page: int = 1, which: str = "all", text: str = "", size: int = 20) -> MyDossiers:
    """The actor's dossiers, last touched first; discarded drafts are gone. `text`: words of code, name or owner."""
    own = and_(_D.person_id == must_be_citizen(actor).id, or_(_D.state != DossierState.WITHDRAWN, _D.code.is_not(None)))
    chosen = and_(own, FILTERS.get(which, FILTERS["all"]), *dossiers_found(tx, text))
    total = int(tx.execute(_counting().where(chosen)).scalar_one())
    number = Page.within(page, size, total)
    statement = (
        select(dossier, procedure_version.c.name_vi, procedure_version.c.name_en)
        .join(procedure_version, procedure_version.c.id == _D.procedure_version_id)
        .where(chosen)
        .order_by(_D.updated_at.desc(), _D.id.desc())
        .limit(size)
        .offset((number - 1) * size)
    )
    cards = tuple(_card(row) for row in rows.every(tx, statement))
    return MyDossiers(Page(cards, number, size, total), _counts(tx, own))


def open_drafts(tx: Tx, actor: Actor, procedure_code: str, most: int = 5) -> tuple[DossierCard, ...]:
    """The actor's drafts of one procedure, last touched first: one is gone on with before another is begun."""
    statement = (
        select(dossier, procedure_version.c.name_vi, procedure_version.c.name_en)
        .join(procedure_version, procedure_version.c.id == _D.procedure_version_id)
        .where(
            _D.person_id == must_be_citizen(actor).id,
            _D.state == DossierState.DRAFT,
            _D.procedure_code == procedure_code,
        )
        .order_by(_D.updated_at.desc(), _D.id.desc())
        .limit(most)
    )
    return tuple(_card(row) for row in rows.every(tx, statement))


def _counting() -> Select[Any]:
    return (
        select(func.count())
        .select_from(dossier)
        .join(procedure_version, procedure_version.c.id == _D.procedure_version_id)
    )


def _counts(tx: Tx, own: ColumnElement[bool]) -> dict[str, int]:
    sums = [func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in FILTERS.values()]
    found = tx.execute(select(*sums).select_from(dossier).where(own)).one()
    return {name: int(number) for name, number in zip(FILTERS, found, strict=True)}


def _card(row: Row) -> DossierCard:
    return DossierCard(
        id=row["id"],
        code=row["code"],
        procedure_code=row["procedure_code"],
        procedure_name=Text(row["name_vi"], row["name_en"]),
        owner_name=row["owner"].get("organisation_name") or row["owner"].get("full_name", ""),
        state=row["state"],
        status=row["status"],
        status_label=status_label(row["status"]),
        plain=plain_words(DossierState(row["state"])),
        needs_me=row["state"] in NEEDS_CITIZEN,
        updated_at=row["updated_at"],
        submitted_at=row["submitted_at"],
        due_at=row["due_at"],
        draft_step=row["draft_step"],
    )
