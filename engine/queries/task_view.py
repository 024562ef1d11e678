"""One task on an official's desk.

task_view(tx, office, actor, task_id) -> TaskView ; instance_view(tx, office, actor, dossier_id) -> InstanceView
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.domain.form import Form
from engine.domain.text import Text
from engine.queries.dossier_view import DossierView


@dataclass(frozen=True)
class HistoryRow:
    """One event of the chained history, for officials: everything, not only what the citizen sees."""

    number: int
    at: datetime
    actor: str
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
    """Where a process instance stands. `passed`: elements already gone through, for the diagram."""

    instance_id: str
    dossier_id: str
    dossier_code: str
    procedure_version_id: str
    state: str
    version: int
    xml: bytes
    active: tuple[str, ...]
    passed: tuple[str, ...]
    tasks: tuple[OpenTaskRow, ...]
    incidents: tuple[IncidentRow, ...]
    history: tuple[HistoryRow, ...]


@dataclass(frozen=True)
class TaskView:
    """`form`: the step's fields (None: only a button). `data`: the holder's draft, else defaults.

    `can`: claim, release, complete, reassign, collect_fee.
    """

    task_id: str
    element_id: str
    name: Text
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
