"""The account: what the provider told us, notices, and one's own sessions."""

from __future__ import annotations

from flask import Response

from admin_ui.guard import anyone, citizen_only
from admin_ui.limits import LOOK_UP, limiter
from admin_ui.portal.blueprint import room
from admin_ui.portal.catalogue import page_number
from admin_ui.request_context import RequestContext
from engine.actions.accounts import TRACKED_CODE, Counted, SignOut, count_try, pause_left, sign_out
from engine.actions.portal import ReadNotices, read_notices
from engine.domain.errors import NotFound, TooMany
from engine.domain.text import Text
from engine.queries.accounts import sessions
from engine.queries.dossier import tracking
from engine.queries.portal import notices as notice_list


@room.route("/account", citizen_only)
def account(ask: RequestContext) -> Response:
    """Name and numbers, masked; the devices that are signed in."""
    view = sessions.account(ask.tx, ask.who)
    own = sessions.own_sessions(ask.tx, ask.who)
    return ask.render("portal/account.html", account=view, sessions=own)


@room.route("/account/sessions/<session_id>/end", citizen_only, methods=("POST",))
def end_session(ask: RequestContext, session_id: str) -> Response:
    """Sign another device out."""
    sign_out(ask.tx, ask.platform.office, SignOut(ask.who, session_id))
    ask.say(Text("Đã đăng xuất thiết bị đó.", "That device was signed out."), "info")
    return ask.go("portal.account")


@room.route("/notices", citizen_only)
def notices(ask: RequestContext) -> Response:
    """What the office told this person."""
    return ask.render("portal/notices.html", found=notice_list.my_notices(ask.tx, ask.who, page=page_number(ask)))


@room.route("/notices/<notice_id>/open", citizen_only, methods=("POST",))
def open_notice(ask: RequestContext, notice_id: str) -> Response:
    """Read one: it is not new any more, and its dossier opens."""
    read_notices(ask.tx, ask.platform.office, ReadNotices(ask.who, notice_id))
    return ask.go("portal.dossier", dossier_id=notice_list.dossier_of(ask.tx, ask.who, notice_id))


@room.route("/notices/read", citizen_only, methods=("POST",))
def mark_read(ask: RequestContext) -> Response:
    """All of them have been seen."""
    read_notices(ask.tx, ask.platform.office, ReadNotices(ask.who))
    return ask.go("portal.notices")


@room.route("/track", anyone)
def track(ask: RequestContext) -> Response:
    """Status by dossier code and the last digits of the telephone number, for those who filed at the counter."""
    return ask.render("portal/track.html", found=None, typed={}, errors={})


_ASKED = {
    "code": Text("Hãy nhập mã hồ sơ.", "Type the dossier code."),
    "phone_tail": Text("Hãy nhập bốn số cuối của điện thoại đã khai.", "Type the last four digits of the telephone."),
}


@room.route("/track", anyone, methods=("POST",), steps=True)
@limiter.limit(LOOK_UP)
def look_up(ask: RequestContext) -> Response:
    """A POST, so that neither number stands in an address."""
    typed, tail = ask.form.get("code", "").strip()[:60], ask.form.get("phone_tail", "").strip()[:4]
    if missing := {name: words for name, words in _ASKED.items() if not ask.form.get(name, "").strip()}:
        return ask.render("portal/track.html", 422, found=None, typed=ask.form, errors=missing)
    code = ask.look(lambda tx: tracking.known_code(tx, typed))  # a code counts as one however it is written
    name = ask.platform.office.box.pseudonym("code", code)
    counted = [Counted(f"track:{name}", TRACKED_CODE)]
    if wait := ask.look(lambda tx: pause_left(tx, counted)):
        raise TooMany(wait)
    try:
        found = ask.look(lambda tx: tracking.by_code(tx, ask.platform.office, code, tail))
    except NotFound as unknown:  # wrong digits are counted by code
        ask.transact(lambda tx: count_try(tx, counted))
        return ask.render("portal/track.html", 404, found=None, typed=ask.form, errors={"code": unknown.message})
    return ask.render("portal/track.html", found=found, typed=ask.form, errors={})
