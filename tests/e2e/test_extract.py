"""2.000635 from sign-in to result, on both forms of the installation."""

from __future__ import annotations

import re

import pytest
from e2e import desk
from e2e.filing import file_extract, open_dossier, upload
from e2e.people import People, look_for, work
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]


def file_and_supplement(people: People) -> tuple[Page, str]:
    """Filed for another owner; reception asks for a supplement; the citizen answers; reception accepts."""
    citizen = people.citizen()
    code = file_extract(citizen, people.paper())
    assert re.fullmatch(r"000\.00\.00\.H56-\d{6}-\d{4}", code)
    work(people.official("tiepnhan"), code, desk.ask_for_authorisation)
    open_dossier(citizen, code)
    desk.see_status(citizen, "Yêu cầu bổ sung giấy tờ")
    citizen.get_by_role("link", name="Bổ sung hồ sơ").first.click()
    expect(citizen.locator("#slot-authorisation")).to_contain_text("thiếu chữ ký")
    upload(citizen, "authorisation", people.paper("uy-quyen-co-chu-ky.pdf"))
    citizen.get_by_role("button", name="Gửi phần bổ sung").click()
    work(people.official("tiepnhan"), code, desk.accept)
    work(people.official("thuly"), code, desk.found_in_register)
    open_dossier(citizen, code)
    return citizen, code


def test_from_sign_in_to_the_post(people: People) -> None:
    citizen, code = file_and_supplement(people)
    citizen.get_by_text("Vì sao tôi phải trả số tiền này?").click()
    expect(citizen.get_by_text("Hội đồng nhân dân").or_(citizen.get_by_text("HĐND")).first).to_be_visible()
    citizen.get_by_role("link", name="Kiểm tra dự thảo").click()
    expect(citizen.get_by_text("TRẦN THỊ BÌNH").first).to_be_visible()
    citizen.locator("#answer-agree").check()
    citizen.get_by_role("button", name="Gửi ý kiến").click()
    desk.sign_and_issue(people, code)
    open_dossier(citizen, code)
    desk.see_status(citizen, "Đã xử lý xong")
    expect(citizen.get_by_text("kết quả được trả sau khi đã nộp đủ")).to_be_visible()
    expect(citizen.locator("[class^='document-result'] a")).to_have_count(0)
    desk.take_fee(people, code)
    desk.parcel_arrives(people, code)
    desk.see_status(citizen, "Đã trả kết quả")
    expect(citizen.get_by_text("Số vận đơn")).to_be_visible()
    with citizen.expect_download() as result:
        citizen.locator("[class^='document-result'] a").first.click()
    assert result.value.path().read_bytes().startswith(b"%PDF")
    orders = citizen.request.get(people.office.sandbox("post", "/effects")).json()
    assert set(orders["effects"].values()) == {1}, orders


def test_silence_of_one_day_is_agreement(people: People) -> None:
    citizen, code = file_and_supplement(people)
    people.office.travel(24 * 3600 + 60)
    try:
        signer = people.official("nguoiky")
        for _try in range(120):
            signer.goto("/desk?which=unit")
            look_for(signer, code)
            if signer.get_by_role("link", name=code).count():
                break
            signer.wait_for_timeout(500)
        work(signer, code, desk.sign)
        work(people.official("vanthu"), code, desk.issue)
        desk.take_fee(people, code)
        desk.parcel_arrives(people, code)
    finally:
        people.office.travel(-24 * 3600 - 60)
    citizen.reload()
    desk.see_status(citizen, "Đã trả kết quả")
