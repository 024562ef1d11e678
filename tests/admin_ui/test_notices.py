"""The head of every page says how many notices are new."""

from __future__ import annotations

import re

from factories.web_house import WebHouse

COUNT = re.compile(r'class="tool-count">(\d+)')


def test_new_notices_are_counted_until_they_are_read(house: WebHouse) -> None:
    citizen = house.life.citizen()
    browser = house.browser(citizen)
    assert COUNT.findall(browser.get("/").text) == []
    dossier_id = house.life.sent(citizen)
    house.life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    (shown,) = COUNT.findall(browser.get("/").text)
    assert int(shown) == browser.get("/notices").text.count('<li class="unread">')
    assert int(shown) > 0
    browser.post("/notices/read")
    assert COUNT.findall(browser.get("/").text) == []


def test_officials_and_visitors_see_no_count(house: WebHouse) -> None:
    house.life.sent(house.life.citizen())
    assert COUNT.findall(house.browser().get("/").text) == []
    assert COUNT.findall(house.browser(house.life.officials["reception"]).get("/").text) == []


def test_a_notice_is_read_when_it_is_opened(house: WebHouse) -> None:
    citizen, other = house.life.citizen(), house.somebody("Trần Thị Bình", "038303000456", "+84987654321")
    browser = house.browser(citizen)
    dossier_id = house.life.sent(citizen)
    house.life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    page = browser.get("/notices").text
    (before,) = COUNT.findall(page)
    opens = re.findall(r'action="(/notices/[^"]+/open)"', page)
    assert len(opens) == int(before)
    assert house.browser(other).post(opens[0]).status_code == 404
    assert COUNT.findall(browser.get("/").text) == [before], "nobody else has read it"
    assert browser.post(opens[0]).location == f"/dossiers/{dossier_id}"
    page = browser.get("/notices").text
    assert opens[0] not in page
    assert len(re.findall(r'action="/notices/[^"]+/open"', page)) == int(before) - 1
    facts = re.findall(r'<span class="file-facts">(.*?)</span>\s*</li>', page, re.DOTALL)
    assert facts
    assert [fact for fact in facts if re.sub(r"<[^>]+>", "", fact).strip().endswith("·")] == []
