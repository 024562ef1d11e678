"""One process instance for those who keep the platform running: where it stands, what it waits for, what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from engine.context import OfficeContext
from engine.domain.actor import Actor, Role, must_be_staff
from engine.domain.procedures import Procedure
from engine.domain.text import Text
from engine.queries.dossier import (
    IncidentRow,
    InstanceView,
    dossiers_found,
    instance_shown,
    readable_rows,
    visible_to,
)
from engine.queries.operations.job_board import choices_of
from engine.queries.operations.variables_view import VariableRow, variable_rows
from engine.store import records
from engine.store.catalogue import procedures
from engine.store.connection import Row, Tx, rows
from engine.store.process import jobs, migration_runs, timers
from engine.store.schema.dossiers import dossier
from engine.store.schema.work import process_instance
from engine.workflow.position import PlaceState, Position, position, walked
from engine.workflow.spec import ProcessSpec

_FOUND: Final = 20


class StepState(StrEnum):
    """How an element of the diagram is shown."""

    OPEN = "open"
    WAITING = "waiting"
    FAILED = "failed"
    PASSED = "passed"


# Where several tokens stand at one element, the last of these is shown.
_SHOWN_AS: Final[Mapping[PlaceState, StepState]] = {
    PlaceState.WATCHING: StepState.WAITING,
    PlaceState.JOINING: StepState.WAITING,
    PlaceState.OPEN: StepState.OPEN,
    PlaceState.FAILED: StepState.FAILED,
}


@dataclass(frozen=True)
class StepRow:
    """One element of the diagram. `times`: how often it was entered."""

    element_id: str
    name: Text
    kind: str
    times: int
    state: StepState

    @property
    def needs_work(self) -> bool:
        """Whether somebody has to do something here."""
        return self.state in (StepState.OPEN, StepState.FAILED)


@dataclass(frozen=True)
class TimerRow:
    """A running timer."""

    element_id: str
    name: Text
    due_at: datetime
    late: bool


@dataclass(frozen=True)
class CallRow:
    """A connector job; its payload holds people's data and is not shown."""

    id: str
    kind: str
    key: str
    state: str
    attempts: int
    due_at: datetime
    created_at: datetime
    error: str | None


@dataclass(frozen=True)
class IncidentChoice:
    """An open incident and what can be done about it."""

    incident: IncidentRow
    choices: tuple[str, ...]


@dataclass(frozen=True)
class MigrationRow:
    """A migration this instance was part of."""

    run_id: str
    from_number: int
    to_number: int
    state: str
    ground: str
    who: str
    at: datetime | None
    reasons: tuple[Text, ...]


@dataclass(frozen=True)
class InstancePage:
    """`filed_number`: the version the dossier was filed under; `course_number`: whose diagram it follows now.

    `broken`: places where the history does not hold, 0 when the chain is whole.
    """

    view: InstanceView
    procedure_code: str
    procedure_name: Text
    filed_number: int
    course_number: int
    started_at: datetime
    ended_at: datetime | None
    steps: tuple[StepRow, ...]
    counts: Mapping[str, int]
    variables: tuple[VariableRow, ...]
    timers: tuple[TimerRow, ...]
    calls: tuple[CallRow, ...]
    incidents: tuple[IncidentChoice, ...]
    migrations: tuple[MigrationRow, ...]
    links: int
    broken: int

    def ids(self, *states: str) -> str:
        """The elements in these states, as the diagram's page takes them."""
        return ",".join(one.element_id for one in self.steps if one.state in states)

    @property
    def tally(self) -> str:
        """How often each element was entered, as the diagram's page takes it."""
        return ",".join(f"{element}:{times}" for element, times in self.counts.items())


@dataclass(frozen=True)
class FoundInstance:
    """A dossier whose process was looked for."""

    dossier_id: str
    dossier_code: str
    procedure_code: str
    state: str


def find_instances(tx: Tx, actor: Actor, text: str) -> tuple[FoundInstance, ...]:
    """Sent dossiers that are meant: an administrator's of every unit, a head's of their own."""
    must_be_staff(actor, Role.ADMIN, Role.UNIT_HEAD)
    named = dossiers_found(tx, text)
    if not named:
        return ()
    statement = (
        select(dossier.c.id, dossier.c.code, dossier.c.procedure_code, process_instance.c.state)
        .join(process_instance, process_instance.c.dossier_id == dossier.c.id)
        .where(visible_to(actor), *named)
        .order_by(dossier.c.id.desc())
        .limit(_FOUND)
    )
    return tuple(
        FoundInstance(row["id"], row["code"], row["procedure_code"], row["state"]) for row in rows.every(tx, statement)
    )


def instance_page(
    tx: Tx, office: OfficeContext, actor: Actor, dossier_id: str, *, open_all: bool = False
) -> InstancePage:
    """Everything about it; `open_all` shows personal values too, after `show_variables` has noted why.

    Raises NotFound for another unit's dossier, and for one whose process has not started.
    """
    must_be_staff(actor, Role.ADMIN, Role.UNIT_HEAD)
    rows = readable_rows(tx, actor, dossier_id)
    view, row, instance = instance_shown(rows, office), rows.dossier, rows.instance
    if instance is None:
        raise RuntimeError("instance_shown has looked already")
    spec = office.procedure_cache.spec(tx, view.procedure_version_id)
    pack = office.procedure_cache.procedure(tx, view.procedure_version_id)
    filed, course = (procedures.card(tx, one) for one in (row["procedure_version_id"], view.procedure_version_id))
    known = tuple(
        office.procedure_cache.procedure(tx, one) for one in {row["procedure_version_id"], view.procedure_version_id}
    )
    counts = walked(spec, instance["snapshot"])
    return InstancePage(
        view=view,
        procedure_code=row["procedure_code"],
        procedure_name=Text(course["name_vi"], course["name_en"]) if course else Text("", ""),
        filed_number=filed["number"] if filed else 0,
        course_number=course["number"] if course else 0,
        started_at=instance["started_at"],
        ended_at=instance["ended_at"],
        steps=_steps(spec, pack, counts, position(spec, instance["snapshot"]), view),
        counts=counts,
        variables=variable_rows(instance["variables"], known, open_all=open_all),
        timers=tuple(_timer(spec, pack, one, tx.now) for one in timers.of_instance(tx, instance["id"])),
        calls=tuple(_call(one) for one in jobs.of_dossier(tx, dossier_id)),
        incidents=tuple(IncidentChoice(one, choices_of(one.code, one.job_id)) for one in view.incidents),
        migrations=tuple(_migration(tx, one) for one in migration_runs.of_instance(tx, instance["id"])),
        links=len(view.history),
        broken=rows.history.broken(),
    )


def _steps(
    spec: ProcessSpec, pack: Procedure, counts: Mapping[str, int], places: Sequence[Position], view: InstanceView
) -> tuple[StepRow, ...]:
    """In the order of the diagram: what was passed, and where the process stands or waits."""
    known = list(_SHOWN_AS)
    states = {one.element_id: _SHOWN_AS[one.state] for one in sorted(places, key=lambda one: known.index(one.state))}
    states |= {one.element_id: StepState.FAILED for one in view.incidents if one.element_id}
    return tuple(
        StepRow(info.id, _name(spec, pack, info.id), info.kind, counts.get(info.id, 0), state)
        for info in spec.elements.values()
        if (state := states.get(info.id, StepState.PASSED if info.id in counts else None)) is not None
    )


def _name(spec: ProcessSpec, pack: Procedure, element_id: str) -> Text:
    """As the pack says it in both languages; what only the diagram names is shown in its language."""
    info = spec.elements.get(element_id)
    drawn = " ".join(info.name.split()) if info else ""
    return pack.task_name(element_id) or Text(drawn or element_id, drawn or element_id)


def _timer(spec: ProcessSpec, pack: Procedure, row: records.TimerRow, now: datetime) -> TimerRow:
    name = _name(spec, pack, row["element_id"])
    return TimerRow(row["element_id"], name, row["due_at"], row["due_at"] < now)


def _call(row: records.JobRow) -> CallRow:
    return CallRow(
        id=row["id"],
        kind=row["kind"],
        key=row["key"],
        state=row["state"],
        attempts=row["attempts"],
        due_at=row["due_at"],
        created_at=row["created_at"],
        error=row["error"],
    )


def _migration(tx: Tx, row: Row) -> MigrationRow:
    before, after = procedures.card(tx, row["from_id"]), procedures.card(tx, row["target_id"])
    return MigrationRow(
        run_id=row["run_id"],
        from_number=before["number"] if before else 0,
        to_number=after["number"] if after else 0,
        state=row["state"],
        ground=row["ground"],
        who=row["actor_name"],
        at=row["at"],
        reasons=tuple(Text(one["vi"], one["en"]) for one in row["reasons"] or ()),
    )
