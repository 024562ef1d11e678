"""Officials and the units they work in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import func, or_, select

from engine.store.connection import Tx, rows
from engine.store.records import StaffRow, UnitRow
from engine.store.schema.people import staff, unit

# As many signs as the columns hold; SQLite itself would keep longer ones.
USERNAME_LONGEST: Final = 60
NAME_LONGEST: Final = 200
UNIT_NAME_LONGEST: Final = 300
CODE_LONGEST: Final = 40


def add(tx: Tx, values: Mapping[str, Any]) -> str:
    """Enter an official; gives the id."""
    return rows.add(tx, staff, {"created_at": tx.now, "active": True, **values})


def get(tx: Tx, staff_id: str) -> StaffRow | None:
    """The official, or None."""
    return rows.get(tx, staff, staff_id)


def by_username(tx: Tx, username: str) -> StaffRow | None:
    """The official who signs in as `username` (lower case)."""
    return rows.first(tx, select(staff).where(staff.c.username == username.lower()))


def by_username_locked(tx: Tx, username: str) -> StaffRow | None:
    """The same, held until the transaction ends: failures of parallel guesses are counted one by one."""
    return rows.first(tx, select(staff).where(staff.c.username == username.lower()).with_for_update())


def locked(tx: Tx, staff_id: str) -> StaffRow | None:
    """The official, held until the transaction ends."""
    return rows.first(tx, select(staff).where(staff.c.id == staff_id).with_for_update())


def with_second_factor(tx: Tx) -> list[StaffRow]:
    """The officials who are asked for a code."""
    asked = or_(staff.c.totp_secret.is_not(None), staff.c.totp_sealed.is_not(None))
    return rows.every(tx, select(staff).where(asked))


def change(tx: Tx, staff_id: str, values: Mapping[str, Any]) -> bool:
    """Write an official's row; False when there is none."""
    return rows.change(tx, staff, staff_id, values)


def of_unit(tx: Tx, unit_id: str) -> list[StaffRow]:
    """The active officials of a unit by name."""
    return rows.every(
        tx, select(staff).where(staff.c.unit_id == unit_id, staff.c.active.is_(True)).order_by(staff.c.full_name)
    )


def listed(tx: Tx) -> list[StaffRow]:
    """All officials by name."""
    return rows.every(tx, select(staff).order_by(staff.c.full_name))


def count(tx: Tx) -> int:
    """How many officials are entered."""
    return int(tx.execute(select(func.count()).select_from(staff)).scalar_one())


def add_unit(tx: Tx, values: Mapping[str, Any]) -> str:
    """Enter a unit; gives the id."""
    return rows.add(tx, unit, values)


def get_unit(tx: Tx, unit_id: str) -> UnitRow | None:
    """The unit, or None."""
    return rows.get(tx, unit, unit_id)


def unit_by_code(tx: Tx, code: str) -> UnitRow | None:
    """The unit with this code, or None."""
    return rows.first(tx, select(unit).where(unit.c.code == code))


def units(tx: Tx) -> list[UnitRow]:
    """All units by code."""
    return rows.every(tx, select(unit).order_by(unit.c.code))


def units_of_kind(tx: Tx, kind: str) -> list[UnitRow]:
    """The units of a kind (one_stop, division, commune, department) by code."""
    return rows.every(tx, select(unit).where(unit.c.kind == kind).order_by(unit.c.code))
