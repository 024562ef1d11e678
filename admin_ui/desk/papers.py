"""Papers looked at beside the work: what citizens sent, what the office issued, and what a step is about to issue."""

from __future__ import annotations

from flask import Response, make_response, url_for

from admin_ui.desk.blueprint import room
from admin_ui.downloads import framed, shown
from admin_ui.guard import staff_only
from admin_ui.request_context import RequestContext
from engine.domain.errors import NotFound
from engine.domain.vocabulary import DRAWN_BY_BROWSERS, PICTURES
from engine.queries.dossier import file_access
from engine.queries.tasks import paper_preview


@room.route("/tasks/<task_id>/preview/<kind>.pdf", staff_only)
def preview_paper(ask: RequestContext, task_id: str, kind: str) -> Response:
    """The paper this step leads to, as it will be issued."""
    paper = paper_preview(ask.tx, ask.platform.office, ask.who, task_id, kind)
    return shown(make_response(paper.content), paper.name, paper.content_type, ours=True)


@room.route("/dossiers/<dossier_id>/files/<file_id>/view", staff_only, steps=True)
def view_file(ask: RequestContext, dossier_id: str, file_id: str) -> Response:
    """A paper of the dossier in the page's frame; what is no picture and no PDF can only be kept."""
    ref = ask.look(lambda tx: file_access.file_ref(tx, ask.who, file_id))
    if ref.content_type not in DRAWN_BY_BROWSERS:
        raise NotFound
    if ref.content_type in PICTURES:
        address = url_for("desk.fetch_file", dossier_id=dossier_id, file_id=file_id)
        return framed(ask.render("desk/picture.html", name=ref.name, address_of_file=address))
    data = ask.platform.registry.storage.get(ref.storage_key)
    return shown(make_response(data), ref.name, ref.content_type)


@room.route("/dossiers/<dossier_id>/documents/<document_id>/view", staff_only)
def view_document(ask: RequestContext, dossier_id: str, document_id: str) -> Response:
    """A paper the office issued, in the page's frame."""
    paper = file_access.document_bytes(ask.tx, ask.platform.office, ask.who, document_id)
    return shown(make_response(paper.content), paper.name, paper.content_type, ours=True)


@room.route("/dossiers/<dossier_id>/declaration/view", staff_only)
def view_declaration(ask: RequestContext, dossier_id: str) -> Response:
    """The declaration as filled in, in the page's frame."""
    paper = file_access.declaration(ask.tx, ask.platform.office, ask.who, dossier_id, False, ask.lang)
    return shown(make_response(paper.content), paper.name, paper.content_type, ours=True)
