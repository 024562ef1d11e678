"""A draft shows what a person typed: what was cleared stays cleared, what contradicts itself is told there."""

from __future__ import annotations

import re

import pytest
from factories.office_life import EXTRACT_FORM, OWNER
from factories.web_house import Browser, WebHouse

from engine.actions.filing import StartDraft, start_draft


@pytest.fixture
def draft(house: WebHouse) -> tuple[Browser, str]:
    """A draft whose owner is known."""
    citizen = house.life.citizen()
    browser = house.browser(citizen)
    dossier_id = house.life.do(start_draft, StartDraft(citizen, "2.000635"))
    browser.post(f"/dossiers/{dossier_id}/draft/owner", {**OWNER, "go": "next"})
    return browser, dossier_id


def value_of(page: str, name: str) -> str:
    field = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', page)
    assert field is not None
    found = re.search(r'value="([^"]*)"', field[0])
    return found[1] if found else ""


def test_a_cleared_name_does_not_come_back(draft: tuple[Browser, str]) -> None:
    browser, dossier_id = draft
    address = f"/dossiers/{dossier_id}/draft/declaration"
    assert value_of(browser.get(address).text, "subject_name") == OWNER["full_name"]
    browser.post(address, {**EXTRACT_FORM, "subject_name": "", "go": "next"})
    page = browser.get(f"{address}?check=1").text
    assert value_of(page, "subject_name") == ""
    assert "Hãy nhập “Họ, chữ đệm, tên”." in page


def test_a_wrong_date_and_a_missing_place_are_told_together(draft: tuple[Browser, str]) -> None:
    browser, dossier_id = draft
    address = f"/dossiers/{dossier_id}/draft/declaration"
    typed = {**EXTRACT_FORM, "registered_on": "01/01/1950", "registered_at": "", "copies": "hai", "go": "next"}
    browser.post(address, typed)
    page = browser.get(f"{address}?check=1").text
    assert "không thể trước ngày sinh" in page
    assert "Hãy nhập “Nơi đã đăng ký”." in page
    assert "“Số lượng bản sao” chỉ ghi chữ số." in page
    assert value_of(page, "registered_on") == "01/01/1950"
