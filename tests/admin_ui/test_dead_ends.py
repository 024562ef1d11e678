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
