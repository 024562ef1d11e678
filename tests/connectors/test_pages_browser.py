"""The sandbox pages in a real browser without JavaScript: the whole sign-in, 360 px, axe finds nothing."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from connectors.kit import Surroundings
from connectors.port import Call
from connectors.registry import build_registry
from connectors.sandboxes import start_all
from engine.settings_reader import Reader

pytestmark = pytest.mark.browser
VERIFIER = "v" * 64
AXE_SEVERE = 0


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def portal() -> Iterator[str]:
    """Where the callback ends: shows its own query."""

    def page(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
        return [f"CALLBACK {environ['QUERY_STRING']}".encode()]

    server = make_server("127.0.0.1", 0, page, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/auth/callback"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=[360, 1200])
def page(request, chromium) -> Iterator[Page]:
    # Bypassing the policy lets axe run; the pages themselves carry no script (another test says so).
    context = chromium.new_context(
        viewport={"width": request.param, "height": 740}, java_script_enabled=True, bypass_csp=True
    )
    yield context.new_page()
    context.close()


def look(page: Page, name: str) -> None:
    """Nothing sticks out at this width, every rule of axe holds; a picture where one is wished for."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
    results = Axe().run(page)
    assert results.violations_count == AXE_SEVERE, f"{name}: {results.generate_report()}"
    folder = os.environ.get("MOTCUA_TEST_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


@pytest.fixture
def stage(sandbox_config, tmp_path, portal):
    with start_all(sandbox_config) as running:
        around = Surroundings(running.config.clock)
        yield running, build_registry(Reader({}), around, f"file://{tmp_path}/files", running.config), portal


def begin(page: Page, stage, name: str) -> None:
    _, registry, portal = stage
    page.goto(
        registry.identity(name).authorization_url(state="s-1", nonce="n-1", code_verifier=VERIFIER, redirect_uri=portal)
    )


def test_sign_in_with_account_and_code(page, stage):
    _, _, portal = stage
    begin(page, stage, "dvcqg")
    look(page, "login")
    for tab in ("Mã số thuế/Doanh nghiệp", "SIM", "USB token"):
        page.get_by_role("link", name=tab).click()
        look(page, f"tab-{tab[:3]}")
    page.get_by_role("link", name="CMT/CCCD", exact=True).click()
    page.get_by_text("Gợi ý cho người phát triển").click()
    look(page, "login-hints")
    page.get_by_label("Số CMT/CCCD").fill("038203000123")
    page.get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("button", name="Đăng nhập").click()
    look(page, "login-wrong")
    page.get_by_role("link", name="English").click()
    look(page, "login-english")
    page.get_by_role("link", name="Tiếng Việt").click()
    page.get_by_label("Số CMT/CCCD").fill("038203000123")
    page.get_by_label("Mật khẩu").fill("An@203Mau")
    page.get_by_role("button", name="Đăng nhập").click()
    look(page, "otp")
    page.get_by_label("Mã xác nhận").fill("12")
    page.get_by_role("button", name="XÁC NHẬN").click()
    look(page, "otp-wrong")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="đọc tin nhắn trong hộp thư").click()
    inbox = opened.value
    inbox.wait_for_load_state()
    look(inbox, "inbox")
    code = "".join(sign for sign in inbox.locator("p.text").first.inner_text() if sign.isdigit())[:6]
    page.get_by_label("Mã xác nhận").fill(code)
    page.get_by_role("button", name="XÁC NHẬN").click()
    page.wait_for_url(f"{portal}*")
    assert "state=s-1" in page.content()


def test_forgotten_password_pages(page, stage):
    begin(page, stage, "dvcqg")
    page.get_by_role("link", name="Quên mật khẩu").click()
    look(page, "forgot")
    page.get_by_label("Số CMT/CCCD hoặc mã số thuế").fill("038203000123")
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    look(page, "reset")
    page.get_by_label("Mã xác nhận").fill("000000")
    for label in ("Mật khẩu mới", "Nhập lại mật khẩu mới"):
        page.get_by_label(label, exact=True).fill("ngắn")
    page.get_by_role("button", name="XÁC NHẬN").click()
    look(page, "reset-short")


def test_vneid_with_the_phone(page, stage):
    _, _, portal = stage
    begin(page, stage, "vneid")
    look(page, "vneid-wait")
    page.get_by_role("button", name="Tôi đã xác nhận trên điện thoại").click()
    look(page, "vneid-early")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Mở điện thoại mô phỏng").click()
    phone = opened.value
    phone.wait_for_load_state()
    look(phone, "vneid-phone")
    phone.get_by_label("TRẦN THỊ BÌNH").check()
    phone.get_by_label("Mã 6 số của ứng dụng").fill("120302")
    phone.get_by_role("button", name="Xác nhận đăng nhập").click()
    look(phone, "vneid-confirmed")
    page.get_by_role("button", name="Tôi đã xác nhận trên điện thoại").click()
    page.wait_for_url(f"{portal}*")
    assert "encrypt_key=" in page.content()


def test_post_board_and_tools(page, stage):
    running, registry, _ = stage
    order = {"receiver_name": "Nguyễn Văn An", "phone": "0912345601", "address": "Số 12 đường Mẫu, phường Hạc Thành",
             "dossier_code": "000.00.19.H56-261122-0001"}  # fmt: skip
    registry.connector("post.deliver").call(Call("post.deliver", "p-1", order))
    page.goto(running.urls["post"])
    look(page, "post-board")
    page.get_by_role("button", name="Đã phát").click()
    look(page, "post-delivered")
    page.get_by_role("link", name="Sự cố").click()
    look(page, "faults")
    page.get_by_role("button", name="Đặt sự cố").click()
    page.goto(running.urls["identity"])
    look(page, "identity-home")
    page.goto(running.urls["identity"] + "/login/nobody")
    look(page, "gone")


def test_signs_in_with_scripts_switched_off_and_the_policy_on(chromium, stage):
    running, _, portal = stage
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    begin(page, stage, "dvcqg")
    page.get_by_label("Số CMT/CCCD").fill("038203000123")
    page.get_by_label("Mật khẩu").fill("An@203Mau")
    page.get_by_label("Mật khẩu").press("Enter")
    inbox = context.new_page()
    inbox.goto(running.urls["sms"])
    code = "".join(sign for sign in inbox.locator("p.text").first.inner_text() if sign.isdigit())[:6]
    page.get_by_label("Mã xác nhận").fill(code)
    page.get_by_label("Mã xác nhận").press("Enter")
    page.wait_for_url(f"{portal}*")
    context.close()
