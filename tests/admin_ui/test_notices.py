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
