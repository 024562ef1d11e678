"""Filing at the one-stop desk: the reception officer types, scans and hands over the slip."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from flask import Response

from admin_ui.desk.after_act import say_done
from admin_ui.desk.blueprint import room
from admin_ui.guard import role
from admin_ui.request_context import RequestContext
from engine.actions.filing import (
    CounterFile,
    FileAtCounter,
    RecallPerson,
    SubmittedDossier,
    file_at_counter,
    recall_person,
)
from engine.actions.uploads import StoreUpload, UploadLimits, kept_with_row, must_have_room
from engine.domain.actor import Role
from engine.domain.errors import Invalid, TooLarge
from engine.domain.text import Text
from engine.queries.portal import catalogue
from engine.queries.tasks import CounterForm, counter_form

_FILED = Text(
    "Đã lập hồ sơ {code}. Hồ sơ chưa được tiếp nhận: còn bước kiểm tra, sau đó mới có giấy tiếp nhận.",
    "Dossier {code} is filed. It is not accepted yet: it has to be checked first, then there is a slip to print.",
)
_FIELDS_OF = {"declaration": "form", "papers": "file"}
PREFIXES = ("applicant", "owner", "form", "delivery")


@room.route("/counter", role(Role.RECEPTION))
def counter(ask: RequestContext) -> Response:
    """Choose the procedure."""
    text = ask.query.get("q", "").strip()[:100]
    found = catalogue.search(ask.tx, text, lang=ask.lang, size=50)
    return ask.render("desk/counter.html", found=found, text=text)


def _form(
    ask: RequestContext,
    code: str,
    error: Invalid | None = None,
    typed: Mapping[str, str] | None = None,
    recalled: bool | None = None,
) -> Response:
    """The page; `typed`: what it holds, `recalled`: whether somebody was found by the number that was asked for."""
    view = ask.look(lambda tx: counter_form.counter_form(tx, ask.platform.office, code))
    held: Mapping[str, str] = typed if typed is not None else ask.form if error else {}
    errors = {_field(name): words for name, words in error.fields.items()} if error else {}
    return ask.render(
        "desk/counter_form.html",
        422 if error else 200,
        view=view,
        typed=held,
        owner_is_applicant=not held or _owner_is_applicant(held),
        submit_key=held.get("submit_key") or secrets.token_urlsafe(24),
        recalled=recalled,
        errors=errors,
        message=error.message if error and not errors else None,
    )


def _field(fault: str) -> str:
    """The field of this page that a fault of the filing is about."""
    step, dot, name = fault.partition(".")
    return f"{_FIELDS_OF.get(step, step)}{dot}{name}"


def _owner_is_applicant(typed: Mapping[str, str]) -> bool:
    return typed.get("owner_is_applicant") == "yes"


@room.route("/counter/<code>", role(Role.RECEPTION), steps=True)
def counter_page(ask: RequestContext, code: str) -> Response:
    """The whole filing on one page."""
    return _form(ask, code)


@room.route("/counter/<code>", role(Role.RECEPTION), methods=("POST",), steps=True, again=_form)
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


def _fee_again(ask: RequestContext, code: str, error: Invalid) -> Response:
    return _form(ask, code, error)


@room.route("/counter/<code>/fee", role(Role.RECEPTION), methods=("POST",), again=_fee_again)
def counter_fee(ask: RequestContext, code: str) -> Response:
    """What it will cost as typed so far, before anything is filed."""
    parts = _parts(ask)
    quote, why = counter_form.counter_quote(ask.tx, ask.platform.office, code, parts["form"], parts["delivery"])
    return ask.render("desk/counter_fee.html", code=code, quote=quote, why=why)


@room.route("/counter/<code>/person", role(Role.RECEPTION), methods=("POST",), steps=True, again=_form)
def recall(ask: RequestContext, code: str) -> Response:
    """Who has been here before is not typed again; that it was looked up is written down."""
    cmd = RecallPerson(ask.who, code, ask.form.get("recall", ""))
    try:
        known = ask.transact(lambda tx: recall_person(tx, ask.platform.office, cmd))
    except Invalid as error:
        return _form(ask, code, error)
    typed = {**ask.form, **{f"applicant.{name}": word for name, word in known.items()}}
    return _form(ask, code, typed=typed, recalled=bool(known))


def _parts(ask: RequestContext) -> dict[str, dict[str, str]]:
    parts: dict[str, dict[str, str]] = {prefix: {} for prefix in PREFIXES}
    for name, value in ask.form.items():
        prefix, dot, key = name.partition(".")
        if dot and prefix in parts:
            parts[prefix][key] = value
    return parts


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
    parts = _parts(ask)
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
