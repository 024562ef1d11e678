"""Who leads the unit finds every task of it; money is taken only while it is due; a page keeps its place."""

from __future__ import annotations

import re

from factories.web_house import WebHouse

from engine.actions.filing import WithdrawDossier, withdraw_dossier
from engine.actions.tasks import ClaimTask, claim_task


def test_the_head_finds_what_a_colleague_holds(house: WebHouse) -> None:
    dossier_id = house.life.sent(house.life.citizen())
    code, task = house.life.dossier(dossier_id)["code"], house.life.open_task(dossier_id)["id"]
    house.life.do(claim_task, ClaimTask(house.life.officials["reception"], task))
    head = house.browser(house.life.officials["unit_head"])
    page = head.post("/desk", {"which": "office", "q": code}, follow_redirects=True).text
    assert f"/desk/tasks/{task}" in page
    assert "Toàn đơn vị" in page
    assert "Giao lại" in head.get(f"/desk/tasks/{task}").text
    clerk = house.browser(house.life.officials["reception"])
    assert "Toàn đơn vị" not in clerk.get("/desk").text
    assert f"/desk/tasks/{task}" not in clerk.get("/desk?which=unit").text
    assert f"/desk/tasks/{task}" in clerk.post("/desk", {"which": "unit", "q": code}, follow_redirects=True).text


def test_no_money_for_a_withdrawn_dossier(house: WebHouse) -> None:
    citizen = house.life.citizen()
    dossier_id = house.life.sent(citizen)
    clerk = house.browser(house.life.officials["reception"])
    address = f"/desk/dossiers/{dossier_id}"
    assert "/fee" in clerk.get(address).text
    house.life.do(withdraw_dossier, WithdrawDossier(citizen, dossier_id, "Không cần nữa"))
    assert "/fee" not in clerk.get(address).text
    answer = clerk.post(f"{address}/fee", {"method": "cash"})
    assert answer.status_code == 409
    assert "không thu phí" in answer.text


def test_a_page_with_errors_stays_where_it_is_in_the_other_language(house: WebHouse) -> None:
    clerk = house.browser(house.life.officials["reception"])
    answer = clerk.post("/desk/counter/2.000635", {"applicant.full_name": "Mơ", "submit_key": "k"})
    assert answer.status_code == 422
    back = re.search(r'name="return_to" value="([^"]+)"', answer.text)
    assert back
    assert back[1] == "/desk/counter/2.000635"
