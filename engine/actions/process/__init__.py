"""The process of a dossier moves on: after a task, a timer, a message, an answer from outside, an incident."""

from __future__ import annotations

from engine.actions.process.finish_connector_job import FinishConnectorJob, finish_connector_job
from engine.actions.process.fire_due_timers import FireDueTimers, TimerBroke, fire_due_timers
from engine.actions.process.fire_timer import FireTimer, fire_timer
from engine.actions.process.move_status import move_status
from engine.actions.process.open_rows import open_tasks, open_timers, task_row
from engine.actions.process.receive_message import ReceiveMessage, receive_message
from engine.actions.process.resolve_incident import TIMER_FAILED, ResolveIncident, resolve_incident
from engine.actions.process.run_process import run_process, start_process

__all__ = [
    "TIMER_FAILED",
    "FinishConnectorJob",
    "FireDueTimers",
    "FireTimer",
    "ReceiveMessage",
    "ResolveIncident",
    "TimerBroke",
    "finish_connector_job",
    "fire_due_timers",
    "fire_timer",
    "move_status",
    "open_tasks",
    "open_timers",
    "receive_message",
    "resolve_incident",
    "run_process",
    "start_process",
    "task_row",
]
