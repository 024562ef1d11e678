"""One process instance: found by its dossier's code, with path, variables, timers, calls, incidents and history."""

from __future__ import annotations

from flask import Response

from admin_ui.guard import role
from admin_ui.request_context import RequestContext
from admin_ui.system.blueprint import room
from engine.actions.process import ResolveIncident, resolve_incident
from engine.actions.records import ShowVariables, show_variables
from engine.domain.actor import Role
from engine.domain.errors import Invalid
from engine.domain.text import Text
from engine.queries.operations import find_instances, instance_page


@room.route("/instances", role(Role.ADMIN, Role.UNIT_HEAD))
def instances(ask: RequestContext) -> Response:
    """Look for a dossier; the only one found opens at once."""
    text = ask.searched
    found = find_instances(ask.tx, ask.who, text)
    if len(found) == 1:
        return ask.go("system.instance", dossier_id=found[0].dossier_id)
    return ask.render("system/instances.html", found=found, text=text)


@room.route("/instances", role(Role.ADMIN, Role.UNIT_HEAD), methods=("POST",))
def look_for(ask: RequestContext) -> Response:
    """ "Tìm": the form's words go into the address sealed."""
    return ask.go("system.instances", s=ask.sealed(ask.search_typed))


def _show(ask: RequestContext, dossier_id: str, error: Invalid | None = None, *, open_all: bool = False) -> Response:
    page = instance_page(ask.tx, ask.platform.office, ask.who, dossier_id, open_all=open_all)
    errors = dict(error.fields) if error else {}
    response = ask.render("system/instance.html", 422 if error else 200, page=page, errors=errors, open_all=open_all)
    response.headers["X-Motcua-Diagram"] = "1"
    return response


@room.route("/instances/<dossier_id>", role(Role.ADMIN, Role.UNIT_HEAD))
def instance(ask: RequestContext, dossier_id: str) -> Response:
    """Where the process stands; personal values are covered."""
    return _show(ask, dossier_id)


def _unmask_again(ask: RequestContext, dossier_id: str, error: Invalid) -> Response:
    return _show(ask, dossier_id, error)


@room.route(
    "/instances/<dossier_id>/variables", role(Role.ADMIN, Role.UNIT_HEAD), methods=("POST",), again=_unmask_again
)
def unmask(ask: RequestContext, dossier_id: str) -> Response:
    """The same page with personal values, once; who looked and why stays in the history."""
    show_variables(ask.tx, ask.platform.office, ShowVariables(ask.who, dossier_id, ask.form.get("reason", "")))
    return _show(ask, dossier_id, open_all=True)


def _mend_again(ask: RequestContext, dossier_id: str, incident_id: str, error: Invalid) -> Response:
    return _show(ask, dossier_id, error)


@room.route(
    "/instances/<dossier_id>/incidents/<incident_id>",
    role(Role.ADMIN, Role.UNIT_HEAD),
    methods=("POST",),
    again=_mend_again,
)
def mend(ask: RequestContext, dossier_id: str, incident_id: str) -> Response:
    """Retry, skip, or say what really happened outside; always with a reason."""
    cmd = ResolveIncident(
        ask.who, incident_id, ask.form.get("how", ""), ask.form.get("reason", ""), ask.form.get("way", "")
    )
    resolve_incident(ask.tx, ask.platform.office, cmd)
    ask.say(Text("Đã xử lý sự cố.", "The incident was dealt with."))
    return ask.go("system.instance", dossier_id=dossier_id)
