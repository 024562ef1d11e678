"""Every error ends in a sentence for a person, in their language, with nothing of the inside."""

from __future__ import annotations

from typing import Any

import pytest
from factories.office_life import PASSWORD
from factories.web_house import WebHouse
from flask import Flask

from admin_ui.app import create_app
from admin_ui.dispatch import Room
from admin_ui.errors import STATUS
from admin_ui.guard import anyone
from connectors.errors import ConnectorError, WebhookRefused
from engine.domain import errors as office
from engine.domain.text import Text
from rules.errors import RulesError

SAID = Text("Câu nói bằng tiếng Việt.", "The sentence in English.")
RAISED: dict[str, tuple[Exception, int]] = {
    "not-found": (office.NotFound(SAID), 404),
    "forbidden": (office.Forbidden(SAID), 403),
    "wrong-state": (office.WrongState(SAID), 409),
    "not-yet": (office.NotYet(SAID), 409),
    "conflict": (office.Conflict(SAID), 409),
    "stale": (office.Stale(SAID), 409),
    "invalid": (office.Invalid({"x": Text("Ô này trống.", "This field is empty.")}, SAID), 422),
    "too-large": (office.TooLarge(SAID), 413),
    "address-too-long": (office.AddressTooLong(SAID), 414),
    "too-many": (office.TooMany(77, SAID), 429),
    "unreachable": (office.Unreachable(SAID), 503),
    "ours": (office.MotcuaError(SAID), 400),
}
INSIDE = ("Traceback", 'File "', "sqlalchemy", "RuntimeError", "canary-in-the-error", "werkzeug", ".py")


@pytest.fixture(scope="module")
def app(shared_house: WebHouse) -> Flask:
    """The pages, and for each kind of error an address at which it happens."""
    app = create_app(shared_house.platform)

    def raising(error: Exception) -> Any:
        def view(ask: Any) -> None:
            raise error

        return view

    def broken(ask: Any) -> None:
        raise RuntimeError("canary-in-the-error 038203000123")

    shown = {**{name: error for name, (error, _status) in RAISED.items()}, "sign-in-needed": office.SignInNeeded()}
    views = {name: raising(error) for name, error in shown.items()} | {"broken": broken}
    for prefix in ("", "/api"):
        room = Room(f"raise{len(prefix)}", "citizen", prefix)
        for name, view in views.items():
            view.__name__ = name.replace("-", "_")
            room.route(f"/raise/{name}", anyone, methods=("GET", "POST"))(view)
        app.register_blueprint(room.blueprint)
    return app


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", RAISED)
def test_each_error_has_its_status_and_its_sentence(
    shared_house: WebHouse, app: Flask, name: str, language: str
) -> None:
    error, status = RAISED[name]
    browser = shared_house.browser(app=app).speak(language)
    page = browser.get(f"/raise/{name}")
    assert page.status_code == status
    assert SAID.in_language(language) in page.text
    assert f'<html lang="{language}"' in page.text
    told = browser.get(f"/api/raise/{name}")
    assert told.status_code == status
    assert told.get_json()["message"] == SAID.in_language(language)
    assert told.get_json()["code"] == status
    if isinstance(error, office.Invalid) and error.fields:
        word = {"vi": "Ô này trống.", "en": "This field is empty."}[language]
        assert word in page.text
        assert told.get_json()["errors"] == {"x": word}
    if isinstance(error, office.TooMany):
        assert page.headers["Retry-After"] == told.headers["Retry-After"] == "77"


def test_no_kind_of_error_was_forgotten() -> None:
    kinds = {kind for kind in vars(office).values() if isinstance(kind, type) and issubclass(kind, office.MotcuaError)}
    raised = {type(error) for error, _status in RAISED.values()} | {office.SignInNeeded, office.DutiesFirst}
    assert kinds == raised
    known = {kind for kind, _status in STATUS}
    assert kinds | {ConnectorError, WebhookRefused, RulesError} == known
    for kind in kinds - {office.TooMany}:
        words = kind().message
        assert words.vi
        assert words.en
        assert words.vi != words.en


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("prefix", ["", "/api"])
def test_what_nobody_foresaw_shows_nothing_of_the_inside(
    shared_house: WebHouse, app: Flask, prefix: str, language: str
) -> None:
    answer = shared_house.browser(app=app).speak(language).get(f"{prefix}/raise/broken")
    assert answer.status_code == 500
    told = answer.get_json()["message"] if prefix else answer.text
    assert {"vi": "lỗi ngoài dự kiến", "en": "unexpected"}[language] in told
    assert not [word for word in INSIDE if word in answer.text.replace(".py</", "")]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("address", ["/khong-co", "/dossiers/x/khong-co", "/api/v1/khong-co", "/procedures/9.999999"])
def test_a_page_that_is_not_there(shared_house: WebHouse, address: str, language: str) -> None:
    answer = shared_house.browser().speak(language).get(address)
    assert answer.status_code == 404
    if address.startswith("/api"):
        assert answer.get_json()["message"]
        return
    assert f'<html lang="{language}"' in answer.text
    assert {"vi": "Không tìm thấy", "en": "Not found"}[language] in answer.text
    assert 'href="/"' in answer.text


def test_a_refused_method_names_the_lawful_ones(shared_house: WebHouse) -> None:
    browser = shared_house.browser()
    for address in ("/procedures", "/api/v1/procedures"):
        answer = browser.post(address) if address == "/procedures" else browser.post(address, json={})
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]


# ── what was typed is not lost ──


def test_after_a_lost_session_a_form_is_still_there(house: WebHouse) -> None:
    """Kept by the office where it is known whose it is (`test_kept_forms.py`); else in the page."""
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    dossier_id = house.life.draft(citizen)
    browser = house.browser()
    typed = {"full_name": 'Lê "Thị" <Bưởi>', "address": "Thôn 1\nxã Hoằng Hóa", "go": "next"}
    answer = browser.post(f"/dossiers/{dossier_id}/draft/owner", typed)
    assert answer.status_code == 401
    assert "Lê &#34;Thị&#34; &lt;Bưởi&gt;" in answer.text
    assert "Thôn 1\nxã Hoằng Hóa" in answer.text
    assert 'name="go" value="next"' in answer.text
    assert answer.text.count('name="csrf_token"') == 1
    assert "return_to=/draft" not in answer.text, "an address that only takes forms is no way back"
    browser.client.set_cookie("motcua_citizen", house.token_of_anew(citizen))
    assert browser.post(f"/dossiers/{dossier_id}/draft/owner", typed).status_code == 303
    assert house.life.dossier(dossier_id)["owner"]["full_name"] == typed["full_name"]


def test_after_a_lost_session_autosave_is_told_in_json(house: WebHouse) -> None:
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    dossier_id = house.life.draft(citizen)
    browser = house.browser()
    answer = browser.post(f"/dossiers/{dossier_id}/draft/owner", {"full_name": "X"}, headers={"X-Autosave": "1"})
    assert answer.status_code == 401
    assert "message" in answer.get_json()


def test_a_refused_form_keeps_what_was_typed(house: WebHouse) -> None:
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    waiting = house.life.to_confirmation(citizen)
    sent = house.life.sent(citizen)
    browser = house.browser(citizen)
    answer = browser.post(f"/dossiers/{waiting}/confirm", {"answer": "", "note": "Sai ngày sinh <b>"})
    assert answer.status_code == 422
    assert "Sai ngày sinh &lt;b&gt;" in answer.text
    assert 'role="alert"' in answer.text
    assert "<title>Lỗi: " in answer.text
    clerk = house.browser(house.life.officials["reception"])
    task_id = house.life.open_task(sent)["id"]
    assert clerk.post(f"/desk/tasks/{task_id}/claim").status_code == 303
    refused = clerk.post(f"/desk/tasks/{task_id}/complete", {"decision": "supplement", "reason": "", "note": "giữ lại"})
    assert refused.status_code == 422
    assert 'value="supplement" checked' in refused.text or 'value="supplement" selected' in refused.text


def test_the_counter_keeps_a_whole_page(house: WebHouse) -> None:
    clerk = house.browser(house.life.officials["reception"])
    typed = {"applicant.full_name": "Nguyễn Thị Mơ", "applicant.national_id": "12", "owner_is_applicant": "yes"}
    answer = clerk.post("/desk/counter/2.000635", {**typed, "submit_key": "khoa-1", "form.copies": "2"})
    assert answer.status_code == 422
    for value in ("Nguyễn Thị Mơ", 'value="12"', 'value="khoa-1"'):
        assert value in answer.text


def test_the_password_is_never_given_back(house: WebHouse) -> None:
    browser = house.browser()
    answer = browser.post("/desk/sign-in", {"username": "reception", "password": "sai-mat-khau-bi-mat"})
    assert answer.status_code == 400
    assert "sai-mat-khau-bi-mat" not in answer.text
    assert 'value="reception"' in answer.text
    assert PASSWORD not in answer.text


def test_a_room_names_the_view_that_failed() -> None:
    """A view without a guard cannot be hung at all."""
    with pytest.raises(TypeError):
        Room("x", audience="citizen").route("/x")  # type: ignore[call-arg]  # the guard is what is missing
    assert anyone.kind is None
