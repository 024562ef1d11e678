"""Officials' tasks: claimed, released, handed over, drafted, completed."""

from __future__ import annotations

from engine.actions.tasks.claim_task import ClaimTask, claim_task
from engine.actions.tasks.complete_task import (
    CompletedTask,
    CompleteTask,
    complete_task,
    finish_task,
    form_of,
    named_outputs,
)
from engine.actions.tasks.reassign_task import ReassignTask, reassign_task
from engine.actions.tasks.release_task import ReleaseTask, release_task
from engine.actions.tasks.save_task_draft import SaveTaskDraft, save_task_draft

__all__ = [
    "ClaimTask",
    "CompleteTask",
    "CompletedTask",
    "ReassignTask",
    "ReleaseTask",
    "SaveTaskDraft",
    "claim_task",
    "complete_task",
    "finish_task",
    "form_of",
    "named_outputs",
    "reassign_task",
    "release_task",
    "save_task_draft",
]
