"""Keeping: which forms, for whom, under which keys of this browser."""

from __future__ import annotations

import functools
import re
from typing import Final

from flask import Response, g, request, session
from flask_limiter.errors import RateLimitExceeded

from admin_ui.limits import SIGN_IN, limiter
from admin_ui.request_context import RequestContext
from engine.actions.accounts import KeepForm, keep_form, let_go, mark_of

_PERSON: Final = "was"  # who was signed in last, by kind; a pseudonym
_KEYS: Final = "kept"  # key → where the form was going
_MOST: Final = 5  # windows of one browser
_ADDRESS: Final = re.compile(r"(?:/desk)?/kept/([A-Za-z0-9_-]{20,100})\Z")


def remember_person(response: Response) -> Response:
    """After each answer: the browser's page cookie tells whose forms are open in it; what was sent is let go."""
    ask: RequestContext | None = g.get("ask")
    if ask is None or ask.actor is None or request.path.startswith("/api/"):
        return response
    mark, name = mark_of(ask.platform.office, ask.actor), f"{_PERSON}_{ask.actor.kind}"
    if session.get(name) != mark:
        session[name] = mark
    if request.method == "POST" and response.status_code < 400:
        for key in [key for key, path in own_keys().items() if path == request.path]:
            ask.transact(functools.partial(let_go, key=key))
            forget_key(key)
    return response


def keep_posted(ask: RequestContext, kind: str, *, of_nobody: bool) -> str | None:
    """Keep the form of this request; gives its key, or None when it cannot be told whose it is, or is too large.

    `of_nobody`: the form holds nothing of anybody, so that whoever signs in may go on with it.
    """
    whose = "" if of_nobody else session.get(f"{_PERSON}_{kind}", "")
    if not (whose or of_nobody) or request.endpoint is None:
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    parts = {name: str(value) for name, value in (request.view_args or {}).items()}
    cmd = KeepForm(request.endpoint, parts, fields, whose)
    try:
        with limiter.limit(SIGN_IN):
            key = ask.transact(lambda tx: keep_form(tx, ask.platform.office, cmd))
    except RateLimitExceeded:
        return None
    if key is not None:
        newest = [*own_keys().items(), (key, request.path)][-_MOST:]
        session[_KEYS] = dict(newest)
    return key


def own_keys() -> dict[str, str]:
    """The keys of forms this browser has sent, each with the address it was going to."""
    return dict(session.get(_KEYS, {}))


def kept_key(address: str) -> str | None:
    """The key in an address that leads back to a kept form, if it is one of this browser's."""
    found = _ADDRESS.match(address)
    return found[1] if found and found[1] in own_keys() else None


def forget_key(key: str) -> None:
    """This browser does not need the key any more."""
    session[_KEYS] = {one: path for one, path in own_keys().items() if one != key}
