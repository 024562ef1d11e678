"""One task on an official's desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.context import OfficeContext, task_form
from engine.domain import fee_by_hand
from engine.domain.actor import SYSTEM, Actor, must_be_staff
from engine.domain.errors import Forbidden, NotFound
from engine.domain.filing import MISSING_PAPERS, asks_papers, words_of
from engine.domain.forms import WAY_ON, Form
from engine.domain.procedures import Procedure, TaskGuide
from engine.domain.text import Text
from engine.queries.dossier import DossierView, detail, dossier_view, readable_dossier, sentence
from engine.store.accounts import staff
from engine.store.connection import Row, Tx
from engine.store.history import events
from engine.store.process import instances, tasks
from engine.workflow.spec import ProcessSpec

_THE_SYSTEM = Text(SYSTEM.name, "System")


@dataclass(frozen=True)
class HistoryRow:
    """One event of the chained history, for officials: everything, not only what the citizen sees."""

    number: int
    at: datetime
    actor: Text
    kind: str
    text: Text
    detail: str


@dataclass(frozen=True)
class OpenTaskRow:
    """A task that is open on the dossier, and who holds it."""

    task_id: str
    element_id: str
    name: Text
    role: str
    assignee_name: str | None
    due_at: datetime | None


@dataclass(frozen=True)
class IncidentRow:
    """A step that could not go on."""

    id: str
    code: str
    message: Text
    element_id: str | None
    job_id: str | None
    opened_at: datetime


@dataclass(frozen=True)
class InstanceView:
    """Where a process instance stands. `passed`: steps already done, for the diagram."""

    instance_id: str
    dossier_id: str
    dossier_code: str
    procedure_version_id: str
    state: str
    version: int
    xml: bytes = field(repr=False)
    active: tuple[str, ...]
    passed: tuple[str, ...]
    tasks: tuple[OpenTaskRow, ...]
    incidents: tuple[IncidentRow, ...]
    history: tuple[HistoryRow, ...]
    outputs: Mapping[str, tuple[str, ...]]

    def outputs_of(self, element_id: str) -> tuple[str, ...]:
        """The names an element of the diagram may write; empty for one that writes nothing."""
        return self.outputs.get(element_id, ())


@dataclass(frozen=True)
class TaskView:
    """`form`: the step's fields (None: only a button). `data`: the holder's draft, else what is known or usual.

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
    dossier: DossierView
    instance: InstanceView
    can: frozenset[str]


def task_view(tx: Tx, office: OfficeContext, actor: Actor, task_id: str) -> TaskView:
    """The task with its dossier and diagram. Raises NotFound for another unit's, Forbidden for another role's."""
    must_be_staff(actor)
    row = tasks.get(tx, task_id)
    if row is None or row["audience"] != "staff" or row["unit_id"] != actor.unit_id:
        raise NotFound
    if not actor.has_role(row["role"], "unit_head", "admin"):
        raise Forbidden
    view = dossier_view(tx, office, actor, row["dossier_id"])
    instance = instance_view(tx, office, actor, row["dossier_id"])
    holder = staff.get(tx, row["assignee_id"]) if row["assignee_id"] else None
    spec = office.procedure_cache.spec(tx, instance.procedure_version_id)
    course = office.procedure_cache.procedure(tx, instance.procedure_version_id)
    form = task_form(course, spec, row["element_id"])
    guide = course.tasks.get(row["element_id"])
    return TaskView(
        task_id=row["id"],
        element_id=row["element_id"],
        name=Text(row["name_vi"], row["name_en"]),
        hint=_hint(guide, row["element_id"]),
        role=row["role"],
        state=row["state"],
        assignee_id=row["assignee_id"],
        assignee_name=holder["full_name"] if holder else None,
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        version=instance.version,
        form=form,
        data=_data(tx, row, form, view),
        dossier=view,
        instance=instance,
        can=_can(actor, row) | view.can,
    )


def _hint(guide: TaskGuide | None, element_id: str) -> Text:
    if element_id == fee_by_hand.ELEMENT:
        return fee_by_hand.HINT
    return guide.hint if guide else Text("", "")


def instance_view(tx: Tx, office: OfficeContext, actor: Actor, dossier_id: str) -> InstanceView:
    """Where the process stands, for officials of the unit; raises NotFound."""
    must_be_staff(actor)
    row = readable_dossier(tx, actor, dossier_id)
    instance = instances.of_dossier(tx, dossier_id)
    if instance is None:
        raise NotFound
    spec = office.procedure_cache.spec(tx, instance["procedure_version_id"])
    procedure = office.procedure_cache.procedure(tx, instance["procedure_version_id"])
    happened = events.of_chain(tx, dossier_id)
    opened = [task for task in tasks.of_dossier(tx, dossier_id) if task["state"] == "open"]
    done = (event["data"].get("element") for event in happened if event["kind"] == "task.completed")
    return InstanceView(
        instance_id=instance["id"],
        dossier_id=dossier_id,
        dossier_code=row["code"],
        procedure_version_id=instance["procedure_version_id"],
        state=instance["state"],
        version=instance["version"],
        xml=spec.xml,
        active=tuple(task["element_id"] for task in opened if task["element_id"] in spec.elements),
        passed=tuple(dict.fromkeys(str(element) for element in done)),
        tasks=tuple(_open_task(tx, task) for task in opened),
        incidents=tuple(_incident(one) for one in instances.open_incidents(tx, instance["id"])),
        history=tuple(_history(event) for event in happened),
        outputs={one: _outputs(procedure, spec, one) for one, info in spec.elements.items() if info.outputs},
    )


def _outputs(procedure: Procedure, spec: ProcessSpec, element_id: str) -> tuple[str, ...]:
    """What the diagram declares, and the papers to tick where a supplement can be asked for."""
    declared = spec.elements[element_id].outputs
    return (*declared, MISSING_PAPERS) if asks_papers(task_form(procedure, spec, element_id)) else declared


def _data(tx: Tx, row: Row, form: Form | None, view: DossierView) -> dict[str, str]:
    """The holder's draft; else what an earlier round wrote; else what the dossier knows; else the form's default."""
    if form is None:
        return {}
    before = [one for one in tasks.of_dossier(tx, row["dossier_id"]) if one["element_id"] == row["element_id"]]
    written = next((one["outputs"] for one in reversed(before) if one["outputs"]), None) or {}
    fresh = {key: value for key, value in words_of(written).items() if not _is_new_each_round(key)}
    data = {entry.key: _known(view, entry.prefill) or entry.default or "" for entry in form.fields}
    return {**data, **fresh, **(row["draft"] or {})}


def _is_new_each_round(key: str) -> bool:
    """A decision is never ready-made from the round before."""
    return key in ("decision", "finding", "reason") or key.partition(".")[0] == WAY_ON


def _known(view: DossierView, prefill: str | None) -> str:
    """The value at a form's `prefill`, e.g. applicant.full_name or form.copies."""
    source, _, name = (prefill or "").partition(".")
    place: Mapping[str, object] = {"applicant": view.applicant, "owner": view.owner, "form": view.form}.get(source, {})
    return words_of(place).get(name, "")


def _can(actor: Actor, row: Row) -> frozenset[str]:
    if row["state"] != "open":
        return frozenset()
    verbs = {"reassign"} if actor.has_role("unit_head", "admin") else set()
    if row["role"] in actor.roles:
        if row["assignee_id"] is None:
            verbs |= {"claim", "complete"}
        elif row["assignee_id"] == actor.id:
            verbs |= {"release", "complete", "save_draft"}
    return frozenset(verbs)


def _open_task(tx: Tx, row: Row) -> OpenTaskRow:
    holder = staff.get(tx, row["assignee_id"]) if row["assignee_id"] else None
    name = Text(row["name_vi"], row["name_en"])
    who = holder["full_name"] if holder else None
    return OpenTaskRow(row["id"], row["element_id"], name, row["role"], who, row["due_at"])


def _incident(row: Row) -> IncidentRow:
    message = Text(row["message_vi"], row["message_en"])
    return IncidentRow(row["id"], row["code"], message, row["element_id"], row["job_id"], row["opened_at"])


def _history(row: Row) -> HistoryRow:
    name = row["actor_name"]
    actor = _THE_SYSTEM if row["actor_kind"] == SYSTEM.kind else Text(name, name)
    return HistoryRow(row["number"], row["at"], actor, row["kind"], sentence(row), detail(row["data"]))
