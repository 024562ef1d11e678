"""Without scripts, and by keyboard alone: from sign-in to a sent dossier."""

from __future__ import annotations

import re

import pytest
from e2e import desk
from e2e.filing import begin, by_post, extract_declaration, file_extract, go_on, open_dossier, owner_is_binh
from e2e.people import AN, People, work
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]


def test_everything_a_citizen_does_works_without_scripts(people: People) -> None:
    citizen = people.citizen(java_script_enabled=False)
    citizen.goto("/procedures?q=lien minh hop tac xa")
    expect(citizen.locator("h1")).to_be_visible()
    code = file_extract(citizen, people.paper())
    work(people.official("tiepnhan", java_script_enabled=False), code, desk.ask_for_authorisation)
    open_dossier(citizen, code)
    citizen.get_by_role("link", name="Bổ sung hồ sơ").first.click()
    citizen.locator("#note").fill("Tôi đã bổ sung chữ ký; bản cũ vẫn đúng nội dung.")
    slot = citizen.locator("#slot-authorisation")
    slot.locator("input[type=file]").set_input_files(people.paper("moi.pdf"))
    slot.get_by_role("button", name="Tải lên").click()
    citizen.get_by_role("button", name="Gửi phần bổ sung").click()
    expect(citizen.locator(".dossier-head .status")).to_have_text("Mới đăng ký")
    citizen.get_by_role("button", name="English").click()
    expect(citizen.locator("html")).to_have_attribute("lang", "en")
    citizen.get_by_role("button", name="Tiếng Việt").click()
    stranger = people.somebody(java_script_enabled=False)
    stranger.goto("/track")
    stranger.get_by_label("Mã hồ sơ").fill(code)
    stranger.get_by_label("Bốn số cuối điện thoại").fill("5601")
    stranger.get_by_role("main").get_by_role("button", name="Tra cứu").click()
    expect(stranger.get_by_role("status").filter(has_text=code)).to_be_visible()


class Keys:
    """Somebody who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, selector: str) -> None:
        """Press Tab until the field has the focus; a radio group is entered at its first choice."""
        for _press in range(150):
            if self.page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"the keyboard does not reach {selector} on {self.page.url}")

    def write(self, selector: str, words: str) -> None:
        self.to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def press(self, selector: str, key: str = "Enter") -> None:
        self.to(selector)
        self.page.keyboard.press(key)

    def choose(self, selector: str) -> None:
        """Enter the group of choices, then walk it with the arrow."""
        name = self.page.locator(selector).get_attribute("name")
        self.to(f"input[type=radio][name='{name}']")
        for _press in range(20):
            if self.page.evaluate("s => document.querySelector(s).checked", selector):
                return
            on_it = self.page.evaluate("s => document.activeElement.matches(s)", selector)
            self.page.keyboard.press("Space" if on_it else "ArrowDown")
        pytest.fail(f"the arrows do not reach {selector}")

    def go_on(self) -> None:
        url = self.page.url
        self.press("button[value=next]")
        self.page.wait_for_url(lambda address: address != url)


def test_a_dossier_is_filed_by_keyboard(people: People) -> None:
    page = people.somebody()
    keys = Keys(page)
    page.goto("/")
    keys.press("a.btn-sign-in")
    page.wait_for_url(re.compile("/sign-in"))
    keys.press("button.provider")
    page.get_by_label("Số CMT/CCCD").wait_for()
    keys.write("#username", AN[0])
    keys.write("#password", AN[1])
    page.keyboard.press("Enter")
    page.get_by_role("button", name="XÁC NHẬN").wait_for()
    keys.write("input[inputmode=numeric]", people.otp())
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    page.goto("/procedures/2.000635")
    keys.press(".procedure-actions form button")
    page.wait_for_url(re.compile("/apply$|/draft/applicant"))
    if page.url.endswith("/apply"):  # a draft of another test is offered first
        keys.press("form[action$='/apply'] button")
        page.wait_for_url(re.compile("/draft/applicant"))
    keys.go_on()
    for field, words in {
        "#full_name": "TRẦN THỊ BÌNH",
        "#national_id": "038303000123",
        "#birth_on": "02/09/2003",
        "#address": "Thôn Mẫu 3, xã Hoằng Hóa",
    }.items():
        keys.write(field, words)
    keys.go_on()
    keys.to("#extract_type")
    page.keyboard.press("ArrowDown")
    keys.write("#copies", "1")
    keys.choose("#relation-sibling")
    keys.write("#subject_name", "TRẦN THỊ BÌNH")
    keys.write("#subject_birth_on", "02/09/2003")
    keys.write("#registered_at", "UBND xã Hoằng Hóa")
    keys.press("#pledge", "Space")
    keys.go_on()
    page.locator("#slot-authorisation input[type=file]").set_input_files(people.paper())
    keys.press("#slot-authorisation .slot-form button")
    page.locator("#slot-authorisation .file-list a").wait_for()
    page.goto(page.url.replace("papers", "delivery").partition("#")[0])
    keys.choose("#method-counter")
    keys.go_on()
    keys.press("#confirmed", "Space")
    keys.press("form[action$='/submit'] button")
    expect(page.get_by_text("Đã gửi hồ sơ")).to_be_visible()


def test_a_mistake_is_read_first_and_led_to(people: People) -> None:
    page = people.citizen()
    begin(page, "trich luc ho tich", "Cấp bản sao Trích lục hộ tịch")
    go_on(page)
    owner_is_binh(page)
    go_on(page)
    extract_declaration(page)
    page.locator("#subject_birth_on").fill("31/02/2003")
    go_on(page)
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Lỗi:"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#subject_birth_on")).to_be_focused()
    expect(page.locator("#subject_birth_on")).to_have_value("31/02/2003")
    page.locator("#subject_birth_on").fill("02/09/2003")
    go_on(page)
    go_on(page)
    by_post(page)


def test_the_queue_by_keyboard(people: People) -> None:
    citizen = people.citizen()
    for _number in range(2):
        file_extract(citizen, people.paper())
    clerk = people.official("tiepnhan")
    clerk.goto("/desk?which=unit")
    clerk.keyboard.press("/")
    expect(clerk.get_by_role("searchbox")).to_be_focused()
    clerk.locator("h1").click()
    clerk.keyboard.press("j")
    clerk.keyboard.press("j")
    expect(clerk.locator("[data-queue-row]").nth(1).locator("a")).to_be_focused()
    clerk.keyboard.press("Enter")
    clerk.wait_for_url(re.compile("/desk/tasks/"))
