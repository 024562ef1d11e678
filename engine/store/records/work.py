"""Rows of the work on a dossier."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict


class InstanceRow(TypedDict):
    """A row of `process_instance`."""

    id: str
    dossier_id: str
    procedure_version_id: str
    spec_hash: str
    snapshot: bytes
    variables: Any
    state: str
    end_kind: str | None
    version: int
    started_at: datetime
    ended_at: datetime | None


class TimerRow(TypedDict):
    """A row of `timer`."""

    id: str
    instance_id: str
    token: str
    element_id: str
    due_at: datetime
    state: str


class JobRow(TypedDict):
    """A row of `connector_job`."""

    id: str
    kind: str
    key: str
    payload: Any
    dossier_id: str | None
    instance_id: str | None
    token: str | None
    state: str
    attempts: int
    due_at: datetime
    called_at: datetime | None
    owner: str | None
    result: Any
    error: str | None
    created_at: datetime
    finished_at: datetime | None
    emptied_at: datetime | None


class IncidentRow(TypedDict):
    """A row of `incident`."""

    id: str
    instance_id: str | None
    job_id: str | None
    element_id: str | None
    token: str | None
    code: str
    message_vi: str
    message_en: str
    state: str
    opened_at: datetime
    resolved_at: datetime | None
    resolution: str | None


class TaskRow(TypedDict):
    """A row of `task`."""

    id: str
    instance_id: str
    dossier_id: str
    token: str
    element_id: str
    name_vi: str
    name_en: str
    audience: str
    role: str
    unit_id: str
    state: str
    assignee_id: str | None
    claimed_at: datetime | None
    opened_at: datetime
    due_at: datetime | None
    sort_at: datetime
    completed_at: datetime | None
    completed_by: str | None
    outputs: Any
    draft: Any
