"""What every page of the identity sandbox needs at hand, and the first and last step of a sign-in."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_plus, urlsplit

from werkzeug.exceptions import BadRequest, Gone
from werkzeug.wrappers import Request, Response

from connectors.identity.oauth import with_query
from connectors.identity.sandbox.accounts import FINISHED, Accounts, SignIn
from connectors.identity.sandbox.grants import Grants
from connectors.identity.sandbox.otp import OneTimeCodes
from connectors.training.config import SandboxConfig
from connectors.training.sandbox.pages import Pages, json_reply
from connectors.training.sandbox.server import see_other

BROWSER_COOKIE: Final = "sandbox_browser"
_KEPT: Final = (
    "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge", "code_challenge_method", "acr_values",
)  # fmt: skip


class WrongClient(BadRequest):
    """Unknown client or address: the browser must not be sent there (RFC 6749, 4.1.2.1)."""


@dataclass(frozen=True)
class Desk:
    """The tools of the sandbox, shared by its pages."""

    config: SandboxConfig
    issuer: str
    accounts: Accounts
    codes: OneTimeCodes
    grants: Grants
    pages: Pages
    inbox_url: str

    def now(self) -> float:
        """Seconds since 1970 by the injected clock."""
        return self.config.clock().timestamp()

    def begin(self, request: Request, profile: str, address: str) -> Response:
        """Start a sign-in for a known client and go to its first page."""
        browser = request.cookies.get(BROWSER_COOKIE) or secrets.token_urlsafe(32)
        kept = {name: request.args[name] for name in _KEPT if name in request.args}
        sign_in = self.accounts.start(profile, kept, browser, now=self.now())
        response = see_other(address.format(sign_in=sign_in.id))
        response.set_cookie(
            BROWSER_COOKIE, browser, httponly=True, samesite="Lax", secure=self.issuer.startswith("https:")
        )
        if request.args.get("ui_locales", "")[:2] == "en":
            response.set_cookie("sandbox_lang", "en", httponly=True, samesite="Lax")
        return response

    def sign_in(self, request: Request, sign_in_id: str) -> SignIn:
        """The sign-in of this browser; 410 with the way out when it is over, too old or another's."""
        browser = request.cookies.get(BROWSER_COOKIE, "")
        found = self.accounts.resume(sign_in_id, browser, now=self.now())
        if found is None or found.state == FINISHED:
            raise Gone(response=self.pages.show(request, "gone.html", status=410))
        return found

    def check_client(self, request: Request) -> None:
        """Client and redirect address must be the registered ones; else the person sees why."""
        known = request.args.get("client_id") == self.config.client_id
        if not known or not address_allowed(request.args.get("redirect_uri", ""), self.config.redirect_uris):
            raise WrongClient(response=self.pages.show(request, "wrong_client.html", status=400))

    def client_authenticated(self, request: Request) -> bool:
        """Whether the token request comes from our client (secret in the form or by HTTP Basic)."""
        client_id, secret = _basic(request) or (
            request.form.get("client_id", ""),
            request.form.get("client_secret", ""),
        )
        return client_id == self.config.client_id and hmac.compare_digest(
            secret.encode(), self.config.word("client").encode()
        )

    def send_back(self, sign_in: SignIn, answer: Mapping[str, str]) -> Response:
        """Back to the portal with a code or an error, and its own `state`."""
        query = dict(answer)
        if "state" in sign_in.request:
            query["state"] = sign_in.request["state"]
        return see_other(with_query(sign_in.request["redirect_uri"], query))


def oauth_error(code: str, status: int = 400) -> Response:
    """An error of the token or userinfo endpoint, in OAuth's own form."""
    return json_reply({"error": code}, status)


def address_allowed(address: str, registered: Iterable[str]) -> bool:
    """Exactly a registered address; for loopback ones the port may differ (RFC 8252, 7.3)."""
    return any(address == known or _same_loopback(address, known) for known in registered)


def origin_allowed(address: str, registered: Iterable[str]) -> bool:
    """Whether the address lies at a registered portal; signing out may end at any page of it."""
    try:
        return set(origins([address])) <= set(origins(registered))
    except ValueError:
        return False


def origins(addresses: Iterable[str]) -> list[str]:
    """The origins forms may end up at, for the content security policy."""
    found = []
    for address in addresses:
        parts = urlsplit(address)
        port = ":*" if _is_loopback(parts.hostname or "") else (f":{parts.port}" if parts.port else "")
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        found.append(f"{parts.scheme}://{host}{port}")
    return sorted(set(found))


def _same_loopback(address: str, known: str) -> bool:
    try:
        one, other = urlsplit(address), urlsplit(known)
        ports_read = (one.port, other.port)
    except ValueError:
        return False
    same = (one.scheme, one.hostname, one.path, one.query, one.fragment, one.username) == (
        other.scheme, other.hostname, other.path, other.query, other.fragment, other.username,
    )  # fmt: skip
    return same and len(ports_read) == 2 and _is_loopback(one.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _basic(request: Request) -> tuple[str, str] | None:
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = b64decode(encoded).decode().partition(":")
    except ValueError:
        return None
    return unquote_plus(client_id), unquote_plus(secret)
