"""The queue: my work, my unit's, what waits for others, what is due, what is not synchronised."""

from __future__ import annotations

from flask import Response

from admin_ui.cookies import set_cookie
from admin_ui.desk.blueprint import room
from admin_ui.guard import anyone, staff_only
from admin_ui.language import COOKIE, LANGUAGES
from admin_ui.request_context import RequestContext
from admin_ui.safe_redirect import own_path
from engine.actions.accounts import ChooseLanguage, choose_language
from engine.domain.errors import NotFound
from engine.queries.tasks import work_queue

YEAR_S = 365 * 24 * 3600


@room.route("", staff_only)
def queue(ask: RequestContext) -> Response:
    """One page of the queue; keyset paging, so that any depth is equally quick."""
    which = ask.query.get("which", "unit")
    text = ask.searched
    cursor = ask.query.get("cursor", "")[:200] or None
    found = work_queue(ask.tx, ask.who, which=which, text=text, cursor=cursor)
    return ask.render(
        "desk/queue.html",
        found=found,
        which=found.which,
        text=text,
        seal=ask.sealed(text),
        views=tuple(found.counts),
        cursor=cursor,
    )


@room.route("", staff_only, methods=("POST",))
def look_in_queue(ask: RequestContext) -> Response:
    """ "Tìm": a dossier among the open tasks; the words go into the address sealed."""
    return ask.go("desk.queue", which=ask.form.get("which") or None, s=ask.sealed(ask.search_typed))


@room.route("/lang/<language>", anyone, methods=("POST",))
def language(ask: RequestContext, language: str) -> Response:
    """Switch the language and stay where one was."""
    if language not in LANGUAGES:
        raise NotFound()
    if ask.actor:
        choose_language(ask.tx, ask.platform.office, ChooseLanguage(ask.actor, language))
    response = ask.go("desk.queue")
    response.headers["Location"] = own_path(ask.form.get("return_to", "/desk"))
    set_cookie(response, COOKIE, language, YEAR_S)
    return response
