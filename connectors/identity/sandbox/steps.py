"""The pages a person goes through: account and password, the code by SMS, a forgotten password."""

from __future__ import annotations

import threading
from typing import Final

from werkzeug.wrappers import Request, Response

from connectors.identity.sandbox import otp
from connectors.identity.sandbox.accounts import FINISHED, OTP, PASSWORD, SignIn
from connectors.identity.sandbox.desk import Desk
from connectors.identity.sandbox.otp import Answer, Challenge
from connectors.identity.sandbox.people import SamplePerson
from connectors.training.sandbox.server import Route, see_other

_TABS: Final = ("cccd", "tax", "sim", "usb")
_KIND_OF_TAB: Final = {"cccd": "person", "tax": "organisation"}
_EARLY: Final = "early"  # a new code was asked for before its time
_SHORTEST_PASSWORD: Final = 8


class Steps:
    """Every page stands on the sign-in in its address and on the cookie of the browser that began it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """The addresses of these pages."""
        return [
            Route("/login/<sign_in_id>", "GET", self._show_login),
            Route("/login/<sign_in_id>", "POST", self._log_in),
            Route("/otp/<sign_in_id>", "GET", self._show_otp),
            Route("/otp/<sign_in_id>", "POST", self._check_otp),
            Route("/otp/<sign_in_id>/resend", "POST", self._resend_otp),
            Route("/forgot/<sign_in_id>", "GET", self._show_forgot),
            Route("/forgot/<sign_in_id>", "POST", self._forgot),
            Route("/reset/<sign_in_id>", "GET", self._show_reset),
            Route("/reset/<sign_in_id>", "POST", self._reset),
            Route("/reset/<sign_in_id>/resend", "POST", self._resend_reset),
            Route("/cancel/<sign_in_id>", "POST", self._cancel),
        ]

    def _show_login(self, request: Request, sign_in_id: str) -> Response:
        sign_in = self._desk.sign_in(request, sign_in_id)
        return self._login_page(request, sign_in)

    def _log_in(self, request: Request, sign_in_id: str) -> Response:
        desk = self._desk
        sign_in = desk.sign_in(request, sign_in_id)
        kind = _KIND_OF_TAB.get(request.form.get("tab", ""))
        name = "".join(request.form.get("username", "").split())
        if kind is None or not name or not request.form.get("password"):
            return self._login_page(request, sign_in, error="empty")
        person = desk.accounts.check_password(name, kind, request.form["password"], now=desk.now())
        if person is None:
            return self._login_page(request, sign_in, error="wrong")
        if not desk.accounts.advance(sign_in.id, expected=sign_in.state, state=OTP, account=person.tech_id):
            return see_other(f"/login/{sign_in.id}")
        challenge, code = desk.codes.ask(sign_in.id, otp.LOGIN, person, now=desk.now())
        if code is not None:
            desk.codes.send(challenge, person.phone, code)
        return see_other(f"/otp/{sign_in.id}")

    def _show_otp(self, request: Request, sign_in_id: str) -> Response:
        sign_in = self._desk.sign_in(request, sign_in_id)
        challenge = self._desk.codes.challenge(sign_in.id, otp.LOGIN)
        if sign_in.state != OTP or challenge is None:
            return see_other(f"/login/{sign_in.id}")
        return self._otp_page(request, sign_in, challenge)

    def _check_otp(self, request: Request, sign_in_id: str) -> Response:
        desk = self._desk
        sign_in = desk.sign_in(request, sign_in_id)
        challenge = desk.codes.challenge(sign_in.id, otp.LOGIN)
        if sign_in.state != OTP or challenge is None:
            return see_other(f"/login/{sign_in.id}")
        typed = "".join(request.form.get("code", "").split())
        answer = desk.codes.answer(sign_in.id, otp.LOGIN, typed, now=desk.now())
        if answer is not Answer.PASSED:
            renewed = desk.codes.challenge(sign_in.id, otp.LOGIN) or challenge
            return self._otp_page(request, sign_in, renewed, answer)
        return self._finish(sign_in, challenge)

    def _finish(self, sign_in: SignIn, challenge: Challenge) -> Response:
        desk = self._desk
        moved = desk.accounts.advance(sign_in.id, expected=OTP, state=FINISHED, account=challenge.account)
        if not moved or challenge.account is None:
            return see_other(f"/login/{sign_in.id}")
        code = desk.grants.give_code(sign_in, challenge.account, now=desk.now())
        return desk.send_back(sign_in, {"code": code, "iss": desk.issuer})

    def _resend_otp(self, request: Request, sign_in_id: str) -> Response:
        desk = self._desk
        sign_in = desk.sign_in(request, sign_in_id)
        before = desk.codes.challenge(sign_in.id, otp.LOGIN)
        if before is not None and self._pause(before):
            return see_other(f"/otp/{sign_in.id}?{_EARLY}=1")
        if sign_in.state == OTP and sign_in.account is not None:
            person = desk.accounts.person(sign_in.account)
            challenge, code = desk.codes.ask(sign_in.id, otp.LOGIN, person, now=desk.now())
            if code is not None:
                desk.codes.send(challenge, person.phone, code)
        return see_other(f"/otp/{sign_in.id}")

    def _show_forgot(self, request: Request, sign_in_id: str) -> Response:
        sign_in = self._desk.sign_in(request, sign_in_id)
        return self._desk.pages.show(request, "forgot.html", sign_in=sign_in, error=None)

    def _forgot(self, request: Request, sign_in_id: str) -> Response:
        """Goes on in the same way and in the same time whether the number has an account or not."""
        desk = self._desk
        sign_in = desk.sign_in(request, sign_in_id)
        name = "".join(request.form.get("username", "").split())
        if not name:
            return desk.pages.show(request, "forgot.html", 422, sign_in=sign_in, error="empty")
        person = desk.accounts.named(name, "person") or desk.accounts.named(name, "organisation")
        self._ask_reset(sign_in, person)
        return see_other(f"/reset/{sign_in.id}")

    def _ask_reset(self, sign_in: SignIn, person: SamplePerson | None) -> None:
        challenge, code = self._desk.codes.ask(sign_in.id, otp.RESET, person, now=self._desk.now())
        if code is not None and person is not None:
            # Beside the answer, so that its time tells nothing.
            sending = threading.Thread(target=self._desk.codes.send, args=(challenge, person.phone, code), daemon=True)
            sending.start()

    def _show_reset(self, request: Request, sign_in_id: str) -> Response:
        sign_in = self._desk.sign_in(request, sign_in_id)
        challenge = self._desk.codes.challenge(sign_in.id, otp.RESET)
        if challenge is None:
            return see_other(f"/forgot/{sign_in.id}")
        return self._reset_page(request, sign_in, challenge)

    def _reset(self, request: Request, sign_in_id: str) -> Response:
        desk = self._desk
        sign_in = desk.sign_in(request, sign_in_id)
        challenge = desk.codes.challenge(sign_in.id, otp.RESET)
        if challenge is None:
            return see_other(f"/forgot/{sign_in.id}")
        password = request.form.get("password", "")
        if len(password) < _SHORTEST_PASSWORD or password != request.form.get("password_again"):
            error = "short" if len(password) < _SHORTEST_PASSWORD else "different"
            return self._reset_page(request, sign_in, challenge, error)
        typed = "".join(request.form.get("code", "").split())
        answer = desk.codes.answer(sign_in.id, otp.RESET, typed, now=desk.now())
        if answer is not Answer.PASSED or challenge.account is None:
            renewed = desk.codes.challenge(sign_in.id, otp.RESET) or challenge
            return self._reset_page(request, sign_in, renewed, answer.value)
        desk.accounts.change_password(challenge.account, password)
        return see_other(f"/login/{sign_in.id}?changed=1")

    def _resend_reset(self, request: Request, sign_in_id: str) -> Response:
        sign_in = self._desk.sign_in(request, sign_in_id)
        challenge = self._desk.codes.challenge(sign_in.id, otp.RESET)
        if challenge is not None and self._pause(challenge):
            return see_other(f"/reset/{sign_in.id}?{_EARLY}=1")
        if challenge is not None:
            known = self._desk.accounts.person(challenge.account) if challenge.account else None
            self._ask_reset(sign_in, known)
        return see_other(f"/reset/{sign_in.id}")

    def _cancel(self, request: Request, sign_in_id: str) -> Response:
        sign_in = self._desk.sign_in(request, sign_in_id)
        self._desk.accounts.advance(sign_in.id, expected=sign_in.state, state=FINISHED)
        return self._desk.send_back(sign_in, {"error": "access_denied", "iss": self._desk.issuer})

    def _login_page(self, request: Request, sign_in: SignIn, error: str | None = None) -> Response:
        tab = request.values.get("tab", "cccd")
        return self._desk.pages.show(
            request,
            "login.html",
            status=200 if error is None else 422,
            sign_in=sign_in,
            tab=tab if tab in _TABS else "cccd",
            error=error,
            username=request.form.get("username", ""),
            changed=bool(request.args.get("changed")) and sign_in.state == PASSWORD,
            hints=self._desk.accounts.hints(),
        )

    def _otp_page(
        self, request: Request, sign_in: SignIn, challenge: Challenge, answer: Answer | None = None
    ) -> Response:
        desk = self._desk
        phone = desk.accounts.person(challenge.account).phone if challenge.account else ""
        return desk.pages.show(
            request,
            "otp.html",
            status=200 if answer is None else 422,
            sign_in=sign_in,
            challenge=challenge,
            answer=answer.value if answer else None,
            phone_end=phone[-3:],
            delivery=desk.codes.delivery(challenge),
            wait_s=self._pause(challenge),
            early=_EARLY in request.args,
            may_resend=challenge.sends < otp.SENDS,
            inbox_url=desk.inbox_url,
        )

    def _reset_page(
        self, request: Request, sign_in: SignIn, challenge: Challenge, error: str | None = None
    ) -> Response:
        return self._desk.pages.show(
            request,
            "reset.html",
            status=200 if error is None else 422,
            sign_in=sign_in,
            challenge=challenge,
            error=error,
            wait_s=self._pause(challenge),
            early=_EARLY in request.args,
            may_resend=challenge.sends < otp.SENDS,
            shortest=_SHORTEST_PASSWORD,
            inbox_url=self._desk.inbox_url,
        )

    def _pause(self, challenge: Challenge) -> int:
        return max(0, round(challenge.sent_at + otp.PAUSE_S - self._desk.now()))
