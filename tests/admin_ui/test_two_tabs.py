"""One person, two windows: what one of them saved is not wiped by the other, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from factories.office_life import OWNER
from factories.web_house import Browser, WebHouse

from engine.actions.filing import StartDraft, start_draft

SEEN = re.compile(r'name="seen" value="([^"]+)"')


@pytest.fixture
def draft(house: WebHouse) -> tuple[WebHouse, Browser, str]:
    citizen = house.life.citizen()
    return house, house.browser(citizen), house.life.do(start_draft, StartDraft(citizen, "2.000635"))


def seen_on(page: str) -> str:
    found = SEEN.search(page)
    assert found
    return found[1]


def test_an_older_window_does_not_wipe_the_newer_one(draft: tuple[WebHouse, Browser, str]) -> None:
    house, browser, dossier_id = draft
    address = f"/dossiers/{dossier_id}/draft/owner"
    older = seen_on(browser.get(address).text)
    assert browser.post(address, {**OWNER, "seen": older, "go": "next"}).status_code == 303
    answer = browser.post(address, {"full_name": "Phạm Thị Mới", "national_id": "", "seen": older, "go": "later"})
    assert answer.status_code == 409
    assert "cửa sổ khác" in answer.text
    assert 'value="Phạm Thị Mới"' in answer.text
    assert house.life.dossier(dossier_id)["owner"]["national_id"] == OWNER["national_id"]
    assert seen_on(answer.text) != older
    again = browser.post(address, {"full_name": "Phạm Thị Mới", "seen": seen_on(answer.text), "go": "later"})
    assert again.status_code == 303
    assert house.life.dossier(dossier_id)["owner"]["full_name"] == "Phạm Thị Mới"


def test_saving_while_typing_is_refused_from_an_older_window_too(draft: tuple[WebHouse, Browser, str]) -> None:
    house, browser, dossier_id = draft
    address = f"/dossiers/{dossier_id}/draft/owner"
    older = seen_on(browser.get(address).text)
    quiet = {"headers": {"X-Autosave": "1"}}
    first = browser.post(address, {"full_name": "Lê Thị Một", "seen": older}, **quiet)
    assert first.get_json()["seen"] != older
    assert browser.post(address, {"full_name": "Lê Thị Hai", "seen": older}, **quiet).status_code == 409
    assert house.life.dossier(dossier_id)["owner"]["full_name"] == "Lê Thị Một"
    following = browser.post(address, {"full_name": "Lê Thị Ba", "seen": first.get_json()["seen"]}, **quiet)
    assert following.status_code == 200


def test_other_steps_do_not_disturb(draft: tuple[WebHouse, Browser, str]) -> None:
    _, browser, dossier_id = draft
    declaration = f"/dossiers/{dossier_id}/draft/declaration"
    seen = seen_on(browser.get(declaration).text)
    browser.post(f"/dossiers/{dossier_id}/draft/owner", {**OWNER, "go": "next"})
    assert browser.post(declaration, {"copies": "2", "seen": seen, "go": "later"}).status_code == 303


def test_an_official_keeps_the_words_when_the_dossier_moved(house: WebHouse) -> None:
    dossier_id = house.life.sent(house.life.citizen())
    official = house.browser(house.life.officials["reception"])
    task = house.life.open_task(dossier_id)["id"]
    official.post(f"/desk/tasks/{task}/claim")
    typed = {"decision": "supplement", "reason": "Văn bản ủy quyền bị mờ.", "version": "999"}
    answer = official.post(f"/desk/tasks/{task}/complete", typed)
    assert answer.status_code == 409
    assert "Văn bản ủy quyền bị mờ." in answer.text
    assert "nội dung bạn đã nhập vẫn được giữ" in answer.text
    assert house.life.open_task(dossier_id)["id"] == task
