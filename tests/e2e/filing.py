"""What a citizen does in the wizard, step by step, as the pages ask it."""

from __future__ import annotations

import re
from pathlib import Path

from e2e.people import BINH, look_for
from playwright.sync_api import Page, expect


def begin(page: Page, words: str, name: str) -> None:
    """Find a procedure by words without accents and press "Đăng ký"."""
    page.goto("/procedures")
    page.get_by_label("Tên hoặc mã thủ tục").fill(words)
    page.get_by_role("main").get_by_role("button", name="Tìm").click()
    page.get_by_role("main").get_by_role("link", name=name).click()
    page.get_by_role("button", name="Đăng ký").click()
    page.wait_for_url(re.compile("/apply$|/draft/applicant$"))
    if page.url.endswith("/apply"):  # a draft of an earlier day is offered first
        page.get_by_role("button", name="Lập hồ sơ mới").click()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Tiếp tục").click()


def owner_is_binh(page: Page) -> None:
    page.locator("#full_name").fill("TRẦN THỊ BÌNH")
    page.locator("#national_id").fill(BINH[0])
    page.locator("#birth_on").fill("02/09/2003")
    page.locator("#phone").fill("0912345602")
    page.locator("#address").fill("Thôn Mẫu 3, xã Hoằng Hóa, tỉnh Thanh Hóa")


def extract_declaration(page: Page, copies: int = 1) -> None:
    page.locator("#extract_type").select_option("birth")
    page.locator("#copies").fill(str(copies))
    page.locator("#relation-sibling").check()
    page.locator("#subject_name").fill("TRẦN THỊ BÌNH")
    page.locator("#subject_birth_on").fill("02/09/2003")
    page.locator("#registered_at").fill("UBND xã Hoằng Hóa")
    page.locator("#pledge").check()


def business_declaration(page: Page) -> None:
    page.locator("#business_name").fill("Hộ kinh doanh Nguyễn Văn An")
    page.locator("#business_address").fill("Số 12 đường Mẫu, phường Hạc Thành, tỉnh Thanh Hóa")
    page.locator("#business_lines").fill("Bán lẻ lương thực, thực phẩm (4711)")
    page.locator("#capital_vnd").fill("50000000")
    page.locator("#workers").fill("2")
    page.locator("#starts_on").fill("01/11/2022")
    page.locator("#founded_by-individual").check()
    page.locator("#tax_address_same-yes").check()
    page.locator("#pledge").check()


def upload(page: Page, slot: str, path: Path) -> None:
    box = page.locator(f"#slot-{slot}")
    box.locator("input[type=file]").set_input_files(path)
    box.get_by_role("button", name="Tải lên").click()
    expect(page.locator(f"#slot-{slot}").get_by_role("link", name=path.name)).to_be_visible()


def by_post(page: Page) -> None:
    page.locator("#method-post").check()
    page.locator("#receiver_name").fill("TRẦN THỊ BÌNH")
    page.locator("#receiver_phone").fill("0912345602")
    page.locator("#receiver_address").fill("Thôn Mẫu 3, xã Hoằng Hóa, tỉnh Thanh Hóa")


def send(page: Page) -> str:
    """Pledge and send; answers the dossier code."""
    page.locator("#confirmed").check()
    page.get_by_role("button", name="Gửi hồ sơ").click()
    expect(page.get_by_text("Đã gửi hồ sơ")).to_be_visible()
    return page.locator("h1 .code").inner_text().strip()


def file_extract(page: Page, paper: Path) -> str:
    """2.000635 for somebody else, with the letter of authorisation, by post."""
    begin(page, "trich luc ho tich", "Cấp bản sao Trích lục hộ tịch")
    go_on(page)
    owner_is_binh(page)
    go_on(page)
    extract_declaration(page)
    go_on(page)
    upload(page, "authorisation", paper)
    go_on(page)
    by_post(page)
    go_on(page)
    expect(page.get_by_text("8.000 đồng").first).to_be_visible()
    return send(page)


def open_dossier(page: Page, code: str) -> None:
    page.goto("/dossiers")
    look_for(page, code)
    page.get_by_role("main").get_by_role("link", name="Cấp bản sao").or_(
        page.get_by_role("main").get_by_role("link", name="Đăng ký")
    ).first.click()
