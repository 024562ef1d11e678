"""The review says what is missing in the words of the pages, and asks for nothing that a page shows as filled in."""

from __future__ import annotations

import re

import pytest
from factories.office_life import OWNER
from factories.web_house import Browser, WebHouse

from engine.actions.filing import StartDraft, start_draft


@pytest.fixture
def skipped(house: WebHouse) -> tuple[Browser, str]:
    """Somebody who gave the owner and then jumped over the declaration."""
    citizen = house.life.citizen()
    browser = house.browser(citizen)
    dossier_id = house.life.do(start_draft, StartDraft(citizen, "2.000635"))
    browser.post(f"/dossiers/{dossier_id}/draft/owner", {**OWNER, "go": "next"})
    return browser, dossier_id


def missing_on(page: str) -> list[str]:
    return re.findall(r'<li>\s*<a href="[^"]*">Tờ khai: ([^<]*)</a>', page)


def test_what_the_page_fills_in_is_not_asked_for(skipped: tuple[Browser, str]) -> None:
    browser, dossier_id = skipped
    asked = missing_on(browser.get(f"/dossiers/{dossier_id}/draft/review").text)
    page = browser.get(f"/dossiers/{dossier_id}/draft/declaration?check=1").text
    assert f'value="{OWNER["full_name"]}"' in page
    assert "Hãy nhập “Họ, chữ đệm, tên”." not in asked
    assert "Hãy nhập “Họ, chữ đệm, tên”." not in page
    assert "Hãy chọn “Loại giấy tờ đề nghị cấp”." in asked
    assert "Hãy chọn “Loại giấy tờ đề nghị cấp”." in page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_fee_that_cannot_be_told_yet_is_said_plainly(skipped: tuple[Browser, str], language: str) -> None:
    browser, dossier_id = skipped
    page = browser.speak(language).get(f"/dossiers/{dossier_id}/draft/review").text
    fee = page.split('id="fee"')[1].split("</section>")[0]
    assert {"vi": "Số tiền được tính ngay khi", "en": "The amount is worked out as soon as"}[language] in fee
    assert "copies" not in fee
    assert "channel" not in fee


def test_nobody_is_born_tomorrow(skipped: tuple[Browser, str]) -> None:
    browser, dossier_id = skipped
    address = f"/dossiers/{dossier_id}/draft/owner"
    browser.post(address, {**OWNER, "birth_on": "11/03/2026", "go": "next"})  # the house stands on 10 March
    assert "không thể ở sau ngày hôm nay" in browser.get(f"{address}?check=1").text
    browser.post(address, {**OWNER, "birth_on": "10/03/2026", "national_id": "", "go": "next"})
    assert "không thể ở sau ngày hôm nay" not in browser.get(f"{address}?check=1").text


def test_a_refusal_says_why_at_the_top(house: WebHouse) -> None:
    citizen = house.life.citizen()
    dossier_id = house.life.sent(citizen)
    browser = house.browser(citizen)
    assert "refusal-reason" not in browser.get(f"/dossiers/{dossier_id}").text
    reason = "Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan này."
    house.life.complete(dossier_id, "check_dossier", {"decision": "refuse", "reason": reason})
    top = browser.get(f"/dossiers/{dossier_id}").text.partition('id="documents"')[0]
    assert '<p class="refusal-reason">' in top
    assert reason in top
