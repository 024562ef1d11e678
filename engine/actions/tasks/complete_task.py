"""An official completes a task; the dossier moves on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.actions.dossier import DossierWork, keep_work
from engine.actions.fees import set_fee, settle_task_fee
from engine.actions.process import run_process
from engine.actions.tasks.held_task import held_by_somebody_else, held_task
from engine.context import OfficeContext, answer_days, task_form
from engine.domain.actor import Actor
from engine.domain.clock import local_day
from engine.domain.errors import Invalid, Stale
from engine.domain.fee_by_hand import ELEMENT as FEE_BY_HAND
from engine.domain.filing import ANSWER_BY, MISSING_FIELDS, MISSING_PAPERS, Asked, ticked
from engine.domain.forms import NONE_PICKED, WAY_ON, Form, picked_ways
from engine.domain.history import EventKind
from engine.domain.identifiers import storable
from engine.domain.meanings import Meaning, Outcome
from engine.domain.text import Text
from engine.store.connection import Tx
from engine.store.process import tasks
from engine.workflow.runner import TaskCompleted

STALE = Text(
    "Hồ sơ đã thay đổi kể từ khi bạn mở trang. Hãy xem nội dung mới ở dưới rồi quyết định lại; "
    "nội dung bạn đã nhập vẫn được giữ.",
    "The dossier has changed since you opened the page. Look at what is new below, then decide again; "
    "what you typed has been kept.",
)


@dataclass(frozen=True)
class CompleteTask:
    """`version`: TaskView.version of the page the decision was made on; a stale one is refused."""

    actor: Actor
    task_id: str
    outputs: Mapping[str, str]
    version: int | None = None


@dataclass(frozen=True)
class CompletedTask:
    """`next_task_ids`: tasks that opened by this step; `ended`: the process is over."""

    dossier_id: str
    dossier_code: str
    next_task_ids: tuple[str, ...] = ()
    ended: bool = False


def complete_task(tx: Tx, office: OfficeContext, cmd: CompleteTask) -> CompletedTask:
    """Check what was filled in, close the task, and write down everything that follows from it."""
    dossier, task, instance = held_task(tx, cmd.actor, cmd.task_id)
    if task["assignee_id"] not in (None, cmd.actor.id):
        raise held_by_somebody_else(tx, task)
    if cmd.version is not None and instance["version"] != cmd.version:
        raise Stale(STALE)
    work = DossierWork(tx, office, cmd.actor, dossier, instance)
    form = form_of(work, task["element_id"])
    outputs = checked_outputs(work, task["element_id"], cmd.outputs)
    method = form.field_with(Meaning.FEE_METHOD) if form else None
    if method is not None and method.key in outputs:  # the receipt is made in the same transaction
        outputs |= settle_task_fee(work, method, outputs)
    if _asks(form, outputs):
        work.asked = _asked(work, cmd.outputs)
        outputs |= work.spec.as_variables({Meaning.ANSWER_DAY: f"{work.asked.until:%d/%m/%Y}"})
    return finish_task(work, task, outputs, _picked(work, task["element_id"], outputs))


def _asks(form: Form | None, outputs: Mapping[str, Any]) -> bool:
    """Whether the decision asks for a supplement."""
    decided = form.fields_with(Meaning.DECISION) if form else ()
    return any(entry.outcome_of(outputs.get(entry.key)) == Outcome.SUPPLEMENT for entry in decided)


def _asked(work: DossierWork, typed: Mapping[str, str]) -> Asked:
    """What is asked for beside the form, and until when; raises Invalid for a day that cannot be."""
    days, today = answer_days(work.office, work.procedure), local_day(work.at)
    return Asked(
        ticked(typed.get(MISSING_PAPERS, "")),
        ticked(typed.get(MISSING_FIELDS, "")),
        days.day(typed.get(ANSWER_BY, ""), today, work.office.calendar),
    )


def _picked(work: DossierWork, element_id: str, outputs: Mapping[str, Any]) -> tuple[str, ...]:
    """The ways on that were picked, where the diagram leaves the choice to an official."""
    info = work.spec.elements.get(element_id)
    if info is None or not info.chooses:
        return ()
    flows = picked_ways(outputs)
    if not flows:
        raise Invalid({f"{WAY_ON}.{info.choices[0].flow_id}": NONE_PICKED})
    return flows


def finish_task(
    work: DossierWork, task: Mapping[Any, Any], outputs: Mapping[str, Any], flows: tuple[str, ...] = ()
) -> CompletedTask:
    """Close an open task with checked outputs, move the process and keep the step."""
    work.done = tasks.Done(task, work.actor.name, outputs)
    if task["element_id"] == FEE_BY_HAND:  # no step of the diagram: nothing follows but the amount
        work.close_task()
        set_fee(work, outputs)
        keep_work(work)
        return CompletedTask(work.id, work.code)
    data = {"element": task["element_id"], "name_vi": task["name_vi"], "name_en": task["name_en"]}
    work.happened(EventKind.TASK_COMPLETED, data)
    movement = run_process(work, TaskCompleted(task["token"], outputs, work.at, flows))
    keep_work(work)
    return CompletedTask(
        dossier_id=work.id,
        dossier_code=work.code,
        next_task_ids=tuple(str(row["id"]) for row in work.opened_tasks),
        ended=movement.ended is not None,
    )


def form_of(work: DossierWork, element_id: str) -> Form | None:
    """The form of a step as the process follows it now; None when it asks nothing."""
    return task_form(work.course, work.spec, element_id)


def named_outputs(work: DossierWork, element_id: str, said: Mapping[Meaning, str]) -> dict[str, Any]:
    """What was said on a page of the platform's own, under the names that the step's form and diagram give to it."""
    form = form_of(work, element_id)
    named = {}
    for entry in form.fields_with(*said) if form else ():
        word = said[Meaning(entry.meaning)]
        named[entry.key] = entry.value_for(Outcome(word)) if entry.options else word
    return {**work.spec.as_variables(said), **named}


def checked_outputs(work: DossierWork, element_id: str, outputs: Mapping[str, str]) -> dict[str, Any]:
    """What the step's form makes of the words typed; raises Invalid with a sentence for each field."""
    form = form_of(work, element_id)
    if form is None:
        declared = work.spec.elements[element_id].outputs
        return {name: storable(str(outputs[name])) for name in declared if name in outputs}
    clean, errors = form.validate(outputs)
    if errors:
        raise Invalid(errors)
    return clean
