"""The board of connector jobs and incidents."""

from __future__ import annotations

from flask import Response

from admin_ui.guard import role
from admin_ui.request_context import RequestContext
from admin_ui.system.blueprint import room
from engine.actions.process import ResolveIncident, resolve_incident
from engine.domain.actor import Role
from engine.queries.operations import job_board, left_by_practice

VIEWS = ("open", "failed", "unknown", "all")


@room.route("/jobs", role(Role.ADMIN, Role.UNIT_HEAD))
def jobs(ask: RequestContext) -> Response:
    """Jobs by state, newest trouble first. No personal data: payloads are not shown."""
    which = ask.query.get("which", "open")
    which = which if which in VIEWS else "open"
    board = job_board(ask.tx, ask.who, which=which, cursor=ask.query.get("cursor") or None)
    left = left_by_practice(ask.tx, ask.platform.office)
    return ask.render("system/jobs.html", board=board, which=which, views=VIEWS, samples=left)


@room.route("/incidents/<incident_id>", role(Role.ADMIN, Role.UNIT_HEAD), methods=("POST",))
def settle(ask: RequestContext, incident_id: str) -> Response:
    """Retry, skip, or say what really happened outside; always with a reason."""
    cmd = ResolveIncident(
        ask.who, incident_id, ask.form.get("how", ""), ask.form.get("reason", ""), ask.form.get("way", "")
    )
    ask.say(resolve_incident(ask.tx, ask.platform.office, cmd))
    return ask.go("system.jobs")
