"""The home page."""

from __future__ import annotations

from flask import Response

from admin_ui.guard import anyone
from admin_ui.portal.blueprint import room
from admin_ui.portal.visitor import is_new_visit, remember_visit, voter
from admin_ui.request_context import RequestContext
from engine.actions.portal import RecordVisit, record_visit
from engine.domain.errors import Invalid
from engine.queries.portal import catalogue, portal_home


@room.route("/", anyone, steps=True)
def home(ask: RequestContext) -> Response:
    """News, guides, the poll, the visit counter, and the way to a procedure. A new visit is counted first."""
    if is_new_visit():
        ask.transact(lambda tx: record_visit(tx, ask.platform.office, RecordVisit()))
    response = home_page(ask)
    remember_visit(ask, response)
    return response


def home_page(ask: RequestContext, error: Invalid | None = None) -> Response:
    """The page; `error`: what was wrong with the answer to the poll."""
    view = ask.look(lambda tx: portal_home.portal_home(tx, voter(ask) or None))
    sectors = ask.look(catalogue.sectors)
    popular = ask.look(lambda tx: catalogue.search(tx, "", lang=ask.lang, size=6))
    context = {"home": view, "sectors": sectors, "popular": popular}
    return ask.render("portal/home.html", 422 if error else 200, problem=error, **context)
