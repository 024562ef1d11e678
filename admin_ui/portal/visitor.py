"""The visitor cookie: a random value that only keeps one browser from being counted or voting twice."""

from __future__ import annotations

import secrets

from flask import Response

from admin_ui.cookies import read_cookie, set_cookie
from admin_ui.request_context import RequestContext

COOKIE = "motcua_visitor"
VISIT_COOKIE = "motcua_visit"
YEAR_S = 365 * 24 * 3600
VISIT_S = 30 * 60


def visitor_token() -> str:
    """This browser's value, or an empty string."""
    value = read_cookie(COOKIE)
    return value if 20 <= len(value) <= 64 else ""


def give_token(ask: RequestContext, response: Response) -> str:
    """This browser's value, made and set when there was none."""
    token = visitor_token()
    if not token:
        token = secrets.token_urlsafe(24)
        set_cookie(response, COOKIE, token, YEAR_S)
    return token


def voter(ask: RequestContext) -> str:
    """Who votes: an account, under a name that cannot be turned back, in whatever browser; else this browser."""
    if ask.actor is not None:
        return ask.platform.office.box.pseudonym("voter", str(ask.actor.id))
    return visitor_token()


def is_new_visit() -> bool:
    """A visit ends after half an hour without a page."""
    return not read_cookie(VISIT_COOKIE)


def remember_visit(ask: RequestContext, response: Response) -> None:
    """Start or prolong this visit."""
    set_cookie(response, VISIT_COOKIE, "1", VISIT_S)
