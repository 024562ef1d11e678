"""What comes before all other work: changing a password others know, and an administrator's second step."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from factories.office_life import PASSWORD
from factories.staff_entry import changes_password, code_of, signs_in
from factories.web_house import Browser, WebHouse
from factories.web_routes import CASES
from factories.web_walk import ask_for, rules_of
from flask import Flask

from engine.actions.accounts import OfferedSecret, SetStaffPassword, hash_password, set_staff_password
from engine.domain.actor import SYSTEM
from engine.store.accounts import staff

GIVEN = "do quan tri dat lan nay"
NEW = "con thuyền trên sông Mã"
OWN = {"desk.account", "desk.change_own_password", "desk.set_up_second_factor", "desk.end_session", "desk.end_others"}
OWN |= {"desk.leave"}
SEALED = re.compile(r'name="sealed" value="([^"]+)"')
ADDRESS = re.compile(r"<code>(otpauth://[^<]+)</code>")


@pytest.fixture(scope="module")
def earnest(build_house: Callable[..., WebHouse]) -> WebHouse:
    return build_house(PRACTICE="off")


@pytest.fixture
def own_earnest(build_house: Callable[..., WebHouse]) -> WebHouse:
    return build_house(PRACTICE="off")


def offer_on(browser: Browser) -> OfferedSecret:
    """The secret the page offers to the authenticator."""
    text = browser.get("/desk/account").text
    address, sealed = ADDRESS.search(text), SEALED.search(text)
    assert address, "no offer on the page"
    assert sealed
    return OfferedSecret(html.unescape(address[1]), html.unescape(sealed[1]))


def sets_up(browser: Browser, sealed: str, code: str, password: str = PASSWORD) -> int:
    form = {"sealed": sealed, "code": code, "password": password}
    return browser.post("/desk/account/second-factor", form).status_code


def led_home(house: WebHouse, browser: Browser, app: Flask) -> int:
    """Try every address of officials but those of the own account; gives how many there are."""
    before, tried = house.record(), 0
    for rule in rules_of(app):
        method, who = CASES[rule.endpoint]
        if who in ("anyone", "citizen") or rule.endpoint in OWN:
            continue
        answer = ask_for(browser, method, rule.rule.replace("<", "").replace(">", ""))
        if rule.rule.startswith("/api/"):
            assert (answer.status_code, answer.json["code"]) == (403, 403), rule.rule
        else:
            assert (answer.status_code, answer.location) == (303, "/desk/account"), rule.rule
        tried += 1
    assert house.record() == before
    return tried


def test_no_page_and_no_api_opens_before_a_given_password_is_changed(house: WebHouse) -> None:
    set_anew = SetStaffPassword(SYSTEM, "unit_head", hash_password(GIVEN), "quên")
    house.life.do(set_staff_password, set_anew)
    browser = house.browser()
    assert signs_in(browser, "unit_head", GIVEN).status_code == 303
    assert "do người khác đặt" in browser.get("/desk/account").text
    assert led_home(house, browser, house.app) > 25
    assert changes_password(browser, GIVEN, GIVEN).status_code == 422, "the given one was kept"
    assert browser.get("/desk").status_code == 303
    assert changes_password(browser, GIVEN, NEW).status_code == 303
    assert browser.get("/desk").status_code == 200
    assert browser.get("/api/v1/tasks").status_code == 200
    assert "do người khác đặt" not in browser.get("/desk/account").text


def test_whoever_has_a_duty_may_still_go_out(house: WebHouse) -> None:
    house.life.do(set_staff_password, SetStaffPassword(SYSTEM, "approver", hash_password(GIVEN), "quên"))
    browser = house.browser()
    signs_in(browser, "approver", GIVEN)
    assert browser.get("/desk/account").status_code == 200
    assert browser.post("/desk/sign-out").status_code == 303
    assert browser.get("/desk/account").status_code == 303


def test_an_administrator_in_earnest_sets_up_the_second_step_first(own_earnest: WebHouse) -> None:
    house = own_earnest
    browser = house.browser()
    assert signs_in(browser, "admin").status_code == 303
    assert led_home(house, browser, house.app) > 25
    offer = offer_on(browser)
    assert "xác thực hai bước" in browser.get("/desk/account").text
    code = code_of(offer.address, house.clock.now())
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for typed in (wrong, "", "đ", "１２３４５６", code + "0"):
        assert sets_up(browser, offer.sealed, typed) == 422, typed
    assert sets_up(browser, offer.sealed, code, "sai mật khẩu rồi") == 422
    assert sets_up(browser, offer.sealed[:-2] + "AA", code) == 422
    assert browser.get("/desk").status_code == 303, "a wrong code set it up"
    assert sets_up(browser, offer.sealed, f"{code[:3]} {code[3:]}") == 303
    assert browser.get("/desk").status_code == 200
    assert "Đang bật" in browser.get("/desk/account").text
    row = house.life.see(staff.by_username, "admin")
    assert row["totp_secret"] is None
    assert offer.sealed != row["totp_sealed"], "what stood on a page opens nothing"


def test_a_code_serves_once_from_the_set_up_on(own_earnest: WebHouse) -> None:
    house = own_earnest
    browser = house.browser()
    signs_in(browser, "admin")
    offer = offer_on(browser)
    code = code_of(offer.address, house.clock.now())
    assert sets_up(browser, offer.sealed, code) == 303
    again = house.browser()
    asked = signs_in(again, "admin")
    assert asked.status_code == 200
    assert 'name="totp"' in asked.text
    assert again.get("/desk").status_code == 303, "in without a code"
    assert signs_in(again, "admin", totp=code).status_code == 400, "the code of the set-up was used again"
    house.clock.advance(seconds=30)
    fresh = code_of(offer.address, house.clock.now())
    assert signs_in(again, "admin", "sai mật khẩu rồi", fresh).status_code == 400
    assert signs_in(again, "admin", totp=f"{(int(fresh) + 1) % 1_000_000:06}").status_code == 400
    assert signs_in(again, "admin", totp=fresh).status_code == 303
    assert again.get("/desk").status_code == 200
    assert signs_in(house.browser(), "admin", totp=fresh).status_code == 400, "a code served twice"


def test_an_offer_is_its_officials_own(earnest: WebHouse) -> None:
    admin, other = earnest.browser(), earnest.browser()
    signs_in(admin, "admin")
    signs_in(other, "reception")
    offer = offer_on(admin)
    assert sets_up(other, offer.sealed, code_of(offer.address, earnest.clock.now())) == 422
    assert "Chưa bật" in other.get("/desk/account").text


def test_only_administrators_must(earnest: WebHouse) -> None:
    browser = earnest.browser()
    signs_in(browser, "case_officer")
    assert browser.get("/desk").status_code == 200


def test_practice_asks_for_no_second_step(house: WebHouse) -> None:
    browser = house.browser()
    signs_in(browser, "admin")
    assert browser.get("/desk").status_code == 200
