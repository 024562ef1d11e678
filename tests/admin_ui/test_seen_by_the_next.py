"""The pages of officials say what was written before them and show the papers beside the work."""

from __future__ import annotations

import base64
import re

import pytest
from factories.office_life import FOUND, ISSUED, OfficeLife
from factories.pdf_words import pdf_text
from factories.web_house import Browser, WebHouse

from engine.actions.filing import AttachFile, ConfirmDraft, attach_file, confirm_draft
from engine.actions.tasks import ClaimTask, CompleteTask, claim_task, complete_task
from engine.actions.uploads import UploadLimits, store_upload
from engine.store.dossiers import dossiers

NOTE = "Người nộp hẹn đến lấy buổi chiều."
RETURN = "Sai số đăng ký: sổ ghi 21."
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
REFUSE = {"finding": "refuse", "reason": "Sổ hộ tịch không có sự kiện này (khoản 2 Điều 64)."}


def at_search(life: OfficeLife) -> str:
    dossier_id = life.sent(life.citizen())
    life.complete(dossier_id, "check_dossier", {"decision": "accept", "note": NOTE})
    return dossier_id


def returned(life: OfficeLife) -> str:
    citizen = life.citizen()
    dossier_id = at_search(life)
    life.complete(dossier_id, "search_register", FOUND)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    life.complete(dossier_id, "sign", {"decision": "return", "sign_note": RETURN})
    return dossier_id


def desk_of(house: WebHouse, dossier_id: str) -> tuple[Browser, str]:
    """The browser of the official whose turn it is, with the task claimed, and the task's address."""
    task = house.life.open_task(dossier_id)
    official = house.life.officials[task["role"]]
    house.life.do(claim_task, ClaimTask(official, task["id"]))
    return house.browser(official), f"/desk/tasks/{task['id']}"


@pytest.fixture
def back(shared_house: WebHouse) -> tuple[Browser, str, str]:
    dossier_id = returned(shared_house.life)
    return (*desk_of(shared_house, dossier_id), dossier_id)


def section(page: str, name: str) -> str:
    """The words of one panel, without its marks."""
    cut = page.split(f'id="{name}"', 1)[1].split("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", cut).split())


def test_a_return_stands_before_the_work_and_in_the_history(back):
    browser, address, dossier_id = back
    page = browser.get(address).text
    news = section(page, "news")
    assert RETURN in news
    assert "Trả lại" in news
    assert "Cán bộ approver (Người ký)" in news
    assert page.index('id="news"') < page.index('id="work"')
    assert RETURN in section(page, "history")
    there = browser.get(f"/desk/dossiers/{dossier_id}").text
    assert RETURN in section(there, "written")
    assert NOTE in section(there, "written"), "older steps are folded, not left out"


def test_the_english_page_says_it_in_english(back, shared_house: WebHouse):
    browser, address, _ = back
    news = section(browser.speak("en").get(address).text, "news")
    assert "Returned" in news
    assert "Return for correction" in news
    assert "What must be corrected" in news


def test_forms_of_officials_are_filled_with_days_as_people_write_them(back):
    browser, address, _ = back
    page = browser.get(address).text
    value = re.search(r'id="extract_birth_on"\s+name="extract_birth_on"\s+type="text"\s+value="([^"]*)"', page)
    assert value
    assert value[1] == "05/09/1960"
    assert not re.search(r'value="\d{4}-\d\d-\d\d"', page)


def test_the_paper_to_be_issued_stands_in_the_page(shared_house: WebHouse):
    dossier_id = at_search(shared_house.life)
    shared_house.life.complete(dossier_id, "search_register", REFUSE)
    browser, address = desk_of(shared_house, dossier_id)
    page = browser.get(address).text
    preview = f"{address}/preview/refusal.pdf"
    assert re.search(rf'<iframe[^>]*name="paper-frame"[^>]*src="{preview}#', page)
    assert REFUSE["reason"] in section(page, "news")
    assert NOTE in section(page, "news")
    paper = browser.get(preview)
    assert paper.headers["Content-Disposition"].startswith("inline;")
    assert paper.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'self'"
    assert "khoản 2 Điều 64" in " ".join(pdf_text(paper.data))
    assert browser.get(f"{address}/preview/result_extract.pdf").status_code == 404


def test_a_draft_is_saved_without_a_script_and_then_previewed(shared_house: WebHouse):
    dossier_id = at_search(shared_house.life)
    browser, address = desk_of(shared_house, dossier_id)
    assert 'formaction="' + address + '/draft"' in browser.get(address).text
    assert browser.post(f"{address}/draft", dict(FOUND)).status_code == 303
    assert "LÊ THỊ BƯỞI" in " ".join(pdf_text(browser.get(f"{address}/preview/result_extract.pdf").data))


def test_what_others_sent_opens_in_the_frame_locked_up(back):
    browser, address, dossier_id = back
    page = browser.get(address).text
    sent = re.search(r'<a href="([^"#]*/files/[^"#]*/view)[^"]*"\s+target="paper-frame">Giấy ủy quyền\.pdf</a>', page)
    assert sent, "an attachment opens beside the work"
    policies = {}
    for one in (sent[1], f"/desk/dossiers/{dossier_id}/declaration/view"):
        answer = browser.get(one)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("inline;")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
        policies[one] = answer.headers["Content-Security-Policy"]
    assert policies[sent[1]] == "default-src 'none'; sandbox; frame-ancestors 'self'"
    kept = browser.get(sent[1].removesuffix("/view"))
    assert kept.headers["Content-Disposition"].startswith("attachment;")


def test_citizens_read_no_internal_note(back, shared_house: WebHouse):
    _, _, dossier_id = back
    citizen = shared_house.browser(shared_house.life.citizen())
    page = citizen.get(f"/dossiers/{dossier_id}").text
    assert "Cấp bản sao" in page
    assert NOTE not in page
    assert RETURN not in page
    assert NOTE not in citizen.get(f"/api/v1/dossiers/{dossier_id}").text


def test_who_hands_over_sees_the_result(shared_house: WebHouse):
    life, citizen = shared_house.life, shared_house.life.citizen()
    dossier_id = life.to_confirmation(citizen, delivery={"method": "counter"})
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    for element_id, outputs in ISSUED[3:]:
        life.complete(dossier_id, element_id, outputs)
    browser, address = desk_of(shared_house, dossier_id)
    page = browser.get(address).text
    frame = re.search(r'<iframe[^>]*src="([^"#]*/documents/[^"#]*/view)', page)
    assert frame
    assert "LÊ THỊ BƯỞI" in " ".join(pdf_text(browser.get(frame[1]).data))


def test_a_picture_opens_too_and_what_no_browser_draws_is_only_kept(shared_house: WebHouse):
    life, citizen = shared_house.life, shared_house.life.citizen()
    dossier_id = life.draft(citizen)
    drawn = store_upload(life.platform.registry.storage, UploadLimits(), "the.png", PNG, "image/png")
    life.do(attach_file, AttachFile(citizen, dossier_id, "authorisation", drawn))
    life.send(citizen, dossier_id)
    browser, address = desk_of(shared_house, dossier_id)
    seen = re.search(r'<a href="([^"#]*/view)[^"]*"\s+target="paper-frame">the\.png</a>', browser.get(address).text)
    assert seen
    answer = browser.get(seen[1])
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; img-src 'self';")
    drawn = re.search(r'<img src="([^"]+)" alt="Giấy tờ đã gửi: the\.png"', answer.text)
    assert drawn
    assert browser.get(drawn[1]).data.startswith(PNG[:8])
    file_id = seen[1].split("/")[-2]
    with life.platform.database.begin() as tx:
        dossiers.change_file(tx, file_id, {"content_type": "application/zip"})
    assert browser.get(seen[1]).status_code == 404
    page = browser.get(address).text
    assert "the.png" in page
    assert seen[1] not in page


def test_what_is_covered_at_operations_stays_covered(back, shared_house: WebHouse):
    _, _, dossier_id = back
    page = shared_house.browser(shared_house.life.officials["admin"]).get(f"/system/instances/{dossier_id}").text
    assert "Ký trích lục" in page
    for words in (NOTE, RETURN, "Lê Thị Bưởi"):
        assert words not in page, words


def test_a_step_that_is_over_offers_no_paper_and_tells_all(shared_house: WebHouse):
    life = shared_house.life
    dossier_id = at_search(life)
    browser, address = desk_of(shared_house, dossier_id)
    life.do(complete_task, CompleteTask(life.officials["case_officer"], address.rpartition("/")[2], REFUSE))
    page = browser.get(address).text
    assert "Bước này đã kết thúc." in page
    assert 'id="news"' not in page
    assert REFUSE["reason"] in section(page, "written")
    assert browser.get(f"{address}/preview/refusal.pdf").status_code == 404
