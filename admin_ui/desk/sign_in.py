"""Staff sign-in: user name, password, and the six digits where they are set up."""

from __future__ import annotations

from hashlib import sha256

from flask import Response, make_response, redirect, request, url_for

from admin_ui.cookies import STAFF, drop_cookie, new_forms, read_cookie, set_cookie
from admin_ui.desk.blueprint import room
from admin_ui.device_name import device_name
from admin_ui.guard import anyone, own_account, staff_only
from admin_ui.kept import put_back
from admin_ui.limits import STAFF_SIGN_IN, limiter
from admin_ui.request_context import RequestContext
from admin_ui.safe_redirect import own_path
from engine.actions.accounts import (
    SignedIn,
    SignInRefused,
    SignInStaff,
    SignOut,
    begin_staff_sign_in,
    sign_in_staff,
    sign_out,
)
from engine.domain.text import Text

DEVICE_DAYS = 180


@room.route("/sign-in", anyone)
def sign_in_page(ask: RequestContext) -> Response:
    """The form."""
    return_to = _return_to(ask.query.get("return_to", ""))
    if ask.actor:
        return make_response(redirect(return_to, code=303))
    return ask.render("desk/sign_in.html", refusal=None, username="", totp_needed=False, return_to=return_to)


@room.route("/sign-in", anyone, methods=("POST",), steps=True)
@limiter.limit(STAFF_SIGN_IN)
def sign_in(ask: RequestContext) -> Response:
    """A refused try is a result, not an error: its count is kept. The password is compared between two transactions."""
    office = ask.platform.office
    username = ask.form.get("username", "").strip()[:60]
    totp = ask.form.get("totp", "").replace(" ", "")[:6] or None
    known = read_cookie(_device_cookie(username))
    cmd = SignInStaff(username, totp, device_name(), request.remote_addr or "", known)
    begun = ask.look(lambda tx: begin_staff_sign_in(tx, office, cmd))
    if isinstance(begun, SignInRefused):
        return _refused(ask, begun, cmd)
    checked = begun.of(ask.form.get("password", ""))
    result = ask.transact(lambda tx: sign_in_staff(tx, office, cmd, checked))
    return _refused(ask, result, cmd) if isinstance(result, SignInRefused) else _welcome(ask, result, username)


def _refused(ask: RequestContext, refusal: SignInRefused, cmd: SignInStaff) -> Response:
    asked_only = refusal.totp_needed and cmd.totp is None
    status = 429 if refusal.wait_s else 200 if asked_only else 400
    response = ask.render(
        "desk/sign_in.html",
        status,
        refusal=refusal.message,
        username=cmd.username,
        totp_needed=refusal.totp_needed,
        return_to=_return_to(ask.form.get("return_to", "")),
    )
    if refusal.wait_s:
        response.headers["Retry-After"] = str(refusal.wait_s)
    return response


def _welcome(ask: RequestContext, signed: SignedIn, username: str) -> Response:
    """In, with a new session and new forms; the browser is known from now on."""
    response = make_response(redirect(_return_to(ask.form.get("return_to", "")), code=303))
    set_cookie(response, STAFF, signed.token, ask.platform.settings.session_hours * 3600, "Strict")
    set_cookie(response, _device_cookie(username), signed.known, DEVICE_DAYS * 24 * 3600, "Strict")
    new_forms()
    return response


def _return_to(address: str) -> str:
    """Where the official was going, if it is a page of theirs; else the queue."""
    path = own_path(address)
    return path if path.startswith(("/desk/", "/desk?", "/system")) else url_for("desk.queue")


@room.route("/kept/<key>", staff_only, steps=True)
def kept_form(ask: RequestContext, key: str) -> Response:
    """What was typed when the session had ended, in its own page."""
    return put_back(ask, key)


def _device_cookie(username: str) -> str:
    """One for each official who works at this browser."""
    return f"motcua_device_{sha256(username.lower().encode()).hexdigest()[:8]}"


@room.route("/sign-out", own_account, methods=("POST",))
def leave(ask: RequestContext) -> Response:
    """End this session."""
    sign_out(ask.tx, ask.platform.office, SignOut(ask.who, ask.session_id or ""))
    ask.say(Text("Bạn đã đăng xuất.", "You are signed out."), "info")
    response = ask.go("desk.sign_in_page")
    drop_cookie(response, STAFF)
    new_forms()
    return response
