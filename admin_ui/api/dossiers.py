"""One's own dossiers."""

from __future__ import annotations

from typing import Any

from admin_ui.api.dispatch import Blueprint, behind_door
from admin_ui.guard import citizen_only
from admin_ui.request_context import RequestContext
from admin_ui.schemas.dossiers import DossierPageSchema, DossierQuery, DossierSchema, ProblemSchema
from engine.queries.dossier import DossierView, dossier_view, my_dossiers
from engine.queries.page import Page

blueprint = Blueprint("api_dossiers", __name__, url_prefix="/api/v1/dossiers", description="Hồ sơ / Dossiers")


@blueprint.route("")
@blueprint.arguments(DossierQuery, location="query")
@blueprint.response(200, DossierPageSchema)
@blueprint.alt_response(401, schema=ProblemSchema)
@blueprint.doc(summary="Hồ sơ của tôi / My dossiers")
@behind_door(citizen_only)
def own(ask: RequestContext, query: dict[str, Any]) -> Page[Any]:
    """The signed-in citizen's dossiers."""
    return my_dossiers(ask.tx, ask.who, page=query["page"], which=query["which"], text=query["q"]).page


@blueprint.route("/<dossier_id>")
@blueprint.response(200, DossierSchema)
@blueprint.alt_response(401, schema=ProblemSchema)
@blueprint.alt_response(404, schema=ProblemSchema)
@blueprint.doc(summary="Một hồ sơ / One dossier")
@behind_door(citizen_only)
def one(ask: RequestContext, dossier_id: str) -> DossierView:
    """One dossier; somebody else's does not exist for the asker."""
    return dossier_view(ask.tx, ask.platform.office, ask.who, dossier_id)
