"""The rows of an instance that a migration takes along, and what they were before, for a revert."""

from __future__ import annotations

from typing import Any, Final

from engine.actions.dossier import DossierWork
from engine.actions.process import task_row
from engine.store.accounts import staff
from engine.store.process import instances, tasks, timers
from engine.store.records import IncidentRow, TaskRow, TimerRow
from engine.workflow.migration import Migration

_REMEMBERED: Final = ("element_id", "role", "assignee_id")  # a revert finds the words again in the old version


def carry_work(work: DossierWork, migration: Migration) -> dict[str, Any]:
    """Give open tasks, timers and incidents their new elements and words; gives what they were before.

    A task keeps its holder and draft. Only when its lane now belongs to a role the holder does not have, it goes
    back to the queue, with the draft.
    """
    places = dict(migration.moved)
    instance_id = work.instance["id"] if work.instance else ""
    cancelled = set(migration.cancelled_timers)
    waiting = timers.of_instance(work.tx, instance_id)
    gone = [one for one in waiting if one["token"] in cancelled]
    return {
        "tasks": [_carry_task(work, row, places) for row in tasks.open_of_instance(work.tx, instance_id)],
        "timers": _rename(work, timers.rename, waiting, places),
        "incidents": _rename(work, instances.rename_incident, instances.open_incidents(work.tx, instance_id), places),
        "opened_tasks": [one.token for one in migration.opened],
        "closed_tasks": list(migration.closed),
        "set_timers": [one.token for one in migration.timers],
        "gone_timers": [
            {"token": one["token"], "element_id": one["element_id"], "due_at": one["due_at"].isoformat()}
            for one in gone
        ],
    }


def _carry_task(work: DossierWork, row: TaskRow, places: dict[str, str]) -> dict[str, Any]:
    element = places.get(row["token"], row["element_id"])
    words = task_row(work, element)
    if row["assignee_id"] is not None and words["role"] != row["role"]:
        holder = staff.get(work.tx, row["assignee_id"])
        if holder is None or words["role"] not in holder["roles"]:
            words |= {"assignee_id": None, "claimed_at": None}
    known = dict(row)
    changed = {name: value for name, value in words.items() if known[name] != value}
    if changed:
        tasks.change(work.tx, row["id"], changed)
    before = {name: known[name] for name in _REMEMBERED}
    before["claimed_at"] = row["claimed_at"].isoformat() if row["claimed_at"] else None
    return {"id": row["id"], "element": element if element != row["element_id"] else "", "was": before}


def _rename(
    work: DossierWork, rename: Any, rows: list[TimerRow] | list[IncidentRow], places: dict[str, str]
) -> list[dict[str, Any]]:
    renamed = []
    for row in rows:
        if (token := row["token"]) is not None and token in places:
            rename(work.tx, row["id"], places[token])
            renamed.append({"id": row["id"], "element_id": row["element_id"]})
    return renamed
