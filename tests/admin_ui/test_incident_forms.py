"""Whoever deals with an incident gives a reason, and the reason arrives: on the desk, the board and the instance."""

from __future__ import annotations

import pytest
from factories.web_house import WebHouse
from factories.web_walk import Belongings, belongings_of
from lxml import html

from engine.store.process import instances


@pytest.fixture
def filed(house: WebHouse) -> Belongings:
    return belongings_of(house, house.somebody("Nguyễn Văn An", "038203000123"))


@pytest.mark.parametrize("page", ["/desk/dossiers/{dossier}", "/system/jobs", "/system/instances/{dossier}"])
def test_the_reason_arrives_as_the_form_sends_it(house: WebHouse, filed: Belongings, page: str) -> None:
    head = house.browser(house.life.officials["unit_head"])
    shown = html.fromstring(head.get(page.format(dossier=filed.sent_id)).text)
    (form,) = (form for form in shown.forms if form.action.endswith(filed.incident_id))
    fields = {name: value for name, value in form.form_values() if name != "csrf_token"}
    assert fields == {"reason": ""}
    (field,) = form.xpath(".//input[@name='reason']")
    assert form.xpath(f".//label[@for='{field.get('id')}']")
    assert "how" in {button.get("name") for button in form.xpath(".//button")}

    refused = head.post(form.action, {"how": "done", "reason": ""})
    assert refused.status_code == 422
    head.post(form.action, {"how": "done", "reason": "Bưu cục xác nhận qua điện thoại."})
    with house.platform.database.read() as tx:
        kept = instances.get_incident(tx, filed.incident_id)
    assert kept is not None
    assert kept["state"] != "open"
