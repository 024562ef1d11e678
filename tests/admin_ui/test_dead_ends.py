"""A page leads on: no list names what its reader may not open, no search throws away what was typed."""

from __future__ import annotations

import re

import pytest
from factories.web_house import WebHouse

ASKED = {"decision": "supplement", "reason": "Giấy ủy quyền bị mờ.", "missing_papers": "authorisation"}


@pytest.mark.parametrize("which", ["mine", "unit", "waiting", "due_soon", "failed_jobs"])
def test_every_line_of_a_queue_opens(house: WebHouse, which: str) -> None:
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    house.life.complete(house.life.sent(citizen), "check_dossier", ASKED)
    house.life.sent(citizen)
    clerk = house.browser(house.life.officials["reception"])
    links = re.findall(r'data-queue-link href="([^"]+)"', clerk.get(f"/desk?which={which}").text)
    assert which not in ("unit", "waiting") or links
    assert [clerk.get(link).status_code for link in links] == [200] * len(links)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_search_that_finds_nothing_keeps_what_was_typed(house: WebHouse, language: str) -> None:
    page = house.browser().speak(language).post("/track", {"code": "000.00.00.H56-0001", "phone_tail": "5601"})
    assert page.status_code == 404
    assert 'value="000.00.00.H56-0001"' in page.text
    assert 'value="5601"' in page.text
    assert {"vi": "Hãy xem lại giấy tiếp nhận", "en": "look at your slip"}[language] in page.text


@pytest.mark.parametrize("written", ["{code}", "{short}", " {lower} ", "{bare}", "{spaced}"])
def test_a_code_is_known_however_it_is_written(house: WebHouse, written: str) -> None:
    code = house.life.dossier(house.life.sent(house.life.citizen()))["code"]
    short = code.partition("-")[2]
    ways = {"code": code, "short": short, "lower": code.lower(), "bare": code.replace(".", "").replace("-", "")}
    typed = written.format(**ways, spaced=short.replace("-", " "))
    page = house.browser().post("/track", {"code": typed, "phone_tail": "5678"})
    assert page.status_code == 200
    assert f'<span class="code">{code}</span>' in page.text


def test_a_number_without_its_day_is_nobodys(house: WebHouse) -> None:
    house.life.sent(house.life.citizen())
    for typed in ("0001", "-0001", "1", "nguyen", "038203000123", "0912345678"):
        assert house.browser().post("/track", {"code": typed, "phone_tail": "5678"}).status_code == 404, typed


def test_an_empty_form_is_told_what_is_missing(house: WebHouse) -> None:
    page = house.browser().post("/track", {"code": " ", "phone_tail": ""})
    assert page.status_code == 422
    assert "Hãy nhập mã hồ sơ." in page.text
    assert "Hãy nhập bốn số cuối của điện thoại đã khai." in page.text
    assert "Không có hồ sơ nào khớp" not in page.text


def test_wrong_digits_are_counted_however_the_code_is_written(house: WebHouse) -> None:
    code = house.life.dossier(house.life.sent(house.life.citizen()))["code"]
    short, browser = code.partition("-")[2], house.browser()
    answers = [
        browser.post("/track", {"code": [code, short, code.lower()][n % 3], "phone_tail": f"{n:04}"}).status_code
        for n in range(12)
    ]
    assert 429 in answers
    assert browser.post("/track", {"code": code.replace(".", " "), "phone_tail": "5678"}).status_code == 429
