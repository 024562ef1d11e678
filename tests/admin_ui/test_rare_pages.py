"""Pages and parts of pages that a usual day does not show: each is opened once, and says what it should."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from factories.new_version import CODE, plan, publish_second, work_off
from factories.web_house import Browser, WebHouse
from lxml import html

NEVER = threading.Event()


@pytest.fixture(scope="module")
def town(build_house: Callable[..., WebHouse]) -> WebHouse:
    """An office whose procedure got a second version; one of its three dossiers could not be moved to it."""
    house = build_house()
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    ids = [house.life.sent(citizen) for _ in range(3)]
    house.life.complete(ids[2], "check_dossier", {"decision": "accept"})
    publish_second(house.life)
    return house


def read(browser: Browser, address: str, status: int = 200) -> str:
    """The words of a page, as they are read: one space between them."""
    answer = browser.get(address)
    assert answer.status_code == status, address
    return " ".join(html.fromstring(answer.text).text_content().split())


def test_versions_are_listed_with_those_who_stayed_behind(town: WebHouse) -> None:
    admin = town.browser(town.life.officials["admin"])
    before = read(admin, "/system/migrations")
    assert "Chưa có đợt chuyển nào." in before
    assert "Thử chuyển 3 hồ sơ ở phiên bản cũ" in before
    run = f"/system/migrations/{plan(town.life)}"
    work_off(town.life, NEVER)
    after = read(admin, "/system/migrations")
    assert f"{CODE} → 2 Đã xong · 3/3 Cán bộ admin" in after
    assert "Thử chuyển 1 hồ sơ ở phiên bản cũ" in after
    page = read(admin, run)
    assert "Ở lại phiên bản cũ, theo lý do 1 · Bước «Tra cứu, dự thảo trích lục» không còn trong sơ đồ mới." in page
    assert "Ví dụ: 000.00.00.H56-" in page
    assert "Tất cả" in read(admin, f"{run}?state=refused")


def test_a_process_is_looked_for_by_code(town: WebHouse) -> None:
    admin = town.browser(town.life.officials["admin"])
    dossier_id = town.life.sent(town.somebody("Phạm Thị Dung", "038203000321", "+84933444555"))
    code = str(town.life.dossier(dossier_id)["code"])
    seen = {text: admin.post("/system/instances", {"q": text}).location for text in ("H56", code, "khongco")}
    assert read(admin, seen["H56"]).count(f"{CODE} đang chạy") >= 4
    assert code in read(admin, admin.get(seen[code]).headers["Location"])
    assert "Không có hồ sơ nào khớp với “khongco” trong phạm vi của bạn." in read(admin, seen["khongco"])
    assert "Danh sách này đang trống." in read(admin, "/system/jobs?which=unknown")


def test_a_procedure_nobody_knows_is_not_found_at_the_counter(town: WebHouse) -> None:
    clerk = town.browser(town.life.officials["reception"])
    assert "Không tìm thấy thủ tục nào cho “khongcogi”." in read(clerk, "/desk/counter?q=khongcogi")


def test_a_later_page_of_the_queue_leads_back_to_the_first(town: WebHouse) -> None:
    clerk = town.browser(town.life.officials["reception"])
    assert "Về trang đầu" in read(clerk, "/desk?which=unit&cursor=abc")
    assert "Về trang đầu" not in read(clerk, "/desk?which=unit")


def test_a_long_list_has_pages(town: WebHouse) -> None:
    citizen = town.somebody("Trần Thị Bình", "038203000456", "+84987654321")
    browser = town.browser(citizen)
    assert "Chưa có thông báo nào." in read(browser, "/notices")
    assert "Bạn chưa có hồ sơ nào." in read(browser, "/dossiers")
    for _ in range(21):
        town.life.draft(citizen)
    first, last = read(browser, "/dossiers"), read(browser, "/dossiers?page=2")
    assert "Trang 1 / 2 Trang sau" in first
    assert "Trang trước" not in first
    assert "Trang trước Trang 2 / 2" in last


def test_money_taken_at_the_counter_is_told_with_its_receipt(town: WebHouse) -> None:
    citizen = town.somebody("Lê Văn Cường", "038203000789", "+84911222333")
    dossier_id = town.life.sent(citizen)
    clerk, owner = town.browser(town.life.officials["reception"]), town.browser(citizen)
    assert "Nộp tiền tại bộ phận Một cửa" in read(owner, f"/dossiers/{dossier_id}")
    assert clerk.post(f"/desk/dossiers/{dossier_id}/fee", {"method": "cash"}).status_code == 303
    assert "Đã nộp 46.000 đồng, biên lai số" in read(clerk, f"/desk/dossiers/{dossier_id}")
    paid = read(owner, f"/dossiers/{dossier_id}")
    assert "Đã nộp 46.000 đồng, biên lai số" in paid
    assert "Nộp tiền tại bộ phận Một cửa" not in paid
    assert "Nộp tiền tại bộ phận Một cửa" not in read(owner, f"/dossiers/{dossier_id}/receipt")


@pytest.mark.parametrize(("language", "kind"), [("vi", "Trang chủ Hướng dẫn"), ("en", "Home Guides")])
def test_the_guide_is_drawn_with_its_pictures(town: WebHouse, language: str, kind: str) -> None:
    browser = town.browser().speak(language)
    address = "/guides/huong-dan-nop-ho-so-truc-tuyen"
    page = html.fromstring(browser.get(address).text)
    pictures = page.xpath("//div[@class='article-body']//img")
    assert len(pictures) == 6
    assert all(picture.get("src").startswith("data:image/svg+xml;base64,") for picture in pictures)
    assert all(picture.get("alt") and picture.get("class") == "img-fluid" for picture in pictures)
    assert kind in read(browser, address)
