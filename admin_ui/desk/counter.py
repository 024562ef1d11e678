"""Filing at the one-stop desk: the reception officer types, scans and hands over the slip."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask import Response

from admin_ui.desk.after_act import say_done
from admin_ui.desk.blueprint import room
from admin_ui.guard import role
from admin_ui.request_context import RequestContext
from engine.actions.filing import CounterFile, FileAtCounter, SubmittedDossier, file_at_counter
from engine.actions.uploads import StoreUpload, UploadLimits, kept_with_row, must_have_room
from engine.domain.errors import Invalid, TooLarge
from engine.domain.text import Text
from engine.queries.portal import catalogue
from engine.queries.tasks import CounterForm, counter_form

_FILED = Text(
    "Đã lập hồ sơ {code}. Hồ sơ chưa được tiếp nhận: còn bước kiểm tra, sau đó mới có giấy tiếp nhận.",
    "Dossier {code} is filed. It is not accepted yet: it has to be checked first, then there is a slip to print.",
)
PREFIXES = ("applicant", "owner", "form", "delivery")


@room.route("/counter", role("reception"))
def counter(ask: RequestContext) -> Response:
    """Choose the procedure."""
    text = ask.query.get("q", "").strip()[:100]
    found = catalogue.search(ask.tx, text, lang=ask.lang, size=50)
    return ask.render("desk/counter.html", found=found, text=text)


def _form(ask: RequestContext, code: str, error: Invalid | None = None) -> Response:
    view = ask.look(lambda tx: counter_form.counter_form(tx, ask.platform.office, code))
    typed: Mapping[str, str] = ask.form if error else {}
    key = typed.get("submit_key") or secrets.token_urlsafe(24)
    errors = dict(error.fields) if error else {}
    message = error.message if error and not errors else None
    status = 422 if error else 200
    return ask.render(
        "desk/counter_form.html",
        status,
        view=view,
        typed=typed,
        owner_is_applicant=not typed or _owner_is_applicant(typed),
        submit_key=key,
        errors=errors,
        message=message,
    )


def _owner_is_applicant(typed: Mapping[str, str]) -> bool:
    return typed.get("owner_is_applicant") == "yes"


@room.route("/counter/<code>", role("reception"), steps=True)
def counter_page(ask: RequestContext, code: str) -> Response:
    """The whole filing on one page."""
    return _form(ask, code)


@room.route("/counter/<code>", role("reception"), methods=("POST",), steps=True, again=_form)
def file_here(ask: RequestContext, code: str) -> Response:
    """Store the scans, then file in one transaction; on a mistake the page comes back with everything typed."""
    view = ask.look(lambda tx: counter_form.counter_form(tx, ask.platform.office, code))
    try:
        filed = _file(ask, view)
    except TooLarge as error:
        return _form(ask, code, Invalid({}, error.message))
    except Invalid as error:
        return _form(ask, code, error)
    ask.look(lambda tx: say_done(ask, tx, filed.dossier_id, _FILED.fill(code=filed.code)))
    return ask.go("desk.dossier", dossier_id=filed.dossier_id)


def _file(ask: RequestContext, view: CounterForm) -> SubmittedDossier:
    """Nothing of a refused filing stays in the store, nor the scans of a second click."""
    storage = ask.platform.registry.storage
    with kept_with_row(storage) as store:
        cmd = _command(ask, view, store)
        filed = ask.transact(lambda tx: file_at_counter(tx, ask.platform.office, cmd))
    if not filed.first_time:
        for scan in cmd.files:
            storage.delete(scan.stored.storage_key)
    return filed


def _command(ask: RequestContext, view: CounterForm, store: StoreUpload) -> FileAtCounter:
    parts: dict[str, dict[str, str]] = {prefix: {} for prefix in PREFIXES}
    for name, value in ask.form.items():
        prefix, dot, key = name.partition(".")
        if dot and prefix in parts:
            parts[prefix][key] = value
    same = _owner_is_applicant(ask.form)
    return FileAtCounter(
        actor=ask.who,
        procedure_code=view.procedure.code,
        applicant=parts["applicant"],
        owner=None if same else parts["owner"],
        form=parts["form"],
        delivery=parts["delivery"],
        submit_key=ask.form.get("submit_key", ""),
        files=tuple(_files(ask, view, store)),
    )


def _must_have_room(ask: RequestContext, size: int) -> None:
    office, storage = ask.platform.office, ask.platform.registry.storage
    ask.look(lambda tx: must_have_room(tx, office, storage, size))


def _files(ask: RequestContext, view: CounterForm, store: StoreUpload) -> list[CounterFile]:
    stored: list[CounterFile] = []
    for component in view.procedure.components:
        limits = UploadLimits(component.max_mb * 1024 * 1024, component.accept)
        for file in ask.files(f"file.{component.code}"):
            data = file.stream.read(limits.max_bytes + 1)
            _must_have_room(ask, len(data))
            paper = store(limits, file.filename or "", data, file.content_type or "")
            stored.append(CounterFile(component.code, paper))
    return stored
