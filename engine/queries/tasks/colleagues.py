"""To whom a task can be handed over.

colleagues(tx, task_role, unit_id) -> tuple[Colleague, ...]
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.domain.text import Text
from engine.store.accounts import staff
from engine.store.connection import Tx


@dataclass(frozen=True)
class Colleague:
    """An active official of the unit who holds the task's role; `value` and `label` as a list to choose from."""

    value: str
    label: Text


def colleagues(tx: Tx, task_role: str, unit_id: str | None) -> tuple[Colleague, ...]:
    """By name; empty when the asker belongs to no unit."""
    if unit_id is None:
        return ()
    able = (row for row in staff.of_unit(tx, unit_id) if task_role in row["roles"])
    return tuple(Colleague(row["id"], Text(row["full_name"], row["full_name"])) for row in able)
