"""Forms from before a sign-in, addresses that leave the house, and whose API each process serves."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from factories.fixtures import SetClock
from factories.office_life import PASSWORD
from factories.staff_entry import signs_in
from factories.web_house import TOKEN, Browser, WebHouse, found_house

from admin_ui.app import create_app
from connectors.sandboxes import start_all
from connectors.training.config import SandboxConfig
from engine.domain.clock import SystemClock
from engine.settings import CITIZEN_ROOMS, STAFF_ROOMS

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
REASON = 'chờ "xác minh" <b>& bổ sung'
OWN_NAMES = ("127.0.0.1:8000", "localhost", "localhost:4444", "[::1]:80", "127.0.0.1")


def token_on(browser: Browser, address: str) -> str:
    found = TOKEN.search(browser.get(address).text)
    assert found
    return found[1]


def test_a_form_open_before_the_sign_in_is_sent_again_by_hand(house: WebHouse) -> None:
    """Nothing typed is lost, nothing is done before the person says so, and what they typed stays text."""
    browser = house.browser()
    before = token_on(browser, "/track")
    assert signs_in(browser, "reception").status_code == 303
    record = house.record()
    form = {"csrf_token": before, "return_to": "/desk?q=1", "note": REASON}
    shown = browser.client.post("/desk/lang/en", data=form)
    assert shown.status_code == 400
    assert "Gửi lại một lần nữa" in shown.text
    assert REASON not in shown.text
    assert browser.client.get_cookie("motcua_lang") is None
    assert house.record() == record
    fields = {name: html.unescape(value) for name, value in HIDDEN.findall(shown.text)}
    assert fields == {"csrf_token": fields["csrf_token"], "return_to": "/desk?q=1", "note": REASON}
    assert fields["csrf_token"] != before
    done = browser.client.post("/desk/lang/en", data=fields)
    assert (done.status_code, done.location) == (303, "/desk?q=1")


def test_only_the_last_seed_of_this_browser_is_offered_again(house: WebHouse) -> None:
    browser, stranger = house.browser(), house.browser()
    oldest = token_on(browser, "/track")
    signs_in(browser, "reception")
    browser.post("/desk/sign-out")
    browser._token = ""
    signs_in(browser, "approver")
    for token in (oldest, token_on(stranger, "/track"), "", "x" * 40):
        answer = browser.client.post("/desk/lang/en", data={"csrf_token": token, "note": REASON})
        assert answer.status_code == 400, token
        assert "Gửi lại một lần nữa" not in answer.text
        assert "xác minh" not in answer.text


def test_programs_and_files_are_told_plainly(house: WebHouse) -> None:
    browser = house.browser()
    before = token_on(browser, "/track")
    signs_in(browser, "reception")
    told = browser.client.post("/api/v1/tasks/x/claim", json={}, headers={"X-CSRFToken": before})
    assert (told.status_code, told.json["code"]) == (400, 400)
    sent = {"csrf_token": before, "paper": (io.BytesIO(b"%PDF-1.4"), "a.pdf")}
    answer = browser.client.post("/desk/lang/en", data=sent)
    assert answer.status_code == 400
    assert "Gửi lại một lần nữa" not in answer.text


@pytest.mark.parametrize("address", ["/desk/sign-in", "/desk/account/password", "/desk/account/second-factor"])
def test_no_page_holds_a_password_for_later(house: WebHouse, address: str) -> None:
    """Neither the page after a sign-in in another window nor the one after the session's end: both may stay open."""
    browser = house.browser()
    before = token_on(browser, "/track")
    signs_in(browser, "reception")
    typed = {"username": "reception", "password": PASSWORD, "new_password": REASON, "again": REASON}
    answers = [browser.client.post(address, data={"csrf_token": before, **typed})]
    assert answers[0].status_code == 400
    if address != "/desk/sign-in":
        house.clock.advance(hours=13)
        answers.append(browser.post(address, typed))
        assert (answers[1].status_code, answers[1].location) == (303, "/desk/sign-in")
    for answer in answers:
        assert PASSWORD not in answer.text
        assert "xác minh" not in answer.text


@pytest.fixture(scope="module")
def with_provider(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[WebHouse]:
    """A house beside a real provider of the training ground."""
    folder = tmp_path_factory.mktemp("house")
    with start_all(SandboxConfig(folder / "var" / "sandbox", SystemClock().now)) as running:
        port = str(running.config.port("identity"))
        clock = SetClock(SystemClock().now())
        house = found_house(folder, clock, sqlite_template, SANDBOX_IDENTITY_PORT=port)
        yield house
        house.platform.close()


@pytest.mark.parametrize("host", OWN_NAMES)
@pytest.mark.parametrize("provider", ["dvcqg", "vneid"])
def test_the_provider_is_told_our_own_callback(with_provider: WebHouse, provider: str, host: str) -> None:
    browser = with_provider.browser()
    # The page's token is asked for under the same name: a browser keeps a cookie for one.
    text = browser.client.get("/track", base_url=f"http://{host}").text
    token = TOKEN.search(text)
    assert token
    answer = browser.client.post(f"/sign-in/{provider}", data={"csrf_token": token[1]}, base_url=f"http://{host}")
    assert answer.status_code == 303, answer.text
    asked = parse_qs(urlsplit(answer.location).query)
    assert asked["redirect_uri"] == [f"http://127.0.0.1:8000/sign-in/{provider}/callback"]


def test_the_qr_code_of_a_receipt_is_our_own_address(shared_house: WebHouse) -> None:
    citizen = shared_house.life.citizen()
    dossier_id = shared_house.life.sent(citizen)
    expected = io.BytesIO()
    address = f"http://127.0.0.1:8000/dossiers/{dossier_id}"
    segno.make(address, error="m").save(expected, kind="svg", scale=4, border=2, xmldecl=True)
    for host in OWN_NAMES:
        client = shared_house.app.test_client()
        client.set_cookie("motcua_citizen", shared_house.token_of(citizen), domain=urlsplit(f"//{host}").hostname)
        answer = client.get(f"/dossiers/{dossier_id}/qr.svg", base_url=f"http://{host}")
        assert answer.status_code == 200, host
        assert answer.data == expected.getvalue(), host


TASK_DOORS = (
    ("GET", "/api/v1/tasks"),
    ("POST", "/api/v1/tasks/{}/claim"),
    ("POST", "/api/v1/tasks/{}/complete"),
)


def test_the_officials_api_is_absent_from_the_citizens_process(shared_house: WebHouse) -> None:
    """Also for an official with a living session: that process does not know the address."""
    life = shared_house.life
    task_id = life.open_task(life.sent(life.citizen()))["id"]
    official = shared_house.life.officials["reception"]
    citizens = shared_house.browser(official, create_app(shared_house.platform, CITIZEN_ROOMS))
    before = shared_house.record()
    for method, address in TASK_DOORS:
        given = {"json": {"outputs": {}, "version": 0}} if method == "POST" else {}
        send = citizens.post if method == "POST" else citizens.get
        answer = send(address.format(task_id), **given)
        assert (answer.status_code, answer.json["code"]) == (404, 404), address
    assert shared_house.record() == before
    assert not [path for path in citizens.get("/api/openapi.json").json["paths"] if "tasks" in path]


def test_the_officials_process_has_it_and_not_the_citizens_post(shared_house: WebHouse) -> None:
    life = shared_house.life
    task_id = life.open_task(life.sent(life.citizen()))["id"]
    officials = shared_house.browser(life.officials["reception"], create_app(shared_house.platform, STAFF_ROOMS))
    officials._token = token_on(officials, "/desk/account")
    assert officials.get("/api/v1/tasks").status_code == 200
    assert officials.post(f"/api/v1/tasks/{task_id}/claim", json={}).status_code == 204
    paths = officials.get("/api/openapi.json").json["paths"]
    assert {address.format("{task_id}") for _, address in TASK_DOORS} <= paths.keys()
    assert not [path for path in paths if "messages" in path]
    assert officials.post("/api/v1/messages/post", json={}).status_code == 404
