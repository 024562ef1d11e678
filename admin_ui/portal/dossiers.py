"""Hồ sơ cá nhân: the list, one dossier, and what the citizen can do about it."""

from __future__ import annotations

import io

import segno
from flask import Response, make_response

from admin_ui.guard import citizen_only
from admin_ui.portal.blueprint import room
from admin_ui.portal.catalogue import page_number
from admin_ui.request_context import RequestContext
from engine.actions.filing import (
    ConfirmDraft,
    WithdrawDossier,
    confirm_draft,
    withdraw_dossier,
)
from engine.domain.dossier import NationalStatus
from engine.domain.errors import Invalid, NotFound
from engine.domain.text import Text
from engine.queries.dossier import DossierView, dossier_view
from engine.queries.dossier import my_dossiers as dossiers_of

FILTERS = ("all", "needs_me", "open", "draft", "finished")


@room.route("/dossiers", citizen_only)
def my_dossiers(ask: RequestContext) -> Response:
    """The person's own dossiers."""
    which = ask.query.get("which", "all")
    which = which if which in FILTERS else "all"
    text = ask.searched
    found = dossiers_of(ask.tx, ask.who, page=page_number(ask), which=which, text=text)
    seal = ask.sealed(text)
    return ask.render("portal/my_dossiers.html", found=found, which=which, text=text, seal=seal, filters=FILTERS)


@room.route("/dossiers", citizen_only, methods=("POST",))
def look_for(ask: RequestContext) -> Response:
    """ "Tìm": the form's words go into the address sealed."""
    return ask.go("portal.my_dossiers", s=ask.sealed(ask.search_typed), which=ask.form.get("which") or None)


def _view(ask: RequestContext, dossier_id: str) -> DossierView:
    return dossier_view(ask.tx, ask.platform.office, ask.who, dossier_id)


def _page(ask: RequestContext, dossier_id: str, template: str, error: Invalid | None = None) -> Response:
    errors = dict(error.fields) if error else {}
    message = error.message if error and not errors else None
    typed = ask.form if error else {}
    view = _view(ask, dossier_id)
    return ask.render(template, 422 if error else 200, dossier=view, errors=errors, message=message, typed=typed)


@room.route("/dossiers/<dossier_id>", citizen_only)
def dossier(ask: RequestContext, dossier_id: str) -> Response:
    """Status in plain words, who holds it, what next, by when and why; the timeline and the documents."""
    view = _view(ask, dossier_id)
    if view.status == NationalStatus.DRAFT:
        return ask.go("portal.draft", dossier_id=dossier_id, step=view.draft_step)
    return ask.render("portal/dossier.html", dossier=view)


@room.route("/dossiers/<dossier_id>/receipt", citizen_only)
def receipt(ask: RequestContext, dossier_id: str) -> Response:
    """What was sent, with code and QR; printable."""
    view = _view(ask, dossier_id)
    if view.code is None:
        raise NotFound()
    return ask.render("portal/receipt.html", dossier=view)


@room.route("/dossiers/<dossier_id>/qr.svg", citizen_only)
def qr(ask: RequestContext, dossier_id: str) -> Response:
    """The QR code of the dossier's address; whoever scans it still has to sign in as its owner."""
    view = _view(ask, dossier_id)
    address = ask.own_url("portal.dossier", dossier_id=view.id)
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=4, border=2, xmldecl=True)
    response = make_response(picture.getvalue())
    response.headers["Content-Type"] = "image/svg+xml"
    return response


@room.route("/dossiers/<dossier_id>/supplement", citizen_only)
def supplement(ask: RequestContext, dossier_id: str) -> Response:
    """What is missing and why, with a slot beside each."""
    if "answer_supplement" not in _view(ask, dossier_id).can:
        return ask.go("portal.dossier", dossier_id=dossier_id)
    return _page(ask, dossier_id, "portal/supplement.html")


def _confirm_again(ask: RequestContext, dossier_id: str, error: Invalid) -> Response:
    return _page(ask, dossier_id, "portal/confirm.html", error)


@room.route("/dossiers/<dossier_id>/confirm", citizen_only)
def confirm(ask: RequestContext, dossier_id: str) -> Response:
    """The draft of the result, to be checked."""
    if "confirm_draft" not in _view(ask, dossier_id).can:
        return ask.go("portal.dossier", dossier_id=dossier_id)
    return _page(ask, dossier_id, "portal/confirm.html")


@room.route("/dossiers/<dossier_id>/confirm", citizen_only, methods=("POST",), again=_confirm_again)
def send_confirmation(ask: RequestContext, dossier_id: str) -> Response:
    """Agreed, or to be corrected."""
    cmd = ConfirmDraft(ask.who, dossier_id, ask.form.get("answer", ""), ask.form.get("note", ""))
    confirm_draft(ask.tx, ask.platform.office, cmd)
    ask.say(Text("Đã ghi nhận ý kiến của bạn.", "Your answer was recorded."))
    return ask.go("portal.dossier", dossier_id=dossier_id)


def _withdraw_again(ask: RequestContext, dossier_id: str, error: Invalid) -> Response:
    return _page(ask, dossier_id, "portal/withdraw.html", error)


@room.route("/dossiers/<dossier_id>/withdraw", citizen_only)
def withdraw(ask: RequestContext, dossier_id: str) -> Response:
    """Asks once more before a dossier is withdrawn."""
    if "withdraw" not in _view(ask, dossier_id).can:
        return ask.go("portal.dossier", dossier_id=dossier_id)
    return _page(ask, dossier_id, "portal/withdraw.html")


@room.route("/dossiers/<dossier_id>/withdraw", citizen_only, methods=("POST",), again=_withdraw_again)
def send_withdrawal(ask: RequestContext, dossier_id: str) -> Response:
    """The dossier is withdrawn, or the office is asked to record it."""
    withdraw_dossier(ask.tx, ask.platform.office, WithdrawDossier(ask.who, dossier_id, ask.form.get("reason", "")))
    ask.say(Text("Đã ghi nhận yêu cầu rút hồ sơ.", "Your request to withdraw was recorded."), "info")
    return ask.go("portal.dossier", dossier_id=dossier_id)
