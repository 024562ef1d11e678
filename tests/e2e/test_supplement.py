"""A mother files for her child without a letter of authorisation, and corrects what the office asks about by a day."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from e2e.served_house import ServedHouse
from factories.fixtures import SetClock
from factories.office_life import EXTRACT_FORM, OWNER
from factories.web_house import found_house
from playwright.sync_api import Browser, Page, expect

from engine.actions.filing import SaveDraft, StartDraft, save_draft, start_draft

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

CHILD = {**OWNER, "full_name": "Nguyễn Minh Bé", "national_id": "038220000123", "birth_on": "05/09/2020", "sex": "male"}
FORM = {**EXTRACT_FORM, "relation": "parent", "subject_name": CHILD["full_name"], "subject_birth_on": "05/09/2020"}
SIZES = ({"width": 1280, "height": 900}, {"width": 360, "height": 740})
LETTER = "Văn bản ủy quyền"


@pytest.fixture
def town(chromium: Browser, tmp_path: Path, sqlite_template: Path) -> Iterator[ServedHouse]:
    house = found_house(tmp_path, SetClock(datetime(2026, 3, 10, 2, 0, tzinfo=UTC)), sqlite_template)
    with ServedHouse(house, chromium) as served:
        yield served
    house.platform.close()


def looked_at(page: Page, name: str) -> None:
    """Nothing wider than the screen and nothing for axe, at a desk and on a telephone."""
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a TypedDict of the library
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
        found = Axe().run(page).response["violations"]
        assert not found, [(rule["id"], rule["nodes"][0]["target"]) for rule in found]
        if shots := os.environ.get("MOTCUA_TEST_SHOTS"):
            page.screenshot(path=f"{shots}/{name}-{size['width']}.png", full_page=True)
    page.set_viewport_size(SIZES[0])  # type: ignore[arg-type]  # as above


def test_a_childs_dossier_is_filed_corrected_and_goes_on(town: ServedHouse) -> None:
    life = town.house.life
    mother = life.citizen()
    dossier_id = life.do(start_draft, StartDraft(mother, "2.000635"))
    page = town.page_of(mother)
    page.goto(f"/dossiers/{dossier_id}/draft/applicant")
    expect(page.locator("body")).not_to_contain_text(LETTER)
    for step, data in (("owner", CHILD), ("declaration", FORM), ("delivery", {"method": "online"})):
        life.do(save_draft, SaveDraft(mother, dossier_id, step, data))
    page.goto(f"/dossiers/{dossier_id}/draft/papers")
    expect(page.locator("body")).not_to_contain_text(LETTER)
    page.goto(f"/dossiers/{dossier_id}/draft/review")
    page.locator("#confirmed").check()
    page.get_by_role("button", name="Gửi hồ sơ").click()
    page.wait_for_url("**/receipt")

    official, task_id = town.whose_turn(dossier_id)
    desk = town.page_of(official)
    desk.goto(f"/desk/tasks/{task_id}")
    desk.get_by_role("button", name="Nhận việc").click()
    expect(desk.locator("#answer_by")).to_be_hidden()  # until a supplement is asked for
    desk.locator("#decision-supplement").check()
    desk.locator("#reason").fill("Số bản chưa khớp với đơn.")
    desk.get_by_label("Số lượng bản sao").check()
    expect(desk.locator("#answer_by")).to_have_value("24/03/2026")
    desk.locator("#answer_by").fill("20/03/2026")
    looked_at(desk, "asks")
    desk.get_by_role("button", name="Hoàn thành bước").click()
    desk.wait_for_url(lambda address: "/tasks/" not in address)

    page.goto(f"/dossiers/{dossier_id}")
    expect(page.locator("main")).to_contain_text("Trả lời chậm nhất ngày 20/03/2026")
    looked_at(page, "asked")
    page.goto(f"/dossiers/{dossier_id}/supplement")
    looked_at(page, "answers")
    page.get_by_label("Số lượng bản sao").fill("3")
    page.get_by_role("button", name="Gửi phần bổ sung").click()
    page.wait_for_url(f"**/dossiers/{dossier_id}")

    town.house.clock.advance(seconds=20)
    _, task_id = town.whose_turn(dossier_id)
    desk.goto(f"/desk/tasks/{task_id}")
    expect(desk.locator(".news-panel")).to_contain_text("2 → 3")
    looked_at(desk, "seen")
