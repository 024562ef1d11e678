"""Both procedures to the ends the other walks do not reach: online after paying, at the counter, by post, withdrawn."""

from __future__ import annotations

import re

import pytest
from e2e import desk
from e2e.served_house import ServedHouse
from factories.answers import APPRAISED
from factories.office_life import BUSINESS_FORM, BY_POST, EXTRACT_FORM, FOUND, OWNER
from factories.pdf_words import pdf_text
from playwright.sync_api import Page, expect
from sqlalchemy import select

from connectors.port import Done
from engine.actions.filing import ConfirmDraft, confirm_draft
from engine.actions.process import FinishConnectorJob, finish_connector_job
from engine.domain.actor import Actor
from engine.domain.vocabulary import JobKind, JobState
from engine.store.schema.work import connector_job

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

NOTE = "Đã đối chiếu sổ gốc; người nộp hẹn lấy buổi chiều."
REASON = "Tôi đã xin được bản sao ở nơi khác."
RECORDED = "Đã trả lại bản chính giấy ủy quyền."
COSTS = ("2.000635",)  # a household business filed online, or fetched at the counter, costs nothing in March 2026
NUMBERS = {"2.000635": "45/TLKS-BS", "1.001612": "26H8001234"}
FILED = {
    "2.000635": {"code": "2.000635", "form": EXTRACT_FORM, "owner": OWNER},
    "1.001612": {"code": "1.001612", "form": BUSINESS_FORM, "owner": None},
}
WORKED = {
    "2.000635": (("search_register", FOUND), ("confirm_draft", {}), ("sign", {"decision": "sign"})),
    "1.001612": (("appraise", APPRAISED), ("review", {"head_decision": "agree"}), ("sign", {"decision": "sign"})),
}
both = pytest.mark.parametrize("code", sorted(FILED))


def accepted(town: ServedHouse, citizen: Actor, code: str, delivery: dict[str, str]) -> str:
    life = town.house.life
    dossier_id = life.sent(citizen, **FILED[code], delivery=delivery)
    life.complete(dossier_id, "check_dossier", {"decision": "accept", "note": NOTE})
    return str(dossier_id)


def issued(town: ServedHouse, citizen: Actor, code: str, delivery: dict[str, str]) -> str:
    """Worked on by all, the records clerk last: the number is given in a browser."""
    life = town.house.life
    dossier_id = accepted(town, citizen, code, delivery)
    for element_id, outputs in WORKED[code]:
        town.house.clock.advance(seconds=20)
        if element_id == "confirm_draft":
            life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
        else:
            life.complete(dossier_id, element_id, outputs)
    page = opened(town, dossier_id)
    page.locator("#result_number").fill(NUMBERS[code])
    page.locator("#sealed").check()
    completed(page)
    return dossier_id


def opened(town: ServedHouse, dossier_id: str) -> Page:
    """The official whose turn it is takes the task."""
    official, task_id = town.whose_turn(dossier_id)
    page = town.page_of(official)
    page.goto(f"/desk/tasks/{task_id}")
    take = page.get_by_role("button", name="Nhận việc")
    if take.count():
        take.click()
    page.locator("form[data-autosave]").wait_for()
    return page


def completed(page: Page) -> None:
    page.get_by_role("button", name="Hoàn thành bước").click()
    page.wait_for_url(lambda address: "/tasks/" not in address)


def paid(town: ServedHouse, dossier_id: str) -> str:
    """The cashier takes what is due; gives the receipt's number."""
    page = town.page_of(town.house.life.officials["reception"])
    page.goto(f"/desk/dossiers/{dossier_id}")
    page.get_by_role("link", name=re.compile("^Thu ")).click()
    page.get_by_role("button", name=re.compile("cấp biên lai")).click()
    told = page.get_by_text("Đã thu phí, biên lai số").first
    expect(told).to_be_visible()
    found = re.search(r"BL-[\w-]+", told.inner_text())
    assert found
    return found.group()


def citizens_page(town: ServedHouse, citizen: Actor, dossier_id: str) -> Page:
    page = town.page_of(citizen)
    page.goto(f"/dossiers/{dossier_id}")
    return page


def result_as_downloaded(page: Page) -> str:
    """The words of the result, fetched by the link the citizen sees."""
    link = page.get_by_role("link", name="Tải kết quả").first
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    return " ".join(pdf_text(answer.body()))


@both
def test_the_result_comes_online_once_it_is_paid(town: ServedHouse, code: str) -> None:
    citizen = town.house.life.citizen()
    dossier_id = issued(town, citizen, code, {"method": "online"})
    page = citizens_page(town, citizen, dossier_id)
    if code in COSTS:
        expect(page.locator("main")).to_contain_text("Kết quả đã có")
        expect(page.locator("main")).to_contain_text("Nộp 16.000 đồng phí, lệ phí")
        expect(page.get_by_role("link", name="Tải kết quả")).to_have_count(0)
        receipt = paid(town, dossier_id)
        page = citizens_page(town, citizen, dossier_id)
        expect(page.locator("main")).to_contain_text(receipt)
    assert NUMBERS[code] in result_as_downloaded(page)
    expect(page.locator("main")).not_to_contain_text(NOTE)


@both
def test_the_result_is_handed_over_at_the_counter_once_it_is_paid(town: ServedHouse, code: str) -> None:
    citizen = town.house.life.citizen()
    dossier_id = issued(town, citizen, code, {"method": "counter"})
    page = opened(town, dossier_id)
    expect(page.locator("main")).to_contain_text(NOTE)
    expect(page.locator("main")).to_contain_text(NUMBERS[code])
    desk.hand_over(page)
    page.locator("#note").fill(NOTE)
    if code in COSTS:
        page.get_by_role("button", name="Hoàn thành bước").click()
        expect(page.get_by_role("alert")).to_contain_text("phí, lệ phí chưa nộp")
        expect(page.locator("#handed_to")).to_have_value("NGUYỄN VĂN AN")
        expect(page.locator("#note")).to_have_value(NOTE)
        expect(page.get_by_role("link", name=re.compile("^Thu "))).to_be_visible()
        receipt = paid(town, dossier_id)
        page = opened(town, dossier_id)
        expect(page.locator("main")).to_contain_text(receipt)
        desk.hand_over(page)
    completed(page)
    theirs = citizens_page(town, citizen, dossier_id)
    expect(theirs.locator(".dossier-head .status")).to_contain_text("Đã trả kết quả")
    expect(theirs.locator("main")).to_contain_text(NUMBERS[code])


@both
def test_the_parcel_goes_out_once_it_is_paid_and_its_number_is_seen(town: ServedHouse, code: str) -> None:
    life = town.house.life
    citizen = life.citizen()
    dossier_id = issued(town, citizen, code, BY_POST)
    held = select(connector_job).where(
        connector_job.c.dossier_id == dossier_id, connector_job.c.kind == JobKind.POST_DELIVER
    )
    assert life.see(lambda tx: tx.execute(held).mappings().one())["state"] == JobState.HELD
    paid(town, dossier_id)
    job = life.see(lambda tx: tx.execute(held).mappings().one())
    assert job["state"] == JobState.PENDING
    life.do(finish_connector_job, FinishConnectorJob(job["id"], Done({"tracking_number": "EM123456789VN"})))
    page = opened(town, dossier_id)
    expect(page.locator("main")).to_contain_text("EM123456789VN")
    page.locator("#parcel_note").fill("Bưu tá phát tận tay lúc 9 giờ.")
    completed(page)
    theirs = citizens_page(town, citizen, dossier_id)
    expect(theirs.locator("main")).to_contain_text("EM123456789VN")
    expect(theirs.locator(".dossier-head .status")).to_contain_text("Đã trả kết quả")


@both
def test_a_withdrawal_is_read_recorded_and_told(town: ServedHouse, code: str) -> None:
    citizen = town.house.life.citizen()
    dossier_id = accepted(town, citizen, code, {"method": "online"})
    page = citizens_page(town, citizen, dossier_id)
    page.get_by_role("link", name="Rút hồ sơ").click()
    page.get_by_label("Lý do rút").fill(REASON)
    page.get_by_role("button", name="Rút hồ sơ").click()
    page.wait_for_url(f"**/dossiers/{dossier_id}")
    clerk = opened(town, dossier_id)
    expect(clerk.locator(".news-panel")).to_contain_text(REASON)
    clerk.get_by_label("Nội dung ghi nhận").fill(RECORDED)
    completed(clerk)
    theirs = citizens_page(town, citizen, dossier_id)
    expect(theirs.locator("main")).to_contain_text(REASON)
    expect(theirs.locator("main")).not_to_contain_text(NOTE)
    head = town.page_of(town.house.life.officials["unit_head"])
    head.goto(f"/desk/dossiers/{dossier_id}")
    for words in (REASON, RECORDED, NOTE):
        expect(head.locator(".news-panel")).to_contain_text(words)
