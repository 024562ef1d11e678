"""Papers: one slot each; put in, replaced, taken out, fetched. Works without JavaScript."""

from __future__ import annotations

from flask import Response, make_response

from admin_ui.downloads import attachment
from admin_ui.guard import citizen_only
from admin_ui.limits import UPLOAD, limiter
from admin_ui.portal.blueprint import room
from admin_ui.request_context import RequestContext
from engine.actions.filing import (
    AnswerSupplement,
    AttachFile,
    RemoveFile,
    answer_supplement,
    attach_file,
    remove_file,
)
from engine.actions.uploads import StoredFile, UploadLimits, kept_with_row, must_have_room
from engine.domain.errors import Invalid, MotcuaError, NotFound, TooLarge, TooMany, Unreachable
from engine.domain.filing import FORM_FIELD
from engine.domain.text import Text
from engine.queries.dossier import STEPS, DossierView, SlotView, dossier_view, draft_view, file_access


@room.route("/dossiers/<dossier_id>/papers", citizen_only, methods=("POST",), steps=True)
@limiter.limit(UPLOAD)
def papers_done(ask: RequestContext, dossier_id: str) -> Response:
    """ "Tiếp tục" below the papers: what was chosen is taken first, so that nobody loses it."""
    view = _view(ask, dossier_id)
    if refused := _take_chosen(ask, view):
        return _show(ask, dossier_id, refused)
    if ask.form.get("go") == "later":
        ask.say(Text("Đã lưu nháp. Bạn có thể tiếp tục trên bất kỳ thiết bị nào.", "Saved. Go on from any device."))
        return ask.go("portal.my_dossiers")
    following = STEPS[min(STEPS.index("papers") + 1, len(STEPS) - 1)]
    return ask.go("portal.draft", dossier_id=dossier_id, step=following)


@room.route("/dossiers/<dossier_id>/papers/<code>", citizen_only, methods=("POST",), steps=True)
@limiter.limit(UPLOAD)
def attach(ask: RequestContext, dossier_id: str, code: str) -> Response:
    """ "Tải lên" beside a slot: look at the files, store them, then write their rows; what lies in others too."""
    view = _view(ask, dossier_id)
    slot = next((slot for slot in view.slots if slot.code == code), None)
    if slot is None:
        raise NotFound()
    refused = _take_chosen(ask, view)
    if not refused and not ask.files(_field(slot)):
        words = Text("Hãy chọn tệp trước khi bấm “Tải lên”.", "Choose a file before “Upload”.")
        refused = {_field(slot): _named(slot, words)}
    return _show(ask, dossier_id, refused) if refused else _back(ask, view, code)


@room.route("/dossiers/<dossier_id>/supplement", citizen_only, methods=("POST",), steps=True)
@limiter.limit(UPLOAD)
def send_supplement(ask: RequestContext, dossier_id: str) -> Response:
    """The answer goes back to the office, with what was chosen; a paper that is refused keeps it here."""
    refused = _take_chosen(ask, _view(ask, dossier_id))
    if refused:
        return _show(ask, dossier_id, refused)
    answers = {name.removeprefix(FORM_FIELD): value for name, value in ask.form.items() if name.startswith(FORM_FIELD)}
    cmd = AnswerSupplement(ask.who, dossier_id, ask.form.get("note", ""), answers)
    try:
        ask.transact(lambda tx: answer_supplement(tx, ask.platform.office, cmd))
    except Invalid as error:
        return _show(ask, dossier_id, dict(error.fields), None if error.fields else error.message)
    ask.say(Text("Đã gửi phần bổ sung.", "Your answer was sent."))
    return ask.go("portal.dossier", dossier_id=dossier_id)


def _view(ask: RequestContext, dossier_id: str) -> DossierView:
    return ask.look(lambda tx: dossier_view(tx, ask.platform.office, ask.who, dossier_id))


def _field(slot: SlotView) -> str:
    """The field of a slot's files; what is wrong with them is said there."""
    return f"file-{slot.code}"


def _take_chosen(ask: RequestContext, view: DossierView) -> dict[str, Text]:
    """Attach whatever was chosen in any slot; gives what was refused and why. The others are kept."""
    refused: dict[str, Text] = {}
    for slot in view.slots:
        try:
            _attach_all(ask, view, slot)
        except (Invalid, TooLarge, TooMany, Unreachable) as error:
            refused[_field(slot)] = _sentence(slot, error)
    return refused


def _show(ask: RequestContext, dossier_id: str, errors: dict[str, Text], message: Text | None = None) -> Response:
    """The page that was left, as it is now, with what was refused beside its slot."""
    office, who = ask.platform.office, ask.who
    shown = _view(ask, dossier_id)
    context = {"errors": errors, "message": message, "typed": ask.form}
    if "save_draft" not in shown.can:
        return ask.render("portal/supplement.html", 422 if errors or message else 200, dossier=shown, **context)
    view = ask.look(lambda tx: draft_view.draft_view(tx, office, who, dossier_id, "papers", ask.lang))
    return ask.render("portal/draft/papers.html", 422, view=view, dossier=view.dossier, data=view.data, **context)


def _attach_all(ask: RequestContext, view: DossierView, slot: SlotView) -> None:
    office, actor = ask.platform.office, ask.who
    limits = UploadLimits(slot.max_mb * 1024 * 1024, slot.accept)
    for file in ask.files(_field(slot)):
        data = file.stream.read(limits.max_bytes + 1)
        _must_have_room(ask, view, len(data))
        with kept_with_row(ask.platform.registry.storage) as store:
            stored = store(limits, file.filename or "", data, file.content_type or "")
            cmd = AttachFile(actor, view.id, slot.code, stored)
            row = ask.transact(lambda tx, cmd=cmd: attach_file(tx, office, cmd))  # type: ignore[misc]  # bound per file
        _forget_twin(ask, row, stored)
        ask.say(Text("Đã tải lên: {name}.", "Uploaded: {name}.").fill(name=stored.name))


def _must_have_room(ask: RequestContext, view: DossierView, size: int) -> None:
    office, files, person_id = ask.platform.office, ask.platform.registry.storage, ask.who.id or ""
    ask.look(lambda tx: must_have_room(tx, office, files, size, person_id=person_id, dossier_id=view.id))


def _forget_twin(ask: RequestContext, file_id: str, stored: StoredFile) -> None:
    """The very same file had been there: its second copy goes."""
    kept = ask.look(lambda tx: file_access.file_ref(tx, ask.who, file_id))
    if kept.storage_key != stored.storage_key:
        ask.platform.registry.storage.delete(stored.storage_key)


def _sentence(slot: SlotView, error: MotcuaError) -> Text:
    return _named(
        slot, next(iter(error.fields.values()), error.message) if isinstance(error, Invalid) else error.message
    )


def _named(slot: SlotView, words: Text) -> Text:
    return Text(f"{slot.name.vi}: {words.vi}", f"{slot.name.en}: {words.en}")


@room.route("/dossiers/<dossier_id>/files/<file_id>/remove", citizen_only, methods=("POST",), steps=True)
@limiter.limit(UPLOAD)
def detach(ask: RequestContext, dossier_id: str, file_id: str) -> Response:
    """Take a paper out again, before it is sent; what lies chosen in the slots is taken in first."""
    view = _view(ask, dossier_id)
    refused = _take_chosen(ask, view)
    ask.transact(lambda tx: remove_file(tx, ask.platform.office, RemoveFile(ask.who, dossier_id, file_id)))
    ask.say(Text("Đã gỡ tệp.", "The file was removed."), "info")
    return _show(ask, dossier_id, refused) if refused else _back(ask, view, "")


def _back(ask: RequestContext, view: DossierView, code: str) -> Response:
    anchor = f"slot-{code}" if code else None
    if "save_draft" in view.can:
        return ask.go("portal.draft", dossier_id=view.id, step="papers", _anchor=anchor)
    if any(value for name, value in ask.form.items() if name == "note" or name.startswith(FORM_FIELD)):
        return _show(ask, view.id, {})  # what was typed beside the papers stays
    return ask.go("portal.supplement", dossier_id=view.id, _anchor=anchor)


@room.route("/dossiers/<dossier_id>/files/<file_id>", citizen_only, steps=True)
def fetch_file(ask: RequestContext, dossier_id: str, file_id: str) -> Response:
    """A paper the person attached."""
    ref = ask.look(lambda tx: file_access.file_ref(tx, ask.who, file_id))
    data = ask.platform.registry.storage.get(ref.storage_key)
    return attachment(make_response(data), ref.name, ref.content_type)


@room.route("/dossiers/<dossier_id>/documents/<document_id>", citizen_only)
def fetch_document(ask: RequestContext, dossier_id: str, document_id: str) -> Response:
    """A paper the office issued: slip, request, refusal, result, receipt."""
    paper = file_access.document_bytes(ask.tx, ask.platform.office, ask.who, document_id)
    return attachment(make_response(paper.content), paper.name, paper.content_type)
