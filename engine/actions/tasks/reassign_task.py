"""The head of a unit gives a task to somebody else, or back to the queue."""

from __future__ import annotations

from dataclasses import dataclass

from engine.context import OfficeContext
from engine.domain.actor import Actor, Role, must_be_staff
from engine.domain.errors import Forbidden, Invalid, NotFound, WrongState
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.vocabulary import Audience, TaskState
from engine.store.accounts import staff
from engine.store.connection import Tx
from engine.store.dossiers import dossiers
from engine.store.history import events
from engine.store.process import tasks
from engine.store.records import StaffRow, TaskRow


@dataclass(frozen=True)
class ReassignTask:
    """`staff_id` None: back to the queue. The reason goes into the history."""

    actor: Actor
    task_id: str
    staff_id: str | None
    reason: str


def reassign_task(tx: Tx, office: OfficeContext, cmd: ReassignTask) -> None:
    """Give the task to an official of the same unit who has the role (NĐ 61/2018/NĐ-CP Điều 19: the head assigns)."""
    must_be_staff(cmd.actor, Role.UNIT_HEAD, Role.ADMIN)
    if dossiers.get_locked_by_task(tx, cmd.task_id) is None:
        raise NotFound
    task = tasks.get(tx, cmd.task_id)
    if task is None or task["unit_id"] != cmd.actor.unit_id:
        raise Forbidden
    if task["state"] != TaskState.OPEN or task["audience"] != Audience.STAFF:
        raise WrongState
    if not cmd.reason.strip():
        raise Invalid({"reason": Text("Hãy ghi lý do phân công lại.", "Please give the reason.")})
    chosen = _chosen(tx, task, cmd.staff_id)
    tasks.change(
        tx, cmd.task_id, {"assignee_id": cmd.staff_id, "claimed_at": tx.now if cmd.staff_id is not None else None}
    )
    data = {"element": task["element_id"], "to": chosen["full_name"] if chosen else None, "reason": cmd.reason.strip()}
    events.append(tx, task["dossier_id"], cmd.actor, EventKind.TASK_REASSIGNED, data)


def _chosen(tx: Tx, task: TaskRow, staff_id: str | None) -> StaffRow | None:
    if staff_id is None:
        return None
    row = staff.get(tx, staff_id)
    if row is None or not row["active"] or row["unit_id"] != task["unit_id"] or task["role"] not in row["roles"]:
        raise Invalid(
            {
                "staff_id": Text(
                    "Người được chọn không cùng đơn vị hoặc không giữ vai trò của bước này.",
                    "The person chosen is not of this unit or does not hold the role of this step.",
                )
            }
        )
    return row
