"""Finding a dossier again: any that the official may see, whatever has become of it.

What is looked for is personal: it comes as a form, and stands in the address sealed for this official, so that the
way back and the next page work and no log, history or neighbour's glance reads it.
"""

from __future__ import annotations

from flask import Response

from admin_ui.desk.blueprint import room
from admin_ui.guard import staff_only
from admin_ui.request_context import RequestContext
from engine.queries.tasks import LISTS, find_dossiers


@room.route("/find", staff_only)
def find(ask: RequestContext) -> Response:
    """One page of what was found, filed last first; keyset paging, so that any depth is equally quick."""
    text = ask.searched
    cursor = ask.query.get("cursor", "")[:200] or None
    found = find_dossiers(ask.tx, ask.who, text, ask.query.get("which", "all"), cursor)
    return ask.render(
        "desk/find.html", found=found, text=text, seal=ask.sealed(text), which=found.which, lists=LISTS, cursor=cursor
    )


@room.route("/find", staff_only, methods=("POST",))
def look_for(ask: RequestContext) -> Response:
    """ "Tìm": the form's words go into the address sealed."""
    return ask.go("desk.find", s=ask.sealed(ask.search_typed), which=ask.form.get("which") or None)
