"""One dossier of each procedure through all its people: each sees what the one before wrote and what will be issued."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from e2e import desk
from e2e.served_house import ServedHouse
from factories.office_life import BUSINESS_FORM, OfficeLife
from factories.pdf_words import pdf_text
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

NOTE = "Đã đối chiếu bản chính giấy ủy quyền; người nộp hẹn đến buổi chiều."
CORRECTION = "Tên đúng là TRẦN THỊ BÌNH AN, sổ đăng ký ghi đủ bốn chữ."
RETURN = "Số đăng ký sai: sổ ghi 321/2003."
REASON = "Sổ hộ tịch không có sự kiện này; căn cứ khoản 2 Điều 64 Luật Hộ tịch."
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


def open_task(town: ServedHouse, dossier_id: str, *seen: str) -> Page:
    """The official whose turn it is opens and takes the task; what was written before stands above the work."""
    official, task_id = town.whose_turn(dossier_id)
    page = town.page_of(official, viewport=DESKTOP)
    page.goto(f"/desk/tasks/{task_id}", wait_until="domcontentloaded")
    take = page.get_by_role("button", name="Nhận việc")
    if take.count():
        take.click()
        page.locator("form[data-autosave]").wait_for()
    for words in seen:
        expect(page.locator(".news-panel")).to_contain_text(words)
    return page


def paper_in(page: Page) -> str:
    """The words of the paper that the page shows beside the work, fetched as its frame fetches it."""
    address = page.locator("iframe.paper-frame").get_attribute("src")
    assert address
    answer = page.request.get(address.partition("#")[0])
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    return " ".join(pdf_text(answer.body()))


def done(town: ServedHouse, page: Page, dossier_id: str, fill: Callable[[Page], Any]) -> None:
    before = town.steps_done(dossier_id)
    fill(page)
    page.get_by_role("button", name="Hoàn thành bước").click()
    page.wait_for_url(lambda address: "/tasks/" not in address, wait_until="domcontentloaded")
    town.house.clock.advance(seconds=20)
    assert town.steps_done(dossier_id) == before + 1


def accept_with_note(page: Page) -> None:
    desk.accept(page)
    page.get_by_label("Ghi chú nội bộ").fill(NOTE)


def refuse(page: Page) -> None:
    page.locator("#finding-refuse").check()
    page.locator("#reason").fill(REASON)


def return_for_correction(page: Page) -> None:
    page.locator("#decision-return").check()
    page.get_by_label("Nội dung cần sửa").fill(RETURN)


def citizen_answers(town: ServedHouse, citizen: Any, dossier_id: str, correction: str = "") -> None:
    """The citizen looks at the draft: no note of the office is on the pages, and answers."""
    page = town.page_of(citizen)
    page.goto(f"/dossiers/{dossier_id}")
    for secret in (NOTE, RETURN):
        expect(page.locator("main")).not_to_contain_text(secret)
    page.get_by_role("link", name="Kiểm tra dự thảo").first.click()
    page.locator("#answer-correct" if correction else "#answer-agree").check()
    if correction:
        page.locator("#note").fill(correction)
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.wait_for_url(lambda address: "confirm" not in address, wait_until="domcontentloaded")
    town.house.clock.advance(seconds=20)


def nothing_is_wrong_with(town: ServedHouse, dossier_id: str) -> None:
    """The task page by desk and telephone: nothing wider than the screen, axe content, readable by keyboard."""
    official, task_id = town.whose_turn(dossier_id)
    for size in (DESKTOP, PHONE):
        page = town.page_of(official, viewport=size)
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a TypedDict of the library
        for address in (f"/desk/tasks/{task_id}", f"/desk/dossiers/{dossier_id}"):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address
            found = Axe().run(page).response["violations"]
            assert not found, [(rule["id"], rule["nodes"][0]["target"]) for rule in found]
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # a TypedDict of the library


def in_frame(page: Page) -> str:
    frame = page.frame(name="paper-frame")
    return frame.url.partition("#")[0] if frame else ""


def beside_the_decision(page: Page) -> None:
    """At a desk the frame stands beside the form, and an attachment opens in it by keyboard, without a script."""
    frame, form = page.locator("iframe.paper-frame").bounding_box(), page.locator("#work").bounding_box()
    assert frame is not None
    assert form is not None
    assert frame["x"] > form["x"] + 300
    page.wait_for_load_state()
    assert page.evaluate("document.activeElement.tagName") != "IFRAME", "the paper leaves the keyboard where it was"
    for words, address in (("Phiếu từ chối", "/preview/refusal.pdf"), ("Giấy ủy quyền.pdf", "/view")):
        page.locator("a[target=paper-frame]", has_text=words).first.press("Enter")
        for _try in range(100):
            if in_frame(page).endswith(address):
                break
            page.wait_for_timeout(100)
        assert in_frame(page).endswith(address)
        assert "/desk/tasks/" in page.url


def test_an_extract_corrected_by_the_citizen_and_returned_by_the_signer(town: ServedHouse) -> None:
    life: OfficeLife = town.house.life
    citizen = life.citizen()
    dossier_id = life.sent(citizen, delivery={"method": "online"})
    done(town, open_task(town, dossier_id), dossier_id, accept_with_note)
    town.draws = True
    officer = open_task(town, dossier_id, NOTE, "Đủ, hợp lệ", "Cán bộ reception")
    beside_the_decision(officer)
    town.draws = False
    done(town, officer, dossier_id, desk.found_in_register)
    citizen_answers(town, citizen, dossier_id, CORRECTION)
    officer = open_task(town, dossier_id, CORRECTION, "Chưa đúng, đề nghị sửa")
    expect(officer.locator("#extract_birth_on")).to_have_value("02/09/2003")

    def mended(page: Page) -> None:
        desk.found_in_register(page)
        page.locator("#extract_name").fill("TRẦN THỊ BÌNH AN")

    done(town, officer, dossier_id, mended)
    citizen_answers(town, citizen, dossier_id)
    signer = open_task(town, dossier_id, "TRẦN THỊ BÌNH AN", "123/2003", "02/09/2003", "Đúng, đề nghị cấp", NOTE)
    for words in ("TRẦN THỊ BÌNH AN", "123/2003", "Số: ………", "Cán bộ approver"):
        assert words in paper_in(signer), words
    nothing_is_wrong_with(town, dossier_id)
    signer = open_task(town, dossier_id)
    done(town, signer, dossier_id, return_for_correction)
    officer = open_task(town, dossier_id, RETURN, "Trả lại để sửa", "Cán bộ approver")
    expect(officer.locator("#history ~ ol, .timeline").last).to_contain_text(RETURN)
    expect(officer.locator("#extract_name")).to_have_value("TRẦN THỊ BÌNH AN")

    def right_number(page: Page) -> None:
        mended(page)
        page.locator("#extract_registration_number").fill("321/2003")

    done(town, officer, dossier_id, right_number)
    citizen_answers(town, citizen, dossier_id)
    signer = open_task(town, dossier_id, "321/2003")
    assert "321/2003" in paper_in(signer)
    done(town, signer, dossier_id, desk.sign)
    clerk = open_task(town, dossier_id, "Ký trích lục", "321/2003")
    desk.issue(clerk)
    with clerk.expect_navigation():
        clerk.get_by_role("button", name="Lưu nháp, xem lại giấy tờ").click()
    assert "45/TLKS-BS" in paper_in(clerk)


def test_an_extract_refused_with_the_head_reading_why(town: ServedHouse) -> None:
    life: OfficeLife = town.house.life
    dossier_id = life.sent(life.citizen())
    life.complete(dossier_id, "check_dossier", {"decision": "accept", "note": NOTE})
    town.house.clock.advance(seconds=20)
    done(town, open_task(town, dossier_id, NOTE), dossier_id, refuse)
    head = open_task(town, dossier_id, "Không đủ điều kiện cấp: từ chối", REASON, NOTE)
    seen = paper_in(head)
    assert "PHIẾU TỪ CHỐI" in seen
    assert "khoản 2 Điều 64" in seen

    def send_back(page: Page) -> None:
        page.locator("#head_decision-return").check()
        page.get_by_label("Nội dung cần xem lại").fill("Tra thêm sổ năm 1961.")

    done(town, head, dossier_id, send_back)
    officer = open_task(town, dossier_id, "Tra thêm sổ năm 1961.", "Cán bộ unit_head")
    done(town, officer, dossier_id, refuse)
    done(town, open_task(town, dossier_id, REASON), dossier_id, desk.approve)
    page = town.page_of(life.officials["reception"], viewport=DESKTOP)
    page.goto(f"/desk/dossiers/{dossier_id}")
    for words in (REASON, "Đồng ý từ chối", "Tra thêm sổ năm 1961."):
        expect(page.locator(".news-panel")).to_contain_text(words)


def test_a_business_granted_and_one_refused_under_three_eyes(town: ServedHouse) -> None:
    life: OfficeLife = town.house.life
    filing = {"code": "1.001612", "form": BUSINESS_FORM, "delivery": {"method": "online"}, "owner": None}
    granted, refused = life.sent(life.citizen(), **filing), life.sent(life.citizen(), **filing)
    for dossier_id, decide, words in ((granted, desk.grant, "50.000.000"), (refused, refuse, REASON)):
        life.complete(dossier_id, "check_dossier", {"decision": "accept", "note": NOTE})
        town.house.clock.advance(seconds=20)
        done(town, open_task(town, dossier_id, NOTE), dossier_id, decide)
        head = open_task(town, dossier_id, words, NOTE)
        assert words.split(";")[0] in " ".join(paper_in(head).split())
        done(town, head, dossier_id, desk.approve)
        signer = open_task(town, dossier_id, "Đồng ý, trình ký", words)
        assert words.split(";")[0] in " ".join(paper_in(signer).split())
        if dossier_id == granted:
            done(town, signer, dossier_id, return_for_correction)
            done(town, open_task(town, dossier_id, RETURN), dossier_id, decide)
            done(town, open_task(town, dossier_id, words), dossier_id, desk.approve)
            signer = open_task(town, dossier_id, words)
        done(town, signer, dossier_id, desk.sign)
        clerk = open_task(town, dossier_id, words)
        assert words.split(";")[0] in " ".join(paper_in(clerk).split())
