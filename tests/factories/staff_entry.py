"""An official comes in by the pages, as a person does: the forms change with the sign-in, so a page is read anew."""

from __future__ import annotations

from datetime import datetime

import pyotp
from factories.office_life import PASSWORD
from factories.web_house import Browser
from werkzeug.test import TestResponse


def signs_in(browser: Browser, username: str, password: str = PASSWORD, totp: str = "") -> TestResponse:
    """Send the sign-in form."""
    form = {"username": username, "password": password} | ({"totp": totp} if totp else {})
    answer = browser.post("/desk/sign-in", form)
    browser._token = ""
    return answer


def changes_password(browser: Browser, old: str, new: str, again: str | None = None) -> TestResponse:
    """Send the form of the official's own page."""
    form = {"password": old, "new_password": new, "again": new if again is None else again}
    return browser.post("/desk/account/password", form)


def code_of(address: str, at: datetime) -> str:
    """What the authenticator shows that took this address (otpauth://…) in."""
    totp = pyotp.parse_uri(address)
    assert isinstance(totp, pyotp.TOTP)
    return totp.at(at)
