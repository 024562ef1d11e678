"""People at their browsers: citizens, officials. Each has cookies of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from e2e.installation import Installation
from playwright.sync_api import Browser, BrowserContext, Page, expect

AN = ("038203000123", "An@203Mau")
BINH = ("038303000123", "Binh@303Mau")
STAFF_PASSWORD = "Motcua@2026"  # the sample password of the practice seed

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" + (
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class People:
    """Opens a browser for each person and closes them all at the end of the day."""

    def __init__(self, browser: Browser, office: Installation, folder: Path) -> None:
        self.browser, self.office, self.folder = browser, office, folder
        self._contexts: list[BrowserContext] = []

    def somebody(self, **how: Any) -> Page:
        context = self.browser.new_context(base_url=self.office.url, locale="vi-VN", **how)
        context.set_default_timeout(40_000)
        self._contexts.append(context)
        return context.new_page()

    def citizen(self, who: tuple[str, str] = AN, **how: Any) -> Page:
        page = self.somebody(**how)
        self.sign_in(page, who)
        return page

    def sign_in(self, page: Page, who: tuple[str, str] = AN) -> None:
        page.goto("/")
        page.get_by_role("link", name="Đăng nhập").first.click()
        page.get_by_role("button", name=re.compile("Dịch vụ công quốc gia", re.I)).click()
        self.give_password(page, who)
        self.give_otp(page)
        expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()

    def give_password(self, page: Page, who: tuple[str, str]) -> None:
        page.get_by_label("Số CMT/CCCD").fill(who[0])
        page.get_by_label("Mật khẩu", exact=True).fill(who[1])
        page.get_by_role("button", name="Đăng nhập").click()

    def give_otp(self, page: Page, code: str | None = None) -> None:
        page.get_by_label(re.compile("Mã xác nhận|OTP")).fill(code or self.otp())
        page.get_by_role("button", name="XÁC NHẬN").click()

    def otp(self) -> str:
        """The newest code in the SMS sandbox's inbox."""
        for message in self.inbox():
            found = re.search(r"(?<!\d)(\d{6})(?!\d)", message)
            if found:
                return found.group(1)
        raise AssertionError("no code arrived")

    def inbox(self) -> list[str]:
        answer = self._contexts[0].request.get(self.office.sandbox("sms", "/inbox.json"))
        body = answer.json()
        messages = body["messages"] if isinstance(body, dict) else body
        return [str(message["text"]) for message in messages]

    def official(self, username: str, **how: Any) -> Page:
        page = self.somebody(**how)
        page.goto("/desk/sign-in")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(STAFF_PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
        return page

    def paper(self, name: str = "uy-quyen.pdf", content: bytes = PDF) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def go_home(self) -> None:
        for context in self._contexts:
            context.close()


def look_for(page: Page, words: str) -> None:
    """The search of the page one is on: what is looked for is sent as a form."""
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("main").get_by_role("button", name="Tìm", exact=True).click()
    expect(page.get_by_role("searchbox")).to_have_value(words)


def work(page: Page, code: str, fill: Callable[[Page], None]) -> None:
    """An official finds the dossier in the unit's queue, takes the task, fills it in, completes it."""
    page.goto("/desk?which=unit")
    look_for(page, code)
    page.get_by_role("link", name=code).first.click()
    expect(page).to_have_url(re.compile("/desk/tasks/"))  # a click does not wait for the page it leads to
    take = page.get_by_role("button", name="Nhận việc")
    if take.count():
        take.click()
    fill(page)
    page.get_by_role("button", name="Hoàn thành bước").click()
    expect(page.get_by_role("status").filter(has_text=code)).to_be_visible()
