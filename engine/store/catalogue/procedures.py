"""Procedures as published: every version keeps its whole pack, so a dossier ends under the text it began with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select, update

from engine.domain.vocabulary import VersionState
from engine.store.connection import Tx, rows
from engine.store.records import ProcedureVersionCard, ProcedureVersionRow
from engine.store.schema.catalogue import procedure_version

# Everything but the pack's files: lists need no megabyte.
CARD = [column for column in procedure_version.c if column.name != "files"]


def add(tx: Tx, values: Mapping[str, Any]) -> str:
    """Keep a version; gives the id."""
    return rows.add(tx, procedure_version, values)


def get(tx: Tx, version_id: str) -> ProcedureVersionRow | None:
    """The version with its files, or None."""
    return rows.get(tx, procedure_version, version_id)


def card(tx: Tx, version_id: str) -> ProcedureVersionCard | None:
    """The version without its files, or None."""
    return rows.first(tx, select(*CARD).where(procedure_version.c.id == version_id))


def current(tx: Tx, code: str, on: date) -> ProcedureVersionCard | None:
    """The card of the published version of a procedure that holds on the day, the newest if several do."""
    return rows.first(tx, _holding(on).where(procedure_version.c.code == code))


def all_current(tx: Tx, on: date) -> list[ProcedureVersionCard]:
    """The cards of everything published that holds on the day, one per procedure, by code."""
    newest: dict[str, ProcedureVersionCard] = {}
    for row in rows.every(tx, _holding(on)):
        newest.setdefault(row["code"], row)
    return [newest[code] for code in sorted(newest)]


def stamp(tx: Tx) -> tuple[int, str]:
    """Different after every publication: how many versions there are, and the latest. Read from the key alone.

    Versions are only ever added, and one is retired only by the next; whoever changes that must change this.
    """
    table = procedure_version.c
    both: Any = select(func.count(table.id).label("versions"), func.max(table.id).label("latest"))
    found = rows.first(tx, both)
    return (int(found["versions"]), str(found["latest"])) if found else (0, "")


def _holding(on: date) -> Any:
    table = procedure_version.c
    return (
        select(*CARD)
        .where(
            table.state == VersionState.PUBLISHED,
            or_(table.valid_from.is_(None), table.valid_from <= on),
            or_(table.valid_to.is_(None), table.valid_to >= on),
        )
        .order_by(table.number.desc())
    )


def versions(tx: Tx, code: str) -> list[ProcedureVersionCard]:
    """The cards of every version of a procedure, newest first."""
    return rows.every(
        tx, select(*CARD).where(procedure_version.c.code == code).order_by(procedure_version.c.number.desc())
    )


def codes(tx: Tx) -> list[str]:
    """The codes of all procedures that have a version, in order."""
    statement = select(procedure_version.c.code).distinct().order_by(procedure_version.c.code)
    return [str(code) for code in tx.execute(statement).scalars()]


def next_number(tx: Tx, code: str) -> int:
    """The number the next version of a procedure gets."""
    statement = select(func.coalesce(func.max(procedure_version.c.number), 0)).where(procedure_version.c.code == code)
    return int(tx.execute(statement).scalar_one()) + 1


def retire_others(tx: Tx, code: str, keep_id: str, last_on: date) -> int:
    """End the validity of the other published versions of a procedure; gives how many."""
    table = procedure_version.c
    others = update(procedure_version).where(
        table.code == code, table.state == VersionState.PUBLISHED, table.id != keep_id, table.valid_to.is_(None)
    )
    return tx.execute(others.values(valid_to=last_on)).rowcount
