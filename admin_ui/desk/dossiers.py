"""One dossier as officials see it, with its diagram, papers and whole history."""

from __future__ import annotations

from flask import Response, make_response

from admin_ui.desk.blueprint import room
from admin_ui.downloads import attachment
from admin_ui.guard import role, staff_only
from admin_ui.request_context import RequestContext
from engine.actions.process import ResolveIncident, resolve_incident
from engine.domain.actor import Role
from engine.domain.errors import Invalid
from engine.queries.dossier import dossier_at_desk, file_access, instance_view


def _show(ask: RequestContext, dossier_id: str, error: Invalid | None = None) -> Response:
    view = dossier_at_desk(ask.tx, ask.platform.office, ask.who, dossier_id)
    errors = dict(error.fields) if error else {}
    message = error.message if error and not errors else None
    status = 422 if error else 200
    response = ask.render(
        "desk/dossier.html",
        status,
        dossier=view.dossier,
        instance=view.instance,
        steps=view.written,
        errors=errors,
        message=message,
    )
    response.headers["X-Motcua-Diagram"] = response.headers["X-Motcua-Frames"] = "1"
    return response


@room.route("/dossiers/<dossier_id>", staff_only)
def dossier(ask: RequestContext, dossier_id: str) -> Response:
    """The whole dossier."""
    return _show(ask, dossier_id)


@room.route("/dossiers/<dossier_id>/diagram.bpmn", staff_only)
def diagram(ask: RequestContext, dossier_id: str) -> Response:
    """The diagram under which this dossier was filed."""
    instance = instance_view(ask.tx, ask.platform.office, ask.who, dossier_id)
    response = make_response(instance.xml)
    response.headers["Content-Type"] = "application/xml; charset=utf-8"
    return response


@room.route("/dossiers/<dossier_id>/files/<file_id>", staff_only, steps=True)
def fetch_file(ask: RequestContext, dossier_id: str, file_id: str) -> Response:
    """A paper of the dossier."""
    ref = ask.look(lambda tx: file_access.file_ref(tx, ask.who, file_id))
    data = ask.platform.registry.storage.get(ref.storage_key)
    return attachment(make_response(data), ref.name, ref.content_type)


@room.route("/dossiers/<dossier_id>/documents/<document_id>", staff_only)
def fetch_document(ask: RequestContext, dossier_id: str, document_id: str) -> Response:
    """A paper the office issued."""
    paper = file_access.document_bytes(ask.tx, ask.platform.office, ask.who, document_id)
    return attachment(make_response(paper.content), paper.name, paper.content_type)


@room.route("/dossiers/<dossier_id>/declaration.pdf", staff_only)
def declaration(ask: RequestContext, dossier_id: str) -> Response:
    """The declaration as filled in."""
    paper = file_access.declaration(ask.tx, ask.platform.office, ask.who, dossier_id, False, ask.lang)
    return attachment(make_response(paper.content), paper.name, paper.content_type)


def _incident_again(ask: RequestContext, dossier_id: str, incident_id: str, error: Invalid) -> Response:
    return _show(ask, dossier_id, error)


@room.route(
    "/dossiers/<dossier_id>/incidents/<incident_id>",
    role(Role.UNIT_HEAD, Role.ADMIN),
    methods=("POST",),
    again=_incident_again,
)
def incident(ask: RequestContext, dossier_id: str, incident_id: str) -> Response:
    """A step that could not go on: try again, skip with a reason, or say what really happened outside."""
    cmd = ResolveIncident(
        ask.who, incident_id, ask.form.get("how", ""), ask.form.get("reason", ""), ask.form.get("way", "")
    )
    ask.say(resolve_incident(ask.tx, ask.platform.office, cmd))
    return ask.go("desk.dossier", dossier_id=dossier_id)
