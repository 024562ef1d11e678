"""The visitor cookie: a random value that only keeps one browser from being counted or voting twice."""

from __future__ import annotations

import secrets

from flask import Response, request

from admin_ui.request_context import RequestContext

COOKIE = "motcua_visitor"
VISIT_COOKIE = "motcua_visit"
YEAR_S = 365 * 24 * 3600
VISIT_S = 30 * 60


def visitor_token() -> str:
    """This browser's value, or an empty string."""
    value = request.cookies.get(COOKIE, "")
    return value if 20 <= len(value) <= 64 else ""


def give_token(ask: RequestContext, response: Response) -> str:
    """This browser's value, made and set when there was none."""
    token = visitor_token()
    if not token:
        token = secrets.token_urlsafe(24)
        _set(ask, response, COOKIE, token, YEAR_S)
    return token


def is_new_visit() -> bool:
    """A visit ends after half an hour without a page."""
    return VISIT_COOKIE not in request.cookies


def remember_visit(ask: RequestContext, response: Response) -> None:
    """Start or prolong this visit."""
    _set(ask, response, VISIT_COOKIE, "1", VISIT_S)


def _set(ask: RequestContext, response: Response, name: str, value: str, age_s: int) -> None:
    secure = ask.platform.settings.secure_cookies
    response.set_cookie(name, value, max_age=age_s, httponly=True, samesite="Lax", secure=secure)
