"""What goes wrong in real life: a clear sentence, nothing lost, nothing twice."""

from __future__ import annotations

import re

import pytest
from e2e import desk
from e2e.filing import (
    begin,
    by_post,
    extract_declaration,
    file_extract,
    go_on,
    open_dossier,
    owner_is_binh,
    send,
    upload,
)
from e2e.people import AN, BINH, People, look_for, work
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]


def at_otp(people: People) -> Page:
    page = people.somebody()
    page.goto("/sign-in")
    page.get_by_role("button", name=re.compile("Dịch vụ công quốc gia", re.I)).click()
    people.give_password(page, BINH)
    return page


def at_papers(people: People) -> Page:
    page = people.citizen()
    begin(page, "trich luc ho tich", "Cấp bản sao Trích lục hộ tịch")
    go_on(page)
    owner_is_binh(page)
    go_on(page)
    extract_declaration(page)
    go_on(page)
    return page


def at_review(people: People) -> Page:
    page = at_papers(people)
    upload(page, "authorisation", people.paper())
    go_on(page)
    by_post(page)
    go_on(page)
    return page


def test_wrong_then_expired_then_right_code(people: People) -> None:
    page = at_otp(people)
    right = people.otp()
    people.give_otp(page, "000000" if right != "000000" else "111111")
    expect(page.get_by_role("alert")).to_contain_text("Mã không đúng")
    people.office.travel(6 * 60)
    people.give_otp(page, right)
    expect(page.get_by_role("alert")).to_contain_text("hết hạn")
    page.get_by_role("button", name="Gửi lại mã").click()
    people.give_otp(page)
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()


def test_signing_out_ends_the_providers_session_too(people: People) -> None:
    page = people.citizen()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_text("Bạn đã đăng xuất.")).to_be_visible()
    assert page.url.startswith(people.office.url)
    (at_provider,) = [url for url in asked if url.startswith(people.office.sandbox("identity", "/end_session"))]
    assert "post_logout_redirect_uri=" in at_provider
    assert "id_token_hint=ey" in at_provider, "the provider knows whose session ends, and does not ask"
    assert not [one for one in page.context.cookies() if one["name"].endswith("motcua_sign_out")]


def test_a_replayed_callback_signs_nobody_in(people: People) -> None:
    page = people.somebody()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if "/callback?" in request.url else None)
    people.sign_in(page, AN)
    stranger = people.somebody()
    stranger.goto(seen[0])
    expect(stranger.get_by_role("alert")).to_be_visible()
    expect(stranger.get_by_role("button", name="Đăng xuất")).to_have_count(0)
    page.goto("/")
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto(seen[0])
    expect(page.get_by_role("alert")).to_be_visible()


def test_wrong_kind_and_too_large_files(people: People) -> None:
    page = at_papers(people)
    box = page.locator("#slot-authorisation")
    box.locator("input[type=file]").set_input_files(people.paper("anh.pdf", b"MZ\x90\x00 this is a program" * 50))
    box.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("alert")).to_contain_text("Văn bản ủy quyền")
    box.locator("input[type=file]").set_input_files(people.paper("to.pdf", b"%PDF-1.4\n" + b"0" * 30_000_000))
    box.get_by_role("button", name="Tải lên").click()
    expect(page.get_by_role("alert")).to_contain_text("10 MB")
    upload(page, "authorisation", people.paper())


def test_double_click_sends_once(people: People) -> None:
    page = at_review(people)
    page.locator("#confirmed").check()
    forms = page.evaluate("Array.from(document.forms).findIndex(f => f.action.endsWith('/submit'))")
    twice = """async (n) => { const f = document.forms[n]; const body = () => new URLSearchParams(new FormData(f));
        const send = () => fetch(f.action, {method: 'POST', body: body()});
        return (await Promise.all([send(), send(), send()])).map(r => r.url); }"""
    urls = page.evaluate(twice, forms)
    assert all(url.endswith("/receipt") for url in urls), urls
    page.goto(urls[0])
    code = page.locator("h1 .code").inner_text()
    page.goto("/dossiers")
    look_for(page, code)
    expect(page.locator(".dossier-card")).to_have_count(1)


def test_a_lost_connection_loses_nothing(people: People) -> None:
    page = people.citizen()
    begin(page, "trich luc ho tich", "Cấp bản sao Trích lục hộ tịch")
    go_on(page)
    page.context.set_offline(True)
    page.locator("#full_name").fill("TRẦN THỊ BÌNH")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Mất kết nối")
    page.context.set_offline(False)
    expect(page.locator("[data-autosave-state]")).to_contain_text("Đã lưu", timeout=20_000)
    other = people.citizen()
    other.goto(page.url)
    expect(other.locator("#full_name")).to_have_value("TRẦN THỊ BÌNH")


def test_two_officials_take_one_task(people: People) -> None:
    code = file_extract(people.citizen(), people.paper())
    first, second = people.official("tiepnhan"), people.official("tiepnhan2")
    for page in (first, second):
        page.goto("/desk?which=unit")
        look_for(page, code)
        page.get_by_role("link", name=code).first.click()
    first.get_by_role("button", name="Nhận việc").click()
    second.get_by_role("button", name="Nhận việc").click()
    expect(second.get_by_role("main")).to_contain_text("đã nhận công việc này")


@pytest.mark.timeout(1200)  # eight starts of a whole installation
def test_the_plug_is_pulled_between_all_steps(people: People) -> None:
    """kill -9 of every process after each step: the dossier goes on where it was."""
    page = at_review(people)
    people.office.restart()
    page.reload()
    code = send(page)
    people.office.restart()
    for user, fill in (("tiepnhan", desk.accept), ("thuly", desk.found_in_register)):
        work(people.official(user), code, fill)
        people.office.restart()
    open_dossier(page, code)
    page.get_by_role("link", name="Kiểm tra dự thảo").click()
    page.locator("#answer-agree").check()
    page.get_by_role("button", name="Gửi ý kiến").click()
    people.office.restart()
    work(people.official("nguoiky"), code, desk.sign)
    people.office.restart()
    work(people.official("vanthu"), code, desk.issue)
    people.office.restart()
    desk.take_fee(people, code)
    people.office.restart()
    desk.parcel_arrives(people, code)
    people.office.restart()
    open_dossier(page, code)
    desk.see_status(page, "Đã trả kết quả")
