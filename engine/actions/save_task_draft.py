"""What an official typed on a task is kept, unchecked, until the task is completed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.actor import Actor


@dataclass(frozen=True)
class SaveTaskDraft:
    """Only the holder's words are kept."""

    actor: Actor
    task_id: str
    data: Mapping[str, str]
