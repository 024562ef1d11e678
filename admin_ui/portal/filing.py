"""The filing wizard: six steps, one POST each; what was typed is kept whether it is right or not."""

from __future__ import annotations

from flask import Response, jsonify, make_response, request

from admin_ui.downloads import attachment
from admin_ui.guard import citizen_only
from admin_ui.portal.blueprint import room
from admin_ui.request_context import RequestContext
from engine.actions.filing import (
    CopyApplicantToOwner,
    SaveDraft,
    SubmitDossier,
    WithdrawDossier,
    copy_applicant_to_owner,
    save_draft,
    submit_dossier,
    withdraw_dossier,
)
from engine.domain.errors import Invalid, NotFound, Stale, WrongState
from engine.domain.text import Text
from engine.queries.dossier import STEPS, draft_view, file_access


@room.route("/dossiers/<dossier_id>/draft/<step>", citizen_only)
def draft(ask: RequestContext, dossier_id: str, step: str) -> Response:
    """One step of the draft; once it was sent, an old tab or the back button leads to the dossier."""
    try:
        return _show(ask, dossier_id, step)
    except WrongState:
        return ask.go("portal.dossier", dossier_id=dossier_id)


def _show(ask: RequestContext, dossier_id: str, step: str, error: Invalid | None = None) -> Response:
    if step not in STEPS:
        raise NotFound()
    view = draft_view.draft_view(ask.tx, ask.platform.office, ask.who, dossier_id, step, ask.lang)
    shown = dict(view.errors.get(step, {})) if ask.query.get("check") else {}
    errors = dict(error.fields) if error else shown
    typed = {name: value for name, value in ask.form.items() if name not in view.fixed} if error else {}
    data = {**view.data, **typed}
    context = {"view": view, "dossier": view.dossier, "data": data, "errors": errors}
    message = error.message if error and not error.fields else None
    status = 409 if isinstance(error, Stale) else 422 if error else 200
    return ask.render(f"portal/draft/{step}.html", status, message=message, **context)


def _step_again(ask: RequestContext, dossier_id: str, step: str, error: Invalid) -> Response:
    if request.headers.get("X-Autosave") == "1":
        raise error
    return _show(ask, dossier_id, step, error)


@room.route("/dossiers/<dossier_id>/draft/<step>", citizen_only, methods=("POST",), again=_step_again)
def save_step(ask: RequestContext, dossier_id: str, step: str) -> Response:
    """ "Tiếp tục", "Lưu nháp" or the autosave of the page: the words are kept, the errors are said."""
    if step not in STEPS:
        raise NotFound()
    data = {name: value for name, value in ask.form.items() if name not in ("go", "seen")}
    saved = save_draft(ask.tx, ask.platform.office, SaveDraft(ask.who, dossier_id, step, data, ask.form.get("seen")))
    if request.headers.get("X-Autosave") == "1":
        return jsonify(seen=saved.seen)
    if ask.form.get("go") == "later":
        ask.say(Text("Đã lưu nháp. Bạn có thể tiếp tục trên bất kỳ thiết bị nào.", "Saved. Go on from any device."))
        return ask.go("portal.my_dossiers")
    if saved.errors or _unfinished(ask, dossier_id, step):
        return ask.go("portal.draft", dossier_id=dossier_id, step=step, check=1)
    following = STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]
    return ask.go("portal.draft", dossier_id=dossier_id, step=following)


def _unfinished(ask: RequestContext, dossier_id: str, step: str) -> bool:
    """Whether a field of the step is still missing. Papers may follow later: the review lists them."""
    view = draft_view.draft_view(ask.tx, ask.platform.office, ask.who, dossier_id, step, ask.lang)
    return step != "papers" and bool(view.errors.get(step))


@room.route("/dossiers/<dossier_id>/draft/owner/copy", citizen_only, methods=("POST",))
def copy_to_owner(ask: RequestContext, dossier_id: str) -> Response:
    """ "Lấy thông tin từ người nộp"."""
    copy_applicant_to_owner(ask.tx, ask.platform.office, CopyApplicantToOwner(ask.who, dossier_id))
    return ask.go("portal.draft", dossier_id=dossier_id, step="owner")


def _review_again(ask: RequestContext, dossier_id: str, error: Invalid) -> Response:
    return _show(ask, dossier_id, "review", error)


@room.route("/dossiers/<dossier_id>/submit", citizen_only, methods=("POST",), again=_review_again)
def submit(ask: RequestContext, dossier_id: str) -> Response:
    """ "Gửi hồ sơ": once, however often it is pressed."""
    cmd = SubmitDossier(ask.who, dossier_id, ask.form.get("submit_key", ""), ask.form.get("confirmed") == "yes")
    submit_dossier(ask.tx, ask.platform.office, cmd)
    return ask.go("portal.receipt", dossier_id=dossier_id)


@room.route("/dossiers/<dossier_id>/discard", citizen_only, methods=("POST",))
def discard(ask: RequestContext, dossier_id: str) -> Response:
    """Throw a draft away."""
    withdraw_dossier(ask.tx, ask.platform.office, WithdrawDossier(ask.who, dossier_id, ""))
    ask.say(Text("Đã bỏ bản nháp.", "The draft was discarded."), "info")
    return ask.go("portal.my_dossiers")


@room.route("/dossiers/<dossier_id>/declaration.pdf", citizen_only)
def declaration(ask: RequestContext, dossier_id: str) -> Response:
    """The declaration form, filled with what was typed; `?blank=1` for an empty one."""
    blank = ask.query.get("blank") == "1"
    paper = file_access.declaration(ask.tx, ask.platform.office, ask.who, dossier_id, blank, ask.lang)
    return attachment(make_response(paper.content), paper.name, paper.content_type)
