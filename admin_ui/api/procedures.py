"""The catalogue and quotes, open to everybody."""

from __future__ import annotations

from typing import Any

from admin_ui.api.dispatch import Blueprint, behind_door
from admin_ui.guard import anyone
from admin_ui.limits import LOOK_UP, limiter
from admin_ui.request_context import RequestContext
from admin_ui.schemas.dossiers import ProblemSchema
from admin_ui.schemas.procedures import PageQuery, ProcedurePageSchema, ProcedureSchema, QuoteQuery, QuoteSchema
from engine.context import quote_fees
from engine.queries.page import Page
from engine.queries.portal import ProcedureView, catalogue
from rules.fees import QuoteRequest

blueprint = Blueprint("api_procedures", __name__, url_prefix="/api/v1/procedures", description="Thủ tục / Procedures")


@blueprint.route("")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, ProcedurePageSchema)
@blueprint.doc(summary="Tìm thủ tục / Search the catalogue")
@behind_door(anyone)
def procedures(ask: RequestContext, query: dict[str, Any]) -> Page[Any]:
    """Search the catalogue; accents and spelling are forgiven."""
    return catalogue.search(ask.tx, query["q"], lang=ask.lang, page=query["page"])


@blueprint.route("/<code>")
@blueprint.response(200, ProcedureSchema)
@blueprint.alt_response(404, schema=ProblemSchema)
@blueprint.doc(summary="Một thủ tục / One procedure")
@behind_door(anyone)
def procedure(ask: RequestContext, code: str) -> ProcedureView:
    """Papers, deadline and level of one procedure."""
    return catalogue.procedure_page(ask.tx, ask.platform.office, code)


@blueprint.route("/<code>/quote", methods=["POST"])
@limiter.limit(LOOK_UP)
@blueprint.arguments(QuoteQuery)
@blueprint.response(200, QuoteSchema)
@blueprint.alt_response(404, schema=ProblemSchema)
@blueprint.alt_response(422, schema=ProblemSchema)
@blueprint.doc(summary="Tính phí, lệ phí / Work out the fee")
@behind_door(anyone)
def quote(ask: RequestContext, query: dict[str, Any], code: str) -> dict[str, Any]:
    """What it costs under these facts, with the reason and the legal basis of every step."""
    office = ask.platform.office
    office.procedure_cache.current(ask.tx, code)
    request = QuoteRequest(code, query["submitted_at"] or ask.tx.now, None, query["facts"])
    return dict(quote_fees(office, request).to_dict())
