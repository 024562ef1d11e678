"""One step of one dossier under way: what it started from, and everything it will leave behind.

Effects only gather rows here; `keep_work` writes them at the end, one statement per table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.dossier import DossierState, NationalStatus
from engine.domain.errors import Conflict, NotFound
from engine.domain.filing import Asked
from engine.domain.history import EventKind
from engine.domain.identifiers import new_id
from engine.domain.procedures import Procedure
from engine.domain.text import Text
from engine.domain.vocabulary import InstanceState
from engine.store.connection import Tx
from engine.store.dossiers import dossiers
from engine.store.history import events
from engine.store.process import instances, tasks
from engine.store.records import DossierRow
from engine.workflow.spec import ProcessSpec

GONE = Text(
    "Công việc này đã được hoàn thành hoặc không còn cần thiết. Hãy quay lại danh sách công việc.",
    "This task has been completed or is no longer needed. Please go back to your queue.",
)


@dataclass
class DossierWork:
    """The dossier and its process while an action works on them. `dossier` shows changes at once."""

    tx: Tx
    office: OfficeContext
    actor: Actor
    dossier: dict[str, Any]
    instance: dict[str, Any] | None
    done: tasks.Done | None = None  # the task this step closes, until it is written
    chain_head: events.Head | None = None  # the end of the dossier's history, once a statement has told it
    left_vnd: int | None = None  # what is still to be paid, in đồng, once it was asked
    asked: Asked = field(default_factory=Asked)  # what an official ticked as missing
    opened_tasks: list[dict[str, Any]] = field(default_factory=list)  # kept by this action, with their ids
    changed: dict[str, Any] = field(default_factory=dict)
    moved: dict[str, Any] = field(default_factory=dict)
    happenings: list[events.NewEvent] = field(default_factory=list)
    new_tasks: list[dict[str, Any]] = field(default_factory=list)
    new_timers: list[dict[str, Any]] = field(default_factory=list)
    new_jobs: list[dict[str, Any]] = field(default_factory=list)
    new_notices: list[dict[str, Any]] = field(default_factory=list)
    new_incidents: list[dict[str, Any]] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        """The instant of the step: one for everything written in it."""
        return self.tx.now

    @property
    def id(self) -> str:
        """The dossier's id, which is also the name of its history."""
        return str(self.dossier["id"])

    @property
    def code(self) -> str:
        """The dossier's code; empty while a draft."""
        return self.dossier["code"] or ""

    @property
    def state(self) -> DossierState:
        """Where the dossier is now."""
        return DossierState(self.dossier["state"])

    @property
    def status(self) -> NationalStatus:
        """The national status now."""
        return NationalStatus(self.dossier["status"])

    @property
    def procedure(self) -> Procedure:
        """The procedure as it was when the dossier was begun: its papers, fee and time limit hold to the end."""
        return self.office.procedure_cache.procedure(self.tx, self.dossier["procedure_version_id"])

    @property
    def course_id(self) -> str:
        """The version whose diagram the process follows; a migration changes it, the dossier's own stays."""
        return str((self.instance or self.dossier)["procedure_version_id"])

    @property
    def course(self) -> Procedure:
        """That version: the lanes, names, forms, hours and decisions of the steps."""
        return self.office.procedure_cache.procedure(self.tx, self.course_id)

    @property
    def spec(self) -> ProcessSpec:
        """The diagram the process follows."""
        return self.office.procedure_cache.spec(self.tx, self.course_id)

    @property
    def variables(self) -> Mapping[str, Any]:
        """The instance's variables; empty before the process starts."""
        return self.instance["variables"] if self.instance else {}

    def set(self, **columns: Any) -> None:
        """Change columns of the dossier. A plain value that is there already is not written again."""
        for name, value in columns.items():
            if isinstance(value, dict | list) or self.dossier.get(name) != value:
                self.changed[name] = value
        self.dossier.update(columns)

    def move(self, **columns: Any) -> None:
        """Change columns of the instance."""
        if self.instance is None:
            raise RuntimeError("the process has not started")
        self.instance.update(columns)
        self.moved.update(columns)

    def happened(self, kind: EventKind, data: Mapping[str, Any] | None = None, *, public: bool | None = None) -> None:
        """Add to the history. `public`: whether the citizen sees it on the timeline, where the kind does not say."""
        self.happenings.append(events.NewEvent(kind, data or {}, public))

    def close_task(self) -> None:
        """Write the closed task at once, where a paper or a question is about to read it. Raises Conflict."""
        if self.done is not None:
            self.chain_head = tasks.complete(self.tx, self.done)
            if self.chain_head is None:
                raise Conflict(GONE)
            self.done = None

    def keep_tasks(self) -> None:
        """The task that is done, then those that open."""
        self.close_task()
        ids = tasks.add_all(self.tx, self.new_tasks)
        self.opened_tasks = [{**row, "id": row_id} for row, row_id in zip(self.new_tasks, ids, strict=True)]

    def forget(self) -> None:
        """Begin anew after everything was written."""
        self.changed, self.moved, self.done, self.chain_head = {}, {}, None, None
        self.happenings, self.new_tasks, self.new_timers = [], [], []
        self.new_jobs, self.new_notices, self.new_incidents = [], [], []


def load_work(tx: Tx, office: OfficeContext, actor: Actor, dossier_id: str) -> DossierWork:
    """Hold the dossier until the transaction ends, so that two people do not move it at once; raises NotFound."""
    row = dossiers.get_locked(tx, dossier_id)
    if row is None:
        raise NotFound
    return step_of(tx, office, actor, row)


def step_of(tx: Tx, office: OfficeContext, actor: Actor, row: DossierRow) -> DossierWork:
    """A step of a dossier whose row is held already."""
    instance = instances.of_dossier(tx, row["id"])
    return DossierWork(tx, office, actor, dict(row), dict(instance) if instance else None)


def own_work(tx: Tx, office: OfficeContext, actor: Actor, dossier_id: str) -> DossierWork:
    """The same for a citizen's own dossier: somebody else's does not exist for them."""
    work = load_work(tx, office, actor, dossier_id)
    if not actor.is_citizen or actor.id is None or work.dossier["person_id"] != actor.id:
        raise NotFound
    return work


def new_instance(work: DossierWork) -> dict[str, Any]:
    """An instance that is about to start; version 0 says that its row is not there yet."""
    return {
        "id": new_id(work.at),
        "dossier_id": work.id,
        "procedure_version_id": work.dossier["procedure_version_id"],
        "spec_hash": work.spec.hash,
        "snapshot": b"",
        "variables": {},
        "state": InstanceState.RUNNING,
        "version": 0,
        "started_at": work.at,
    }
