"""An administrator moves running dossiers by the pages alone, without any script."""

from __future__ import annotations

import threading

import pytest
from factories.new_version import CODE, publish_second, work_off
from factories.tamper import behind_its_back
from factories.web_house import Browser, WebHouse
from sqlalchemy import text

from engine.store.history import events
from engine.store.process import instances

NEVER = threading.Event()
NEW = f"/system/migrations/new/{CODE}"


Moving = tuple[WebHouse, Browser, list[str]]


def before_the_move(build_house) -> Moving:
    """Two dossiers before their check, one at the step that the second version calls by another name."""
    house = build_house()
    citizen = house.somebody("Nguyễn Văn An", "038203000123")
    ids = [house.life.sent(citizen) for _ in range(3)]
    house.life.complete(ids[2], "check_dossier", {"decision": "accept"})
    publish_second(house.life)
    return house, house.browser(house.life.officials["admin"]), ids


@pytest.fixture(scope="module")
def looked_at(build_house) -> Moving:
    """For the tests that move nothing."""
    return before_the_move(build_house)


@pytest.fixture(scope="module")
def moved(build_house) -> Moving:
    """For the one test that moves all of them."""
    return before_the_move(build_house)


def test_the_dry_run_proposes_the_renamed_step_and_without_it_names_the_reason(looked_at):
    house, browser, ids = looked_at
    before = house.record()
    page = browser.get(NEW).text
    assert "3 trên 3 hồ sơ chuyển được" in page
    assert '<option value="look_up" selected>' in page
    page = browser.get(f"{NEW}?map.search_register=").text
    assert "2 trên 3 hồ sơ chuyển được" in page
    assert "Bước «Tra cứu, dự thảo trích lục» không còn trong sơ đồ mới." in page
    assert house.life.dossier(ids[2])["code"] in page
    assert browser.get(f"{NEW}?from_on=hôm nay").status_code == 422
    assert browser.get(f"{NEW}?map.search_register=sms_draft").status_code == 422
    assert house.record() == before


def test_what_was_typed_is_kept_when_the_ground_is_missing(looked_at):
    house, browser, _ = looked_at
    before = house.record()
    answer = browser.post(NEW, {"to": "2", "canary": "7", "codes": "H56-1", "map.search_register": "look_up"})
    assert answer.status_code == 422
    assert 'value="7"' in answer.text
    assert 'value="H56-1"' in answer.text
    assert "Hãy ghi căn cứ" in answer.text
    assert house.record() == before


def test_first_ones_then_all_then_back(moved):
    house, browser, ids = moved
    typed = {"to": "2", "ground": "Quyết định 12/QĐ-UBND", "map.search_register": "look_up", "canary": "1"}
    run = browser.post(NEW, {**typed, "criterion": "ask", "watch_minutes": "0"}).location
    assert browser.post(NEW, {**typed, "criterion": "ask"}).status_code == 409  # a second one meanwhile
    assert "0/3" in browser.get(run).text
    work_off(house.life, NEVER)
    page = browser.get(run).text
    assert "Chờ quyết định đi tiếp" in page
    assert "1/3" in page
    assert browser.post(run, {"how": "continue"}).status_code == 303
    work_off(house.life, NEVER)
    assert "3/3" in browser.get(run).text
    assert browser.post(run, {"how": "revert", "reason": ""}).status_code == 422
    code = house.life.dossier(ids[0])["code"]
    assert browser.post(run, {"how": "revert", "reason": "Sơ đồ sai", "codes": code}).status_code == 303
    work_off(house.life, NEVER)
    numbers = [len(house.life.see(events.of_chain, one)) for one in ids]
    kinds = [row["kind"] for row in house.life.see(events.of_chain, ids[0])]
    assert kinds[-2:] == ["process.migrated", "process.migration_reverted"]
    assert browser.get(f"{run}?state=reverted").text.count('data-label="Mã hồ sơ"') == 1
    page = browser.get(f"/system/instances/{ids[0]}").text
    assert "1 → 2" in page
    assert "đã trả về" in page
    assert [len(house.life.see(events.of_chain, one)) for one in ids] == numbers


def test_personal_values_are_covered_until_a_reason_is_given(looked_at):
    house, browser, ids = looked_at
    address = f"/system/instances/{ids[0]}"
    page = browser.get(address).text
    for value in ("Lê Thị Bưởi", "0912 345 678", "12 Lê Lợi"):
        assert value not in page.split('id="variables"')[1].split("</section>")[0]
    assert "fee_vnd" in page
    assert browser.post(f"{address}/variables", {"reason": " "}).status_code == 422
    page = browser.post(f"{address}/variables", {"reason": "Đối chiếu người nhận"}).text
    assert "Lê Thị Bưởi" in page.split('id="variables"')[1].split("</section>")[0]
    last = house.life.see(events.of_chain, ids[0])[-1]
    assert (last["kind"], last["data"]) == ("variables.shown", {"reason": "Đối chiếu người nhận"})
    assert "Lê Thị Bưởi" not in browser.get(address).text.split('id="variables"')[1].split("</section>")[0]


def test_an_incident_is_dealt_with_on_the_page_of_its_process(looked_at):
    house, browser, ids = looked_at
    with house.platform.database.begin() as tx:
        row = {"instance_id": instances.of_dossier(tx, ids[1])["id"], "code": "status_refused", "element_id": "sign"}
        incident = instances.add_incident(tx, {**row, "message_vi": "Trạng thái", "message_en": "Status"})
    address = f"/system/instances/{ids[1]}"
    assert 'data-failed="sign"' in browser.get(address).text
    assert browser.post(f"{address}/incidents/{incident}", {"how": "skip", "reason": ""}).status_code == 422
    assert browser.post(f"{address}/incidents/{incident}", {"how": "skip", "reason": "Đã sửa"}).status_code == 303
    assert "Đã xử lý sự cố" in browser.get(address).text


def test_a_broken_history_is_told_on_the_page(looked_at):
    house, browser, ids = looked_at
    with behind_its_back(house.platform.database) as tx:
        tx.connection.execute(text("UPDATE event SET kind = 'x' WHERE chain = :one AND number = 2"), {"one": ids[1]})
    assert "Lịch sử đã bị sửa ở 1 chỗ" in browser.get(f"/system/instances/{ids[1]}").text


def test_a_run_is_shown_to_administrators_only(build_house):
    house, browser, _ = before_the_move(build_house)
    typed = {"to": "2", "ground": "Quyết định 12/QĐ-UBND", "map.search_register": "look_up"}
    run = browser.post(NEW, typed).location
    assert browser.get(run).status_code == 200
    others = {role: official for role, official in house.life.officials.items() if role != "admin"}
    others["citizen"] = house.somebody("Trần Thị Bình", "038203000456", "+84987654321")
    browsers = {name: house.browser(actor) for name, actor in others.items()} | {"nobody": house.browser()}
    before = house.record()
    for name, other in browsers.items():
        answers = (other.get(run), other.post(run, {"how": "stop", "reason": "lý do của người lạ"}))
        wanted = (303, 401) if name in ("citizen", "nobody") else (403, 403)
        assert tuple(answer.status_code for answer in answers) == wanted, name
        assert all("H56-" not in answer.text for answer in answers), name
    assert house.record() == before
