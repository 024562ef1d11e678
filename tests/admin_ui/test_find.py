"""The desk finds again what it has passed on, and the address of a search tells nothing of anybody."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from factories.office_life import OWNER
from factories.web_house import Browser, WebHouse


@pytest.fixture
def filed(house: WebHouse) -> tuple[WebHouse, str]:
    return house, house.life.handed_over(house.life.citizen())


def search(browser: Browser, address: str, text: str, **more: str) -> tuple[str, str]:
    """Press "Tìm": the address one is led to, and its page."""
    sent_on = browser.post(address, {"q": text, **more})
    assert sent_on.status_code == 303
    return sent_on.location, browser.get(sent_on.location).text


@pytest.mark.parametrize("text", ["le thi buoi", OWNER["national_id"], "+84 912 345 678", "-0001", "2.000635"])
def test_a_finished_dossier_is_found(filed: tuple[WebHouse, str], text: str) -> None:
    house, dossier_id = filed
    browser = house.browser(house.life.officials["reception"])
    address, page = search(browser, "/desk/find", text)
    assert f"/desk/dossiers/{dossier_id}" in page
    assert "Lê Thị Bưởi" in page
    assert text not in address
    assert "038160000123" not in address


def test_the_seal_opens_for_this_official_only(filed: tuple[WebHouse, str]) -> None:
    house, dossier_id = filed
    address, _page = search(house.browser(house.life.officials["reception"]), "/desk/find", OWNER["national_id"])
    other = house.browser(house.life.officials["approver"]).get(address)
    assert other.status_code == 200
    assert OWNER["national_id"] not in other.text
    seal = parse_qs(urlsplit(address).query)["s"][0]
    broken = house.browser(house.life.officials["reception"]).get("/desk/find", query_string={"s": seal[:-4] + "AAAA"})
    assert broken.status_code == 200
    assert OWNER["national_id"] not in broken.text
    assert dossier_id in broken.text, "no words: every dossier of the unit"


def test_lists_keep_the_words(filed: tuple[WebHouse, str]) -> None:
    house, dossier_id = filed
    browser = house.browser(house.life.officials["reception"])
    address, page = search(browser, "/desk/find", "buoi", which="refused")
    assert "which=refused" in address
    assert "Không có hồ sơ nào của đơn vị khớp với “buoi”" in page
    seal = parse_qs(urlsplit(address).query)["s"][0]
    given = browser.get("/desk/find", query_string={"s": seal, "which": "given"}).text
    assert dossier_id in given
    assert 'value="buoi"' in given


def test_the_queue_finds_the_same_and_shows_the_way_to_the_rest(filed: tuple[WebHouse, str]) -> None:
    house, finished = filed
    open_id = house.life.sent(house.life.citizen(name="Trần Thị Bình", number="038303000456"), owner=None)
    browser = house.browser(house.life.officials["reception"])
    task = house.life.open_task(open_id)["id"]
    for text in ("2.000635", "tran binh", "038303000456"):
        address, page = search(browser, "/desk", text, which="unit")
        assert task in page, text
        assert text.replace(" ", "+") not in address
    _address, page = search(browser, "/desk", "buoi", which="unit")
    assert finished not in page
    assert "Tìm trong mọi hồ sơ của đơn vị" in page
