"""What officials fill in, step by step."""

from __future__ import annotations

import re

from e2e.people import People, look_for, work
from playwright.sync_api import Page, expect


def accept(page: Page) -> None:
    page.locator("#decision-accept").check()


def ask_for_authorisation(page: Page) -> None:
    page.locator("#decision-supplement").check()
    page.locator("#reason").fill("Văn bản ủy quyền thiếu chữ ký của người ủy quyền. Hãy chụp lại cả hai mặt.")
    page.locator("#missing_papers-authorisation").check()


def found_in_register(page: Page) -> None:
    page.locator("#finding-found").check()
    page.locator("#extract_type").select_option("birth")
    page.locator("#extract_name").fill("TRẦN THỊ BÌNH")
    page.locator("#extract_birth_on").fill("02/09/2003")
    page.locator("#extract_event").fill("Khai sinh: con ông Trần Văn Mẫu và bà Lê Thị Mẫu")
    page.locator("#extract_registered_at").fill("UBND xã Hoằng Hóa")
    page.locator("#extract_registered_on").fill("10/09/2003")
    page.locator("#extract_registration_number").fill("123/2003")


def sign(page: Page) -> None:
    page.locator("#decision-sign").check()


def issue(page: Page) -> None:
    page.locator("#result_number").fill("45/TLKS-BS")
    page.locator("#sealed").check()


def grant(page: Page) -> None:
    page.locator("#finding-grant").check()
    page.locator("#certificate_name").fill("Hộ kinh doanh Nguyễn Văn An")
    page.locator("#certificate_address").fill("Số 12 đường Mẫu, phường Hạc Thành, tỉnh Thanh Hóa")
    page.locator("#certificate_lines").fill("Bán lẻ lương thực, thực phẩm (4711)")
    page.locator("#certificate_capital_vnd").fill("50000000")
    page.locator("#certificate_owner").fill("NGUYỄN VĂN AN")
    page.locator("#certificate_code").fill("26H8001234")


def approve(page: Page) -> None:
    page.locator("#head_decision-agree").check()


def hand_over(page: Page) -> None:
    page.locator("#handed_to").fill("NGUYỄN VĂN AN")
    page.locator("#identity_checked").check()


def fee_taken(page: Page) -> None:
    page.locator("#fee_method-cash").check()
    page.locator("#fee_collected").check()


def sign_and_issue(people: People, code: str) -> None:
    work(people.official("nguoiky"), code, sign)
    work(people.official("vanthu"), code, issue)


def take_fee(people: People, code: str) -> None:
    """Somebody pays at the counter: the amount is shown in words before the receipt is written."""
    page = people.official("tiepnhan")
    page.goto("/desk/find")
    look_for(page, code)
    page.get_by_role("link", name=code).first.click()
    page.get_by_role("link", name=re.compile("^Thu ")).click()
    expect(page.get_by_text("nghìn đồng").first).to_be_visible()
    page.get_by_role("button", name=re.compile("cấp biên lai")).click()
    expect(page.get_by_text("Đã thu phí, biên lai số").first).to_be_visible()


def parcel_arrives(people: People, code: str) -> None:
    """At the post's own board: the letter with this dossier's result is handed over, and the portal is told."""
    board = people.somebody()
    parcel = board.locator("li").filter(has_text=code)
    for _try in range(120):
        board.goto(people.office.sandbox("post", "/board"))
        if parcel.count():
            break
        board.wait_for_timeout(500)
    parcel.locator("button[name=status][value='3']").click()
    expect(parcel).to_contain_text("http 2")


def see_status(page: Page, label: str) -> None:
    """The dossier's page says so, within the worker's rhythm."""
    for _try in range(120):
        if page.locator(".dossier-head .status").inner_text().strip() == label:
            return
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator(".dossier-head .status")).to_have_text(re.compile(re.escape(label)))
