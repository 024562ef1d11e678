"""An official completes a task; the dossier moves on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class CompleteTask:
    """`version`: TaskView.version of the page the decision was made on; a stale one is a Conflict."""

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
