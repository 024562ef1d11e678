"""Nobody is stopped at the door: signing in on the way, a session that ends, what was passed on found again; and the
keyboard is seen everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from e2e import filing
from e2e.installation import Installation
from e2e.people import AN, BINH, People
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

# Everything the keyboard reaches, with the ring it then wears.
RINGS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.type !== 'hidden')
  .map((one) => {
    one.focus({ focusVisible: true });
    const look = getComputedStyle(one);
    return { what: `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 30)}`,
      style: look.outlineStyle, width: parseFloat(look.outlineWidth), ring: look.outlineColor,
      halo: look.boxShadow, on: document.activeElement === one };
  })"""


@pytest.fixture
def town(chromium: Browser, embedded: Installation, tmp_path: Path) -> Iterator[People]:
    people = People(chromium, embedded, tmp_path)
    yield people
    people.go_home()


def through_the_provider(town: People, page: Page, who: tuple[str, str]) -> None:
    page.get_by_role("button", name=re.compile("Dịch vụ công quốc gia", re.I)).click()
    town.give_password(page, who)
    town.give_otp(page)


def test_registering_leads_through_the_sign_in_into_the_draft(town: People) -> None:
    page = town.somebody()
    page.goto("/procedures/2.000635")
    page.get_by_role("button", name="Đăng ký").click()
    expect(page.get_by_text("đưa thẳng trở lại việc đang làm")).to_be_visible()
    through_the_provider(town, page, AN)
    expect(page).to_have_url(re.compile(r"/dossiers/\w+/draft/applicant$"))
    draft = page.url
    page.goto("/procedures/2.000635")
    page.get_by_role("button", name="Đăng ký").click()
    page.get_by_role("main").get_by_role("link", name="Tiếp tục").click()
    expect(page).to_have_url(draft)


def test_what_was_typed_when_the_session_ended_comes_back_in_the_same_window(town: People) -> None:
    page = town.citizen(BINH)
    filing.begin(page, "trich luc ho tich", "Cấp bản sao Trích lục hộ tịch")
    filing.go_on(page)
    page.locator("#full_name").fill("TRẦN THỊ BÌNH")
    page.locator("#address").fill("Thôn Mẫu 3")
    page.context.clear_cookies(name="motcua_citizen")
    filing.go_on(page)
    expect(page.get_by_role("heading", name="Phiên làm việc đã hết")).to_be_visible()
    page.get_by_role("link", name="Đăng nhập và tiếp tục").click()
    through_the_provider(town, page, BINH)
    expect(page.locator("#full_name")).to_have_value("TRẦN THỊ BÌNH")
    expect(page.locator("#address")).to_have_value("Thôn Mẫu 3")
    expect(page.get_by_role("alert")).to_contain_text("chưa được gửi")
    filing.owner_is_binh(page)
    filing.go_on(page)
    expect(page).to_have_url(re.compile("/draft/declaration$"))
    assert len(page.context.pages) == 1


def faults(page: Page, address: str) -> list[tuple[str, Any]]:
    page.goto(address)
    found = page.evaluate(RINGS)
    assert len(found) > 8, address
    return [(address, one) for one in found if one["on"] and (one["style"] == "none" or one["width"] < 2)]


def test_the_keyboard_is_seen_on_every_control(town: People) -> None:
    citizen, clerk = town.citizen(AN), town.official("tiepnhan")
    filing.begin(citizen, "ho kinh doanh", "Đăng ký thành lập hộ kinh doanh")
    step = citizen.url.removesuffix("/applicant")
    walks = {
        citizen: ("/", "/procedures/2.000635", "/track", *(f"{step}/{name}" for name in ("owner", "papers", "review"))),
        clerk: ("/desk", "/desk/find", "/desk/counter/1.001612"),
    }
    for colours in ("none", "active"):
        for page, addresses in walks.items():
            page.emulate_media(forced_colors=colours)
            assert [fault for address in addresses for fault in faults(page, address)] == []


def test_the_ring_stands_out_from_the_dark_head(town: People) -> None:
    page = town.somebody(reduced_motion="reduce")
    page.goto("/")
    rings = {one["what"]: (one["ring"], one["halo"]) for one in page.evaluate(RINGS)}
    sign_in = next(look for what, look in rings.items() if "btn-sign-in" in what)
    assert sign_in[0] == "rgb(255, 255, 255)"
    assert "rgb(8, 58, 102)" in sign_in[1]
    page.goto("/procedures/2.000635")
    red = next(one for one in page.evaluate(RINGS) if "btn-accent" in one["what"])
    assert (red["ring"], "rgb(255, 255, 255)" in red["halo"]) == ("rgb(11, 79, 138)", True)


def test_files_and_pages_come_compressed(town: People) -> None:
    page = town.somebody()
    answers: dict[str, str | None] = {}
    page.on("response", lambda answer: answers.update({answer.url: answer.headers.get("content-encoding")}))
    page.goto("/procedures/2.000635", wait_until="networkidle")
    kinds = {url.rpartition(".")[2]: encoding for url, encoding in answers.items()}
    small = [kinds["css"], kinds["js"]]
    assert small in (["br", "br"], ["gzip", "gzip"]), "browsers ask for Brotli over TLS and at their own machine only"
    assert answers[page.url] == "gzip"
