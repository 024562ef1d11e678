"""The official's queue."""

from __future__ import annotations

from typing import Any

from admin_ui.api.dispatch import Blueprint, behind_door
from admin_ui.guard import staff_only
from admin_ui.request_context import RequestContext
from admin_ui.schemas.dossiers import CompletedSchema, CompletionSchema, ProblemSchema, QueueQuery, QueueSchema
from engine.actions.tasks import ClaimTask, CompletedTask, CompleteTask, claim_task, complete_task
from engine.queries.tasks import QueuePage, work_queue

blueprint = Blueprint("api_tasks", __name__, url_prefix="/api/v1/tasks", description="Công việc / Tasks")


@blueprint.route("")
@blueprint.arguments(QueueQuery, location="query")
@blueprint.response(200, QueueSchema)
@blueprint.alt_response(401, schema=ProblemSchema)
@blueprint.doc(summary="Hàng đợi / The queue")
@behind_door(staff_only)
def queue(ask: RequestContext, query: dict[str, Any]) -> QueuePage:
    """One page of the queue of the signed-in official's roles and unit."""
    return work_queue(ask.tx, ask.who, which=query["which"], text=query["q"], cursor=query["cursor"])


@blueprint.route("/<task_id>/claim", methods=["POST"])
@blueprint.response(204)
@blueprint.alt_response(404, schema=ProblemSchema)
@blueprint.alt_response(409, schema=ProblemSchema)
@blueprint.doc(summary="Nhận việc / Take a task")
@behind_door(staff_only)
def claim(ask: RequestContext, task_id: str) -> None:
    """Take a task; 409 names the colleague who was faster."""
    claim_task(ask.tx, ask.platform.office, ClaimTask(ask.who, task_id))


@blueprint.route("/<task_id>/complete", methods=["POST"])
@blueprint.arguments(CompletionSchema)
@blueprint.response(200, CompletedSchema)
@blueprint.alt_response(404, schema=ProblemSchema)
@blueprint.alt_response(409, schema=ProblemSchema)
@blueprint.doc(summary="Hoàn thành bước / Complete a task")
@behind_door(staff_only)
def complete(ask: RequestContext, decision: dict[str, Any], task_id: str) -> CompletedTask:
    """Complete a task one holds."""
    cmd = CompleteTask(ask.who, task_id, decision["outputs"], decision["version"])
    return complete_task(ask.tx, ask.platform.office, cmd)
