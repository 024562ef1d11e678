"""The VNeID side of the sandbox: a code to scan, a phone to confirm on, replies in envelopes."""

from __future__ import annotations

import json
from typing import Final

import segno
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from markupsafe import Markup
from werkzeug.exceptions import Gone
from werkzeug.wrappers import Request, Response

from connectors.identity.envelope import seal
from connectors.identity.oauth import with_query
from connectors.identity.sandbox.accounts import (
    CONFIRMED,
    DECLINED,
    FINISHED,
    PASSWORD,
    SignIn,
    citizen_of,
)
from connectors.identity.sandbox.desk import Desk, oauth_error
from connectors.identity.sandbox.grants import TOKEN_LIFE_S
from connectors.training.sandbox.pages import json_reply
from connectors.training.sandbox.server import Route, see_other

PROFILE: Final = "vneid"


class VneidSide:
    """Works like the app sign-in: the browser shows a code, the phone scans it and says yes or no."""

    def __init__(self, desk: Desk, client_key: RSAPublicKey) -> None:
        self._desk = desk
        self._client_key = client_key

    def routes(self) -> list[Route]:
        """The addresses of this side."""
        return [
            Route("/vneid/authorize", "GET", self._authorize),
            Route("/vneid/wait/<sign_in_id>", "GET", self._wait),
            Route("/vneid/wait/<sign_in_id>", "POST", self._go_on),
            Route("/vneid/phone/<phone_token>", "GET", self._phone),
            Route("/vneid/phone/<phone_token>", "POST", self._confirm),
            Route("/vneid/token", "POST", self._token, machine=True),
            Route("/vneid/userinfo", "GET", self._userinfo, machine=True),
        ]

    def _authorize(self, request: Request) -> Response:
        self._desk.check_client(request)
        asked = request.args
        pkce_sound = "code_challenge" not in asked or asked.get("code_challenge_method") == "S256"
        if asked.get("response_type") != "code" or not asked.get("state") or not pkce_sound:
            answer = {"error": "invalid_request", "state": asked.get("state", "")}
            return see_other(with_query(asked["redirect_uri"], answer))
        return self._desk.begin(request, PROFILE, "/vneid/wait/{sign_in}")

    def _wait(self, request: Request, sign_in_id: str) -> Response:
        return self._wait_page(request, self._desk.sign_in(request, sign_in_id), early=False)

    def _wait_page(self, request: Request, sign_in: SignIn, *, early: bool) -> Response:
        phone_url = f"{self._desk.issuer}/vneid/phone/{sign_in.phone_token}"
        picture = segno.make(phone_url, error="m").svg_inline(scale=4, border=4, omitsize=True)
        return self._desk.pages.show(
            request,
            "vneid_wait.html",
            status=422 if early else 200,
            sign_in=sign_in,
            phone_url=phone_url,
            qr=Markup(picture),  # noqa: S704 - drawn here from our own address
            early=early,
        )

    def _go_on(self, request: Request, sign_in_id: str) -> Response:
        desk = self._desk
        sign_in = desk.sign_in(request, sign_in_id)
        if sign_in.state == DECLINED or request.form.get("cancel"):
            desk.accounts.advance(sign_in.id, expected=sign_in.state, state=FINISHED)
            return desk.send_back(sign_in, {"error": "access_denied"})
        if sign_in.state != CONFIRMED or sign_in.account is None:
            return self._wait_page(request, sign_in, early=True)
        if not desk.accounts.advance(sign_in.id, expected=CONFIRMED, state=FINISHED):
            return see_other(f"/vneid/wait/{sign_in.id}")
        code = desk.grants.give_code(sign_in, sign_in.account, now=desk.now())
        sealed = seal(self._client_key, code.encode())
        return desk.send_back(sign_in, {"code": sealed["data"], "encrypt_key": sealed["key"]})

    def _phone(self, request: Request, phone_token: str) -> Response:
        return self._phone_page(request, self._scanned(request, phone_token))

    def _phone_page(self, request: Request, sign_in: SignIn, error: str | None = None) -> Response:
        return self._desk.pages.show(
            request,
            "vneid_phone.html",
            status=200 if error is None else 422,
            sign_in=sign_in,
            hints=self._desk.accounts.hints(),
            chosen=request.form.get("account", ""),
            error=error,
        )

    def _confirm(self, request: Request, phone_token: str) -> Response:
        desk = self._desk
        sign_in = self._scanned(request, phone_token)
        here = f"/vneid/phone/{phone_token}"
        if sign_in.state != PASSWORD:
            return see_other(here)
        if request.form.get("answer") == "no":
            desk.accounts.advance(sign_in.id, expected=PASSWORD, state=DECLINED)
            return see_other(here)
        typed = request.form.get("passcode", "").strip()
        person = desk.accounts.check_passcode(request.form.get("account", ""), typed, now=desk.now())
        if person is None:
            return self._phone_page(request, sign_in, "wrong")
        desk.accounts.advance(sign_in.id, expected=PASSWORD, state=CONFIRMED, account=person.tech_id)
        return see_other(here)

    def _scanned(self, request: Request, phone_token: str) -> SignIn:
        found = self._desk.accounts.by_phone(phone_token, now=self._desk.now())
        if found is None:
            raise Gone(response=self._desk.pages.show(request, "gone.html", status=410))
        return found

    def _token(self, request: Request) -> Response:
        desk = self._desk
        if not desk.client_authenticated(request):
            return oauth_error("invalid_client", 401)
        grant = desk.grants.redeem(
            request.form.get("code", ""),
            profile=PROFILE,
            redirect_uri=request.form.get("redirect_uri", ""),
            code_verifier=request.form.get("code_verifier", ""),
            now=desk.now(),
        )
        if grant is None:
            return oauth_error("invalid_grant")
        return self._sealed({"access_token": grant.access_token, "token_type": "Bearer", "expires_in": TOKEN_LIFE_S})

    def _userinfo(self, request: Request) -> Response:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        desk = self._desk
        account = desk.grants.account_of(token, profile=PROFILE, now=desk.now()) if scheme == "Bearer" else None
        if account is None:
            return oauth_error("invalid_token", 401)
        return self._sealed(citizen_of(desk.accounts.person(account)))

    def _sealed(self, content: dict[str, object]) -> Response:
        sealed = seal(self._client_key, json.dumps(content, ensure_ascii=False).encode())
        return json_reply({"data": sealed["data"], "key": sealed["key"]})
