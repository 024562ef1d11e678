"""Staff sign-in: user name, password, and the six digits where they are set up."""

from __future__ import annotations

from flask import Response

from admin_ui.desk.blueprint import room
from admin_ui.device_name import device_name
from admin_ui.dispatch import COOKIES
from admin_ui.guard import anyone, staff_only
from admin_ui.limits import SIGN_IN, limiter
from admin_ui.request_context import RequestContext
from engine.actions.accounts import SignInRefused, SignInStaff, SignOut, sign_in_staff, sign_out
from engine.domain.text import Text


@room.route("/sign-in", anyone)
def sign_in_page(ask: RequestContext) -> Response:
    """The form."""
    if ask.actor:
        return ask.go("desk.queue")
    return ask.render("desk/sign_in.html", refusal=None, username="", totp_needed=False)


@room.route("/sign-in", anyone, methods=("POST",))
@limiter.limit(SIGN_IN)
def sign_in(ask: RequestContext) -> Response:
    """A refused try is a result, not an error: its count is kept."""
    username = ask.form.get("username", "").strip()[:60]
    totp = ask.form.get("totp", "").replace(" ", "")[:6] or None
    cmd = SignInStaff(username, ask.form.get("password", "")[:200], totp, device_name())
    result = sign_in_staff(ask.tx, ask.platform.office, cmd)
    if isinstance(result, SignInRefused):
        status = 200 if result.totp_needed and totp is None else 400
        return ask.render(
            "desk/sign_in.html", status, refusal=result.message, username=username, totp_needed=result.totp_needed
        )
    response = ask.go("desk.queue")
    settings = ask.platform.settings
    response.set_cookie(
        COOKIES["staff"],
        result.token,
        max_age=settings.session_hours * 3600,
        httponly=True,
        samesite="Strict",
        secure=settings.secure_cookies,
    )
    return response


@room.route("/sign-out", staff_only, methods=("POST",))
def leave(ask: RequestContext) -> Response:
    """End this session."""
    sign_out(ask.tx, ask.platform.office, SignOut(ask.who, ask.session_id or ""))
    ask.say(Text("Bạn đã đăng xuất.", "You are signed out."), "info")
    response = ask.go("desk.sign_in_page")
    response.delete_cookie(COOKIES["staff"])
    return response
