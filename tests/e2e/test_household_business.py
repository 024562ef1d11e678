"""1.001612 in October 2022: online without a fee, at the counter with the sample tariff."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from e2e import desk
from e2e.filing import begin, business_declaration, go_on, open_dossier, send
from e2e.people import People, work
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

OCTOBER = datetime(2022, 10, 5, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def in_october(people: People) -> Iterator[People]:
    people.office.travel_to(OCTOBER)
    yield people
    people.office.clock.write_text("0")


def test_online_is_free_and_says_why(in_october: People) -> None:
    citizen = in_october.citizen()
    begin(citizen, "ho kinh doanh", "Đăng ký thành lập hộ kinh doanh")
    go_on(citizen)
    citizen.get_by_role("button", name="Lấy thông tin từ người nộp").click()
    go_on(citizen)
    business_declaration(citizen)
    go_on(citizen)
    go_on(citizen)
    citizen.locator("#method-online").check()
    go_on(citizen)
    expect(citizen.locator(".fee-table .total")).to_have_text("0 đồng")
    expect(citizen.locator(".why")).to_contain_text("289/2022/NQ-HĐND")
    code = send(citizen)
    work(in_october.official("tiepnhan"), code, desk.accept)
    work(in_october.official("thuly"), code, desk.grant)
    work(in_october.official("lanhdaophong"), code, desk.approve)
    desk.sign_and_issue(in_october, code)
    open_dossier(citizen, code)
    desk.see_status(citizen, "Đã trả kết quả")


def test_at_the_counter(in_october: People) -> None:
    clerk = in_october.official("tiepnhan")
    clerk.goto("/desk/counter/1.001612")
    for name, value in {
        "full_name": "NGUYỄN VĂN AN",
        "national_id": "038203000123",
        "birth_on": "14/02/2003",
        "phone": "0912345601",
        "address": "Số 12 đường Mẫu, phường Hạc Thành, tỉnh Thanh Hóa",
    }.items():
        clerk.locator(f"[name='applicant.{name}']").fill(value)
    for name, value in {
        "business_name": "Hộ kinh doanh Nguyễn Văn An",
        "business_address": "Số 12 đường Mẫu, phường Hạc Thành",
        "business_lines": "Bán lẻ lương thực (4711)",
        "capital_vnd": "50000000",
        "workers": "2",
        "starts_on": "01/11/2022",
    }.items():
        clerk.locator(f"[name='form.{name}']").fill(value)
    clerk.locator("[name='form.founded_by'][value=individual]").check()
    clerk.locator("[name='form.tax_address_same'][value=yes]").check()
    clerk.locator("[name='form.pledge']").check()
    clerk.locator("[name='delivery.method'][value=counter]").check()
    clerk.get_by_role("button", name="Lập hồ sơ").click()
    code = clerk.locator("p.eyebrow .code").inner_text().strip()
    expect(clerk.get_by_text("số liệu mẫu").first).to_be_visible()
    work(in_october.official("tiepnhan"), code, desk.accept)
    work(in_october.official("tiepnhan"), code, desk.fee_taken)
    work(in_october.official("thuly"), code, desk.grant)
    work(in_october.official("lanhdaophong"), code, desk.approve)
    desk.sign_and_issue(in_october, code)
    work(in_october.official("traketqua"), code, desk.hand_over)
    clerk.reload()
    expect(clerk.locator(".status").first).to_have_text("Đã trả kết quả")
