"""After the sign-in: the form's own page with what was typed, or the one thing that was asked for, done once."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, current_app, g
from werkzeug.datastructures import MultiDict

from admin_ui.dispatch import Dispatch
from admin_ui.kept.forms import forget_key, own_keys
from admin_ui.request_context import RequestContext
from engine.actions.accounts import KeptForm, kept_form, use_kept_form
from engine.domain.errors import Invalid, MotcuaError, NotFound
from engine.domain.text import Text
from engine.store.connection import Tx

_HERE_AGAIN = Text(
    "Bạn đã đăng nhập lại. Những gì bạn vừa nhập vẫn còn dưới đây nhưng chưa được gửi: hãy xem lại rồi gửi. "
    "Tệp đã chọn thì cần chọn lại.",
    "You are signed in again. What you typed is still below but has not been sent: look it over and send it. "
    "Files have to be chosen again.",
)


def passage_of(endpoint: str | None) -> Dispatch | None:
    """The door of a page of this application; None for what stands behind no door."""
    answer = current_app.view_functions.get(endpoint or "")
    passage = getattr(answer, "func", None)
    return passage if isinstance(passage, Dispatch) else None


def goes_on(endpoint: str | None) -> bool:
    """Whether what this page's form asks for is simply done once somebody has signed in."""
    passage = passage_of(endpoint)
    return passage is not None and passage.goes_on


def put_back(ask: RequestContext, key: str) -> Response:
    """The page of the form, with what was typed. A form without such a page is offered to be sent by hand."""
    if key not in own_keys():
        raise NotFound
    found = ask.look(lambda tx: kept_form(tx, ask.platform.office, key, ask.who))
    passage = passage_of(found.endpoint)
    if passage is None:
        raise NotFound
    passage.guard.check(ask.actor, ask.duties)
    g.ask = shown = replace(ask, room=passage.room, kept=MultiDict(found.fields))
    if passage.again is None:
        return shown.render("shell/send_again.html", fields=found.fields, action=own_keys()[key], returned=True)
    response: Response = passage.show_again(shown, Invalid(message=_HERE_AGAIN), dict(found.parts))
    response.status_code = 200
    return response


def go_on(ask: RequestContext, key: str) -> Response | None:
    """Do what the kept form asked for, once, if its page goes on by itself; None: show the page instead."""
    try:
        passage = passage_of(ask.look(lambda tx: kept_form(tx, ask.platform.office, key, ask.who)).endpoint)
        if passage is None or not passage.goes_on:
            return None
        passage.guard.check(ask.actor, ask.duties)
        response = ask.transact(lambda tx: _do(ask, passage, tx, use_kept_form(tx, ask.platform.office, key, ask.who)))
    except MotcuaError:
        return None  # the page says what is in the way, beside its button
    forget_key(key)
    return response


def _do(ask: RequestContext, passage: Dispatch, tx: Tx, found: KeptForm) -> Response:
    acting = replace(ask, kept=MultiDict(found.fields), _tx=tx)
    response: Response = passage.view(acting, **found.parts)
    return response
