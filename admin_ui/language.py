"""Vietnamese first, English by a switch."""

from __future__ import annotations

from flask import g, has_request_context

from admin_ui.cookies import read_cookie

COOKIE = "motcua_lang"
LANGUAGES = ("vi", "en")


def chosen_language(account_language: str | None) -> str:
    """The cookie of this browser, else the account's language, else Vietnamese."""
    cookie = read_cookie(COOKIE)
    if cookie in LANGUAGES:
        return cookie
    return account_language if account_language in LANGUAGES else "vi"


def current_language() -> str:
    """The language of the page being made."""
    if not has_request_context():
        return "vi"
    ask = g.get("ask")
    return str(ask.lang) if ask else chosen_language(None)


def other_language() -> str:
    """The language to which the page's switch leads."""
    return next(language for language in LANGUAGES if language != current_language())
