"""A supplement on the pages: the official ticks fields and names a day, the citizen corrects exactly these."""

from __future__ import annotations

import re

import pytest
from factories.office_life import OWNER
from factories.web_house import Browser, WebHouse

from engine.actions.tasks import ClaimTask, claim_task

ASKED = {"decision": "supplement", "reason": "Số bản và nơi đăng ký chưa khớp."}


@pytest.fixture
def desk(house: WebHouse) -> tuple[Browser, Browser, str, str]:
    """The official who holds the first step, the citizen, and the addresses of the step and of the dossier."""
    citizen, life = house.life.citizen(), house.life
    dossier_id = life.sent(citizen, owner=OWNER, delivery={"method": "online"})
    official, task = life.officials["reception"], life.open_task(dossier_id)
    life.do(claim_task, ClaimTask(official, task["id"]))
    return house.browser(official), house.browser(citizen), f"/desk/tasks/{task['id']}", f"/dossiers/{dossier_id}"


def complete(official: Browser, task: str, **more: str):
    return official.post(f"{task}/complete", {**ASKED, **more})


def test_the_step_offers_the_fields_by_their_labels_and_a_day(desk: tuple[Browser, Browser, str, str]) -> None:
    official, _, task, _ = desk
    page = official.get(task).text
    assert 'name="missing_fields"' in page
    assert "Nơi đã đăng ký" in page.split('id="missing_fields-registered_at"')[1][:300]
    assert 'id="missing_fields-pledge"' not in page
    assert re.search(r'name="answer_by"[^>]*value="24/03/2026"|value="24/03/2026"[^>]*name="answer_by"', page)


def test_a_wrong_day_stands_at_its_field_and_nothing_is_lost(desk: tuple[Browser, Browser, str, str]) -> None:
    official, _, task, _ = desk
    answer = complete(official, task, missing_fields="copies", answer_by="01/01/2020")
    assert answer.status_code == 422
    assert "không quá" in answer.text
    assert re.search(r'id="missing_fields-copies"[^>]*checked', answer.text)
    assert "01/01/2020" in answer.text


def test_the_citizen_corrects_exactly_these_fields(desk: tuple[Browser, Browser, str, str]) -> None:
    official, citizen, task, dossier = desk
    complete(official, task, missing_fields="copies", answer_by="20/03/2026")
    assert "Trả lời chậm nhất ngày 20/03/2026" in citizen.get(dossier).text
    page = citizen.get(f"{dossier}/supplement").text
    assert "20/03/2026" in page
    assert 'name="form.copies"' in page
    assert 'name="form.registered_at"' not in page
    refused = citizen.post(f"{dossier}/supplement", {"form.copies": "hai", "note": "đã sửa"})
    assert refused.status_code == 422
    assert "“Số lượng bản sao” chỉ ghi chữ số." in refused.text
    assert 'value="hai"' in refused.text
    assert "đã sửa" in refused.text
    sent = citizen.post(f"{dossier}/supplement", {"form.copies": "3", "form.purpose": "lén", "form.national_id": "1"})
    assert sent.status_code == 303
    assert "lén" not in citizen.get(dossier).text


def test_in_english_too(desk: tuple[Browser, Browser, str, str]) -> None:
    official, citizen, task, dossier = desk
    complete(official, task, missing_fields="copies", answer_by="20/03/2026")
    page = citizen.speak("en").get(f"{dossier}/supplement").text
    assert "Answer by 20/03/2026" in page
    assert "Fields of the declaration to be corrected" in page
