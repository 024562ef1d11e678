"""One task on an official's desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from engine.context import OfficeContext, answer_days, task_form
from engine.domain import fee_by_hand
from engine.domain.actor import Actor, Role, must_be_staff
from engine.domain.clock import local_day
from engine.domain.errors import Forbidden, NotFound
from engine.domain.filing import hides_papers, words_of
from engine.domain.forms import WAY_ON, Form
from engine.domain.meanings import Meaning
from engine.domain.procedures import TaskGuide
from engine.domain.text import Text
from engine.domain.vocabulary import Audience, TaskState
from engine.queries.dossier import (
    DossierRows,
    DossierView,
    InstanceView,
    WrittenStep,
    dossier_shown,
    instance_shown,
    new_to,
    readable_rows,
    written_steps,
)
from engine.queries.tasks.papers_ahead import PaperAhead, papers_ahead
from engine.store.connection import Row, Tx
from engine.store.process import tasks
from engine.store.records import TaskRow
from engine.workflow.spec import ProcessSpec

# Never ready-made from the round before: it is said anew each time.
_ANEW: Final = (Meaning.DECISION, Meaning.REASON, Meaning.REFUSAL_REASON, Meaning.INTERNAL_NOTE)


@dataclass(frozen=True)
class TaskView:
    """`form`: the step's fields (None: only a button). `data`: the holder's draft, else what is known or usual.
    `papers_hidden`: FEEL that is true while no supplement is asked for; empty when the step cannot ask for one.
    `answer_by`: the day that is proposed for the answer to one.

    `can`: claim, release, complete, save_draft, reassign, collect_fee.
    """

    task_id: str
    element_id: str
    name: Text
    hint: Text
    role: str
    state: str
    assignee_id: str | None
    assignee_name: str | None
    opened_at: datetime
    due_at: datetime | None
    version: int
    form: Form | None
    data: Mapping[str, str]
    papers_hidden: str
    answer_by: date | None
    dossier: DossierView
    instance: InstanceView
    can: frozenset[str]
    papers: tuple[PaperAhead, ...]
    written: tuple[WrittenStep, ...]

    @property
    def news(self) -> tuple[WrittenStep, ...]:
        """What was written since this role last had the dossier in its hands: why it has come here."""
        return new_to(self.role, self.written)

    @property
    def known_already(self) -> tuple[WrittenStep, ...]:
        """Everything else that was written."""
        return tuple(step for step in self.written if step not in self.news)

    @property
    def is_open(self) -> bool:
        """Whether the step still waits for somebody's work."""
        return self.state == TaskState.OPEN


def task_view(tx: Tx, office: OfficeContext, actor: Actor, task_id: str) -> TaskView:
    """The task with its dossier and diagram. Raises NotFound for another unit's, Forbidden for another role's."""
    must_be_staff(actor)
    row = tasks.get(tx, task_id)
    if row is None or row["audience"] != Audience.STAFF or row["unit_id"] != actor.unit_id:
        raise NotFound
    if not actor.has_role(row["role"], Role.UNIT_HEAD, Role.ADMIN):
        raise Forbidden
    rows = readable_rows(tx, actor, row["dossier_id"])
    view = dossier_shown(rows, office, actor)
    written = written_steps(rows, office, view.slots)
    instance = instance_shown(rows, office, written)
    holder = next(one["assignee_name"] for one in rows.tasks if one["id"] == task_id)
    spec = office.procedure_cache.spec(tx, instance.procedure_version_id)
    course = office.procedure_cache.procedure(tx, instance.procedure_version_id)
    form = task_form(course, spec, row["element_id"])
    guide = course.tasks.get(row["element_id"])
    data = _data(rows.tasks, row, form, view)
    return TaskView(
        task_id=row["id"],
        element_id=row["element_id"],
        name=Text(row["name_vi"], row["name_en"]),
        hint=_hint(guide, row["element_id"]),
        role=row["role"],
        state=row["state"],
        assignee_id=row["assignee_id"],
        assignee_name=holder,
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        version=instance.version,
        form=form,
        papers_hidden=hides_papers(form),
        answer_by=_answer_by(tx, office, view) if hides_papers(form) else None,
        data=data,
        dossier=view,
        instance=instance,
        can=_can(actor, row) | view.can,
        papers=_papers(rows, view, spec, row, form) if row["state"] == TaskState.OPEN else (),
        written=written,
    )


def _answer_by(tx: Tx, office: OfficeContext, view: DossierView) -> date:
    return answer_days(office, view.procedure).usual_day(local_day(tx.now), office.calendar)


def _papers(
    rows: DossierRows, view: DossierView, spec: ProcessSpec, row: TaskRow, form: Form | None
) -> tuple[PaperAhead, ...]:
    """The papers this step leads to, by what its holder has saved so far."""
    said = form.validate(row["draft"], partial=True)[0] if form and row["draft"] else {}
    known = rows.instance["variables"] if rows.instance else {}
    return papers_ahead(view.procedure, spec, rows.dossier, row["element_id"], form, known, said)


def _hint(guide: TaskGuide | None, element_id: str) -> Text:
    if element_id == fee_by_hand.ELEMENT:
        return fee_by_hand.HINT
    return guide.hint if guide else Text("", "")


def _data(every: Sequence[Row], row: TaskRow, form: Form | None, view: DossierView) -> dict[str, str]:
    """The holder's draft; else what an earlier round wrote; else what the dossier knows; else the form's default."""
    if form is None:
        return {}
    before = [one for one in every if one["element_id"] == row["element_id"]]
    written = next((one["outputs"] for one in reversed(before) if one["outputs"]), None) or {}
    decided = form.fields_with(*_ANEW)
    anew = {WAY_ON, *(entry.key for entry in decided)}
    fresh = {key: value for key, value in words_of(written).items() if not {key, key.partition(".")[0]} & anew}
    data = {entry.key: _known(view, entry.prefill) or entry.default or "" for entry in form.fields}
    return {**data, **fresh, **(row["draft"] or {})}


def _known(view: DossierView, prefill: str | None) -> str:
    """The value at a form's `prefill`, e.g. applicant.full_name or form.copies."""
    source, _, name = (prefill or "").partition(".")
    place: Mapping[str, object] = {"applicant": view.applicant, "owner": view.owner, "form": view.form}.get(source, {})
    return words_of(place).get(name, "")


def _can(actor: Actor, row: TaskRow) -> frozenset[str]:
    if row["state"] != TaskState.OPEN:
        return frozenset()
    verbs = {"reassign"} if actor.has_role(Role.UNIT_HEAD, Role.ADMIN) else set()
    if row["role"] in actor.roles:
        if row["assignee_id"] is None:
            verbs |= {"claim", "complete"}
        elif row["assignee_id"] == actor.id:
            verbs |= {"release", "complete", "save_draft"}
    return frozenset(verbs)
