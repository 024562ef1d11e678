"""No amount can be trusted: what the citizen and the official see, and the form that sets the fee."""

from __future__ import annotations

import pytest
from factories.office_life import plant_another_table
from factories.web_house import WebHouse
from flask import url_for

from engine.domain.fee_by_hand import ELEMENT
from engine.store.process import tasks
from rules.inference import inference_available

pytestmark = pytest.mark.skipif(not inference_available(), reason="durable-rules is not installed here")


def at(house: WebHouse, endpoint: str, **values: str) -> str:
    with house.app.test_request_context():
        return url_for(endpoint, **values)


def test_from_the_review_to_the_amount(house: WebHouse):
    plant_another_table(house.platform)
    citizen = house.life.citizen()
    browser = house.browser(citizen)
    dossier_id = house.life.draft(citizen)
    review = browser.get(at(house, "portal.draft", dossier_id=dossier_id, step="review")).text
    assert "Hồ sơ vẫn gửi được và thời hạn không bị ảnh hưởng" in review
    assert "16.000" not in review
    house.life.send(citizen, dossier_id)
    page = at(house, "portal.dossier", dossier_id=dossier_id)
    assert "đang được cán bộ xác định" in browser.get(page).text
    assert "An official is working out the fee" in house.browser(citizen).speak("en").get(page).text
    rows = house.life.see(lambda tx: tasks.of_dossier(tx, dossier_id))
    (task_id,) = [row["id"] for row in rows if row["element_id"] == ELEMENT]
    desk = house.browser(house.life.officials["reception"])
    assert "Ấn định phí, lệ phí" in desk.get(at(house, "desk.queue")).text
    desk.post(at(house, "desk.claim", task_id=task_id))
    work = desk.get(at(house, "desk.task", task_id=task_id)).text
    assert "Ấn định phí, lệ phí" in work
    assert 'name="legal_ground"' in work
    assert "Hãy tra biểu phí" in work
    assert "Đã thu" not in work
    ground = "Thông tư 281/2016/TT-BTC Điều 4"
    typed = {"phi_vnd": "16.000", "le_phi_vnd": "0", "other_vnd": "0", "legal_ground": ground}
    refused = desk.post(at(house, "desk.complete", task_id=task_id), {**typed, "legal_ground": ""})
    assert "legal_ground" in refused.text
    done = desk.post(at(house, "desk.complete", task_id=task_id), typed)
    assert done.status_code in (302, 303), done.text[:2000]
    told = browser.get(page).text
    assert "16.000" in told
    assert ground in told
