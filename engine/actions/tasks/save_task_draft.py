"""What an official typed on a task is kept, unchecked, until the task is completed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.actions.tasks.held_task import held_by_somebody_else, held_task
from engine.context import OfficeContext, task_form
from engine.domain.actor import Actor
from engine.domain.errors import WrongState
from engine.domain.filing import ASKED_BESIDE, typed
from engine.domain.text import Text
from engine.store.connection import Tx
from engine.store.process import tasks


@dataclass(frozen=True)
class SaveTaskDraft:
    """Only the holder's words are kept."""

    actor: Actor
    task_id: str
    data: Mapping[str, str]


def save_task_draft(tx: Tx, office: OfficeContext, cmd: SaveTaskDraft) -> None:
    """Keep the words with the task, as far as its step asks for them. No event: a draft is not history."""
    held = held_task(tx, cmd.actor, cmd.task_id)
    task = held.task
    if task["assignee_id"] is None:
        raise WrongState(Text("Hãy nhận công việc trước khi nhập nội dung.", "Take the task before you begin to type."))
    if task["assignee_id"] != cmd.actor.id:
        raise held_by_somebody_else(tx, task)
    asked = _asked(tx, office, held.instance["procedure_version_id"], task["element_id"])
    tasks.change(tx, cmd.task_id, {"draft": typed(cmd.data, asked)})


def _asked(tx: Tx, office: OfficeContext, version_id: str, element_id: str) -> frozenset[str]:
    """The names the step may write: those of its form in the version the process follows, else its declared outputs."""
    spec = office.procedure_cache.spec(tx, version_id)
    form = task_form(office.procedure_cache.procedure(tx, version_id), spec, element_id)
    return (form.keys if form else frozenset(spec.elements[element_id].outputs)) | ASKED_BESIDE
