"""The OpenAPI page for people, drawn by Swagger UI from our own files; nothing is fetched from elsewhere."""

from __future__ import annotations

from flask import Response

from admin_ui.dispatch import Room
from admin_ui.guard import anyone
from admin_ui.request_context import RequestContext

room = Room("api", audience="any", url_prefix="/api")


@room.route("/docs", anyone)
def docs(ask: RequestContext) -> Response:
    """The page."""
    response = ask.render("shell/api.html")
    response.headers["X-Motcua-Diagram"] = "1"  # Swagger UI writes inline styles, as the diagram viewer does
    return response
