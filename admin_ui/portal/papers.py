"""Papers: one slot each; put in, replaced, taken out, fetched. Works without JavaScript."""

from __future__ import annotations

from flask import Response, make_response

from admin_ui.downloads import attachment
from admin_ui.guard import citizen_only
from admin_ui.limits import UPLOAD, limiter
from admin_ui.portal.blueprint import room
from admin_ui.request_context import RequestContext
from engine.actions.filing import AttachFile, RemoveFile, attach_file, remove_file
from engine.actions.uploads import StoredFile, UploadLimits, kept_with_row, must_have_room
from engine.domain.errors import Invalid, MotcuaError, NotFound, TooLarge, TooMany, Unreachable
from engine.domain.text import Text
from engine.queries.dossier import DossierView, SlotView, dossier_view, file_access


@room.route("/dossiers/<dossier_id>/papers/<code>", citizen_only, methods=("POST",), steps=True)
@limiter.limit(UPLOAD)
def attach(ask: RequestContext, dossier_id: str, code: str) -> Response:
    """Look at the files, store them, then write their rows."""
    view = ask.look(lambda tx: dossier_view(tx, ask.platform.office, ask.who, dossier_id))
    slot = next((slot for slot in view.slots if slot.code == code), None)
    if slot is None:
        raise NotFound()
    try:
        _attach_all(ask, view, slot)
    except (Invalid, TooLarge, TooMany, Unreachable) as error:
        ask.say(_sentence(slot, error), "danger")
    return _back(ask, view, code)


def _attach_all(ask: RequestContext, view: DossierView, slot: SlotView) -> None:
    files = ask.files("file")
    if not files:
        raise Invalid({"file": Text("Hãy chọn tệp trước khi bấm “Tải lên”.", "Choose a file before “Upload”.")})
    office, actor = ask.platform.office, ask.who
    limits = UploadLimits(slot.max_mb * 1024 * 1024, slot.accept)
    for file in files:
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
    words = next(iter(error.fields.values()), error.message) if isinstance(error, Invalid) else error.message
    return Text(f"{slot.name.vi}: {words.vi}", f"{slot.name.en}: {words.en}")


@room.route("/dossiers/<dossier_id>/files/<file_id>/remove", citizen_only, methods=("POST",))
def detach(ask: RequestContext, dossier_id: str, file_id: str) -> Response:
    """Take a paper out again, before it is sent."""
    office = ask.platform.office
    remove_file(ask.tx, office, RemoveFile(ask.who, dossier_id, file_id))
    view = dossier_view(ask.tx, office, ask.who, dossier_id)
    ask.say(Text("Đã gỡ tệp.", "The file was removed."), "info")
    return _back(ask, view, "")


def _back(ask: RequestContext, view: DossierView, code: str) -> Response:
    anchor = f"slot-{code}" if code else None
    if "save_draft" in view.can:
        return ask.go("portal.draft", dossier_id=view.id, step="papers", _anchor=anchor)
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
