"""The official's own account: password, authenticator, and the devices that are signed in."""

from __future__ import annotations

import segno
from flask import Response

from admin_ui.desk.blueprint import room
from admin_ui.guard import own_account
from admin_ui.limits import STAFF_SIGN_IN, limiter
from admin_ui.request_context import RequestContext
from engine.actions.accounts import (
    ChangePassword,
    CheckedPassword,
    ConfirmSecondFactor,
    EndOtherSessions,
    SignOut,
    begin_password_change,
    change_password,
    confirm_second_factor,
    end_other_sessions,
    hash_password,
    must_differ,
    offered_again,
    sign_out,
)
from engine.domain.errors import Invalid
from engine.domain.passwords import must_be_good
from engine.domain.text import Text
from engine.queries.accounts import sessions


def _page(ask: RequestContext, error: Invalid | None = None, status: int = 200) -> Response:
    own = ask.look(lambda tx: sessions.own_sessions(tx, ask.who))
    username = ask.look(lambda tx: sessions.username(tx, ask.who))
    has_factor = ask.look(lambda tx: sessions.second_factor_is_on(tx, ask.who))
    offer = ask.look(lambda tx: offered_again(tx, ask.platform.office, ask.who, ask.form.get("sealed", "")))
    return ask.render(
        "desk/account.html",
        422 if error else status,
        sessions=own,
        username=username,
        has_factor=has_factor,
        offer=offer,
        picture=segno.make(offer.address, error="m").svg_data_uri(scale=4, border=2),
        errors=error.fields if error else {},
    )


@room.route("/account", own_account, steps=True)
def account(ask: RequestContext) -> Response:
    """What there is to do first, and everything about the own sign-in."""
    return _page(ask)


@room.route("/account/password", own_account, methods=("POST",), steps=True)
@limiter.limit(STAFF_SIGN_IN)
def change_own_password(ask: RequestContext) -> Response:
    """The present password is compared and the new one hashed between two transactions."""
    office, old, new = ask.platform.office, ask.form.get("password", ""), ask.form.get("new_password", "")
    check = ask.look(lambda tx: begin_password_change(tx, office, ask.who))
    username = ask.look(lambda tx: sessions.username(tx, ask.who))
    try:
        must_differ(old, new, ask.form.get("again", ""))
        new = must_be_good(new, username)
    except Invalid as error:
        return _page(ask, error)
    checked: CheckedPassword = check.of(old)
    new_hash = hash_password(new) if checked.fits else None
    cmd = ChangePassword(ask.who, ask.session_id or "", checked, new_hash)
    wrong = ask.transact(lambda tx: change_password(tx, office, cmd))
    if wrong is not None:
        return _page(ask, Invalid({"password": wrong}, wrong))
    ask.say(
        Text("Đã đổi mật khẩu; mọi thiết bị khác đã bị đăng xuất.", "Password changed; other devices are signed out.")
    )
    return ask.go("desk.account")


@room.route("/account/second-factor", own_account, methods=("POST",), steps=True)
@limiter.limit(STAFF_SIGN_IN)
def set_up_second_factor(ask: RequestContext) -> Response:
    """The code proves that the authenticator has the secret; only then it is asked for. The password is asked first."""
    office = ask.platform.office
    check = ask.look(lambda tx: begin_password_change(tx, office, ask.who))
    checked = check.of(ask.form.get("password", ""))
    if not checked.fits:
        cmd = ChangePassword(ask.who, ask.session_id or "", checked, None)
        wrong = ask.transact(lambda tx: change_password(tx, office, cmd))
        return _page(ask, Invalid({"factor_password": wrong} if wrong else {}, wrong))
    confirm = ConfirmSecondFactor(ask.who, ask.form.get("sealed", ""), ask.form.get("code", ""))
    try:
        ask.transact(lambda tx: confirm_second_factor(tx, office, confirm))
    except Invalid as error:
        return _page(ask, error)
    ask.say(Text("Từ nay đăng nhập cần mã của ứng dụng xác thực.", "Sign-in now asks for your authenticator's code."))
    return ask.go("desk.account")


@room.route("/account/sessions/<session_id>/end", own_account, methods=("POST",))
def end_session(ask: RequestContext, session_id: str) -> Response:
    """Sign another device out."""
    sign_out(ask.tx, ask.platform.office, SignOut(ask.who, session_id))
    ask.say(Text("Đã đăng xuất thiết bị đó.", "That device was signed out."), "info")
    return ask.go("desk.account")


@room.route("/account/sessions/end", own_account, methods=("POST",))
def end_others(ask: RequestContext) -> Response:
    """Sign out everywhere else."""
    end_other_sessions(ask.tx, ask.platform.office, EndOtherSessions(ask.who, ask.session_id or ""))
    ask.say(Text("Đã đăng xuất mọi thiết bị khác.", "All other devices were signed out."), "info")
    return ask.go("desk.account")
