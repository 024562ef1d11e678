"""Officials' queues, one task, colleagues to hand over to, and the form of the counter."""

from __future__ import annotations

from engine.queries.tasks.colleagues import colleagues
from engine.queries.tasks.counter_form import CounterForm
from engine.queries.tasks.dossier_search import LISTS, FoundPage, find_dossiers
from engine.queries.tasks.next_tasks import own_next_tasks
from engine.queries.tasks.paper_preview import paper_preview
from engine.queries.tasks.task_view import TaskView, task_view
from engine.queries.tasks.work_queue import QueuePage, work_queue

__all__ = [
    "LISTS",
    "CounterForm",
    "FoundPage",
    "QueuePage",
    "TaskView",
    "colleagues",
    "find_dossiers",
    "own_next_tasks",
    "paper_preview",
    "task_view",
    "work_queue",
]
