"""Our cookies: over TLS they bear `__Host-`, so that no neighbouring name can plant one (RFC 6265bis)."""

from __future__ import annotations

from typing import Final, Literal

from flask import Response, current_app, request, session
from flask_wtf.csrf import validate_csrf

CITIZEN: Final = "motcua_citizen"
STAFF: Final = "motcua_staff"
PAGE: Final = "motcua_page"
_BEFORE: Final = "csrf_before"  # the seed of forms that were open before a sign-in


def full_name(name: str, secure: bool) -> str:
    """The cookie's name as the browser keeps it."""
    return f"__Host-{name}" if secure else name


def read_cookie(name: str) -> str:
    """What the browser sent; empty when nothing."""
    return request.cookies.get(full_name(name, _secure()), "")


def set_cookie(
    response: Response, name: str, value: str, age_s: int, samesite: Literal["Lax", "Strict"] = "Lax"
) -> None:
    """Give a cookie no script can read."""
    secure = _secure()
    response.set_cookie(full_name(name, secure), value, max_age=age_s, httponly=True, samesite=samesite, secure=secure)


def drop_cookie(response: Response, name: str) -> None:
    """Take a cookie back; browsers obey for `__Host-` names only when the flags are the same."""
    secure = _secure()
    response.delete_cookie(full_name(name, secure), secure=secure, httponly=True)


def new_forms() -> None:
    """Somebody came in or went out: forms get a new seed. The old one is remembered for forms that were open."""
    if "csrf_token" in session:
        session[_BEFORE] = session.pop("csrf_token")


def opened_before_sign_in(token: str) -> bool:
    """Whether a form's token is of this browser, from before its last sign-in."""
    try:
        validate_csrf(token, token_key=_BEFORE)
    except ValueError:
        return False
    return True


def _secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])
