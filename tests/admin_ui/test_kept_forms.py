"""A session that ended keeps what was typed: for its person, in this browser, sent once."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

from factories.office_life import OWNER, party
from factories.web_house import Browser, WebHouse
from sqlalchemy import select

from engine.actions.filing import StartDraft, start_draft
from engine.domain.actor import Actor
from engine.store.schema.dossiers import dossier
from engine.store.schema.people import kept_form, session

WAY_IN = re.compile(r'href="((?:/desk)?/sign-in\?return_to=[^"]+)"')
NAME = "Phạm Thị <Giữ>"


def enter_again(house: WebHouse, browser: Browser, actor: Actor, token: str) -> None:
    """Signed in again in the same browser, as after the way through the provider."""
    raw = house.token_of_anew(actor, token)
    browser.client.set_cookie("motcua_citizen" if actor.is_citizen else "motcua_staff", raw)


def end_sessions(house: WebHouse) -> None:
    house.clock.advance(hours=13)


def way_back(page: str) -> str:
    found = WAY_IN.search(page)
    assert found, page
    return parse_qs(urlsplit(html.unescape(found[1])).query)["return_to"][0]


def lost_owner_step(house: WebHouse, citizen: Actor) -> tuple[Browser, str, str]:
    """A citizen types the owner, and the session ends before it is sent."""
    browser = house.browser(citizen)
    dossier_id = house.life.do(start_draft, StartDraft(citizen, "2.000635"))
    address = f"/dossiers/{dossier_id}/draft/owner"
    assert browser.get(address).status_code == 200
    end_sessions(house)
    told = browser.post(address, {**OWNER, "full_name": NAME, "go": "next"})
    assert told.status_code == 401
    assert "đã được giữ" in told.text
    assert "Giữ&gt;" not in told.text, "the page that may stay open holds nothing of it"
    return browser, address, way_back(told.text)


def test_what_was_typed_comes_back_in_its_page_and_is_sent_once(house: WebHouse) -> None:
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    browser, address, back = lost_owner_step(house, citizen)
    assert back.startswith("/kept/")
    enter_again(house, browser, citizen, "raw-token-of-tomorrow")
    assert browser.get(f"/sign-in?return_to={back}").location == back
    shown = browser.get(back)
    assert shown.status_code == 200
    assert html.escape(NAME) in shown.text or "Phạm Thị &lt;Giữ&gt;" in shown.text
    assert f'action="{address}"' in shown.text
    assert house.count(kept_form) == 1, "until it is sent, nothing is lost by loading the page once more"
    seen = re.search(r'name="seen" value="([^"]+)"', shown.text)
    assert seen
    sent = browser.post(address, {**OWNER, "full_name": NAME, "seen": seen[1], "go": "next"})
    assert sent.status_code == 303
    assert house.count(kept_form) == 0
    assert browser.get(back).status_code == 404


def test_what_is_kept_cannot_be_read_in_the_record(house: WebHouse) -> None:
    lost_owner_step(house, house.somebody("Nguyễn Văn An", "038203000123"))
    with house.platform.database.read() as tx:
        row = tx.execute(select(kept_form)).mappings().one()
    assert "Phạm" not in row["sealed"]
    assert OWNER["national_id"] not in row["sealed"]


def test_nobody_else_is_shown_what_was_typed(house: WebHouse) -> None:
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    browser, _address, back = lost_owner_step(house, citizen)
    other = house.somebody("Trần Thị Bình", "038303000123")
    elsewhere = house.browser()
    enter_again(house, elsewhere, citizen, "raw-token-elsewhere")
    assert elsewhere.get(back).status_code == 404, "another browser, though it is the same person"
    enter_again(house, browser, other, "raw-token-of-another")
    answer = browser.get(back)
    assert answer.status_code == 404
    assert "Giữ" not in answer.text
    assert browser.get(f"/desk{back}").status_code == 303, "an official's page asks for an official"


def test_it_is_kept_for_two_hours(house: WebHouse) -> None:
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    browser, _address, back = lost_owner_step(house, citizen)
    house.clock.advance(hours=2, minutes=1)
    enter_again(house, browser, citizen, "raw-token-of-tomorrow")
    assert browser.get(back).status_code == 404


def test_whole_pages_of_the_counter_come_back_too(house: WebHouse) -> None:
    official = house.life.officials["reception"]
    browser = house.browser(official)
    assert browser.get("/desk/counter/2.000635").status_code == 200
    end_sessions(house)
    typed = {f"applicant.{name}": value for name, value in party().items()}
    told = browser.post("/desk/counter/2.000635", typed)
    assert told.status_code == 401
    back = way_back(told.text)
    assert back.startswith("/desk/kept/")
    enter_again(house, browser, official, "raw-token-after-lunch")
    shown = browser.get(back)
    assert shown.status_code == 200
    assert 'value="Nguyễn Văn An"' in shown.text
    assert 'action="/desk/counter/2.000635"' in shown.text
    assert house.count(dossier) == 0


def test_an_officials_words_come_back_to_the_task(house: WebHouse) -> None:
    dossier_id = house.life.sent(house.life.citizen())
    official = house.life.officials["reception"]
    browser = house.browser(official)
    task = house.life.open_task(dossier_id)["id"]
    browser.post(f"/desk/tasks/{task}/claim")
    end_sessions(house)
    typed = {"decision": "supplement", "reason": "Văn bản ủy quyền bị mờ.", "version": "1"}
    back = way_back(browser.post(f"/desk/tasks/{task}/complete", typed).text)
    enter_again(house, browser, official, "raw-token-after-lunch")
    shown = browser.get(back).text
    assert "Văn bản ủy quyền bị mờ." in shown
    assert f'action="/desk/tasks/{task}/complete"' in shown


def test_registering_needs_no_session_and_begins_no_draft_by_itself(house: WebHouse) -> None:
    """Only a form with this browser's token is kept; no address that somebody else may plant begins anything."""
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    browser = house.browser()
    sent_on = browser.post("/procedures/2.000635/apply")
    assert sent_on.status_code == 303
    back = parse_qs(urlsplit(sent_on.location).query)["return_to"][0]
    assert back.startswith("/kept/")
    assert "đưa thẳng trở lại" in browser.get(sent_on.location).text
    assert browser.client.post("/procedures/2.000635/apply").status_code == 400, "a foreign page has no token"
    enter_again(house, browser, citizen, "raw-token-now")
    for address in (back, "/procedures/2.000635/apply", f"/sign-in?return_to={back}"):
        assert browser.get(address).status_code in (200, 303)
    assert house.count(dossier) == 0
    assert "Bắt đầu" in browser.get(back).text


def test_an_open_draft_is_offered_before_another_is_begun(house: WebHouse) -> None:
    browser = house.browser(house.somebody("Nguyễn Văn An", "038203000123"))
    first = browser.post("/procedures/2.000635/apply").location
    assert "/draft/applicant" in first
    offered = browser.post("/procedures/2.000635/apply")
    assert offered.location == "/procedures/2.000635/apply"
    page = browser.get(offered.location).text
    assert "Bạn có bản nháp" in page
    assert first in page
    assert browser.post("/procedures/1.001612/apply").location != offered.location, "another procedure is another thing"
    assert house.count(dossier) == 2
    assert "/draft/applicant" in browser.post("/procedures/2.000635/apply", {"anew": "yes"}).location
    assert house.count(dossier) == 3


def test_a_signed_out_official_comes_back_to_the_page(house: WebHouse) -> None:
    browser = house.browser()
    asked = browser.get("/desk/counter?q=trich")
    assert asked.location == "/desk/sign-in?return_to=/desk/counter?q%3Dtrich"
    assert 'value="/desk/counter?q=trich"' in browser.get(asked.location).text
    for foreign in ("https://evil.example/", "/dossiers", "//evil.example"):
        assert (
            'name="return_to" value="/desk"' in browser.get("/desk/sign-in", query_string={"return_to": foreign}).text
        )


def test_sessions_are_not_needed_to_find_out_whose_it_was(house: WebHouse) -> None:
    """The old session may long be gone from the record: the browser's own signed cookie tells."""
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    browser, address, _back = lost_owner_step(house, citizen)
    with house.platform.database.begin() as tx:
        tx.execute(session.delete())
    browser.client.delete_cookie("motcua_citizen")
    assert "đã được giữ" in browser.post(address, {**OWNER, "full_name": NAME}).text
    with house.platform.database.read() as tx:
        kept = tx.execute(select(kept_form.c.key_hash)).scalars().all()
    assert len(kept) == 2
