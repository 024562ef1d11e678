"""Where a process instance stands: its diagram, open tasks, incidents and history, for officials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.context import OfficeContext, task_form
from engine.domain.actor import SYSTEM, Actor, must_be_staff
from engine.domain.errors import NotFound
from engine.domain.filing import ASKED_BESIDE, asks_papers
from engine.domain.history import EventKind
from engine.domain.procedures import Procedure
from engine.domain.text import Text
from engine.queries.dossier.dossier_rows import DossierRows, readable_rows
from engine.queries.dossier.timeline import detail, sentence
from engine.queries.dossier.written import WrittenLine, WrittenStep
from engine.store import records
from engine.store.connection import Row, Tx
from engine.store.process import instances
from engine.workflow.spec import ProcessSpec
from engine.workflow.ways import FLOW, GOAL, Way, ways_on

_THE_SYSTEM = Text(SYSTEM.name, "System")


@dataclass(frozen=True)
class HistoryRow:
    """One event of the chained history, for officials: everything, not only what the citizen sees.

    `said`: what the official who completed a step decided and told the next one.
    """

    number: int
    at: datetime
    actor: Text
    kind: str
    text: Text
    detail: str
    said: tuple[WrittenLine, ...] = ()


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
class WayOn:
    """One way on from an incident: a flow of the step or another step, as the form sends it."""

    value: str
    name: Text


@dataclass(frozen=True)
class IncidentRow:
    """A step that could not go on."""

    id: str
    code: str
    message: Text
    element_id: str | None
    job_id: str | None
    opened_at: datetime
    ways: tuple[WayOn, ...] = ()

    @property
    def flows(self) -> tuple[WayOn, ...]:
        """The ways on that the diagram draws from the step."""
        return tuple(way for way in self.ways if way.value.startswith(FLOW))

    @property
    def goals(self) -> tuple[WayOn, ...]:
        """The steps to which an official may send the dossier instead."""
        return tuple(way for way in self.ways if not way.value.startswith(FLOW))


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


def instance_view(tx: Tx, office: OfficeContext, actor: Actor, dossier_id: str) -> InstanceView:
    """Where the process stands, for officials of the unit; raises NotFound."""
    must_be_staff(actor)
    return instance_shown(readable_rows(tx, actor, dossier_id), office)


def instance_shown(rows: DossierRows, office: OfficeContext, written: Sequence[WrittenStep] = ()) -> InstanceView:
    """The same out of rows that a larger page reads anyway; raises NotFound before the process has started.

    `written`: what people wrote, where the reader may read it; the history then says it.
    """
    tx, instance = rows.tx, rows.instance
    if instance is None:
        raise NotFound
    spec = office.procedure_cache.spec(tx, instance["procedure_version_id"])
    procedure = office.procedure_cache.procedure(tx, instance["procedure_version_id"])
    happened = rows.history.links
    said = {(step.element_id, step.at): step.said for step in written if not step.by_applicant}
    done = (event["data"].get("element") for event in happened if event["kind"] == EventKind.TASK_COMPLETED)
    return InstanceView(
        instance_id=instance["id"],
        dossier_id=rows.id,
        dossier_code=rows.dossier["code"] or "",
        procedure_version_id=instance["procedure_version_id"],
        state=instance["state"],
        version=instance["version"],
        xml=spec.xml,
        active=tuple(task["element_id"] for task in rows.opened if task["element_id"] in spec.elements),
        passed=tuple(dict.fromkeys(str(element) for element in done)),
        tasks=tuple(_open_task(task) for task in rows.opened),
        incidents=tuple(_incident(one, procedure, spec) for one in instances.open_incidents(tx, instance["id"])),
        history=tuple(_history(event, said) for event in happened),
        outputs={one: _outputs(procedure, spec, one) for one, info in spec.elements.items() if info.outputs},
    )


def _outputs(procedure: Procedure, spec: ProcessSpec, element_id: str) -> tuple[str, ...]:
    """What the diagram declares, and the papers to tick where a supplement can be asked for."""
    declared = spec.elements[element_id].outputs
    return (*declared, *sorted(ASKED_BESIDE)) if asks_papers(task_form(procedure, spec, element_id)) else declared


def _open_task(row: Row) -> OpenTaskRow:
    name = Text(row["name_vi"], row["name_en"])
    return OpenTaskRow(row["id"], row["element_id"], name, row["role"], row["assignee_name"], row["due_at"])


def _incident(row: records.IncidentRow, procedure: Procedure, spec: ProcessSpec) -> IncidentRow:
    message = Text(row["message_vi"], row["message_en"])
    ways = tuple(_way(way, procedure) for way in ways_on(spec, row["element_id"] or "") if row["token"])
    return IncidentRow(row["id"], row["code"], message, row["element_id"], row["job_id"], row["opened_at"], ways)


def _way(way: Way, procedure: Procedure) -> WayOn:
    name = procedure.task_name(way.element_id) or Text(way.label or way.element_id, way.label or way.element_id)
    return WayOn(f"{FLOW}{way.flow_id}" if way.flow_id else f"{GOAL}{way.element_id}", name)


def _history(row: Row, said: Mapping[tuple[Any, datetime], tuple[WrittenLine, ...]]) -> HistoryRow:
    name = row["actor_name"]
    actor = _THE_SYSTEM if row["actor_kind"] == SYSTEM.kind else Text(name, name)
    done = row["kind"] == EventKind.TASK_COMPLETED
    lines = said.get((row["data"].get("element"), row["at"]), ()) if done else ()
    return HistoryRow(row["number"], row["at"], actor, row["kind"], sentence(row), detail(row["data"]), lines)
