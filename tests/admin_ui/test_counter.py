"""The counter: who came before is not typed again, what it costs is said before, mistakes name their section."""

from __future__ import annotations

import html
import re

import pytest
from factories.office_life import EXTRACT_FORM, OWNER, party
from factories.web_house import Browser, WebHouse
from sqlalchemy import select

from engine.domain.history import EventKind
from engine.store.accounts import staff
from engine.store.schema.dossiers import dossier
from engine.store.schema.work import event

PAGE = "/desk/counter/2.000635"


@pytest.fixture
def clerk(house: WebHouse) -> Browser:
    return house.browser(house.life.officials["reception"])


def recalls(house: WebHouse) -> int:
    with house.platform.database.read() as tx:
        found = tx.execute(select(event.c.chain).where(event.c.kind == EventKind.PERSON_RECALLED)).all()
        return len(found)


def test_who_came_before_is_filled_in_and_the_look_is_written_down(house: WebHouse, clerk: Browser) -> None:
    house.life.sent(house.life.citizen())
    typed = {"recall": "038 203 000 123", "form.copies": "3"}
    page = clerk.post(f"{PAGE}/person", typed).text
    assert "Đã điền thông tin của lần nộp trước" in page
    assert 'value="Nguyễn Văn An"' in page
    assert 'value="17/05/2003"' in page
    assert 'name="form.copies"' in page
    assert re.search(r'name="form.copies"[^>]*value="3"', page), "what was typed already stays"
    assert recalls(house) == 1
    owner = clerk.post(f"{PAGE}/person", {"recall": OWNER["national_id"]}).text
    assert OWNER["full_name"] in html.unescape(owner)
    assert house.count(dossier) == 1


def test_nobody_is_found_elsewhere_or_by_half_a_number(house: WebHouse, clerk: Browser) -> None:
    house.life.sent(house.life.citizen())
    assert "Chưa có hồ sơ nào của đơn vị" in clerk.post(f"{PAGE}/person", {"recall": "038203000999"}).text
    for wrong in ("", "0382", "nguyen van an"):
        answer = clerk.post(f"{PAGE}/person", {"recall": wrong})
        assert answer.status_code == 422, wrong
        assert "Nguyễn Văn An" not in answer.text
    with house.platform.database.begin() as tx:
        unit = {"code": "X", "name_vi": "Xã mẫu", "name_en": "Sample", "kind": "commune"}
        unit_id = staff.add_unit(tx, {**unit, "agency_code": "000.00.01.H56"})
        tx.execute(dossier.update().values(unit_id=unit_id))
    assert "Chưa có hồ sơ nào của đơn vị" in clerk.post(f"{PAGE}/person", {"recall": "038203000123"}).text
    assert recalls(house) == 0


def test_what_it_costs_is_said_before_it_is_filed(house: WebHouse, clerk: Browser) -> None:
    typed = {f"form.{name}": value for name, value in EXTRACT_FORM.items()} | {"delivery.method": "counter"}
    page = clerk.post(f"{PAGE}/fee", typed)
    assert page.status_code == 200
    assert 'id="counter-fee"' in page.text
    assert "16.000 đồng" in page.text, "two copies"
    assert house.count(dossier) == 0
    early = clerk.post(f"{PAGE}/fee", {})
    assert early.status_code == 200
    assert "đồng" in early.text or "được điền đủ" in early.text
    form = clerk.get(PAGE).text
    assert f'formaction="{PAGE}/fee"' in form
    assert 'data-fetch-into="counter-fee"' in form


def test_a_mistake_names_its_section_and_stands_at_its_field(clerk: Browser) -> None:
    typed = {"delivery.method": "counter", "owner_is_applicant": "no", "submit_key": "k2"}
    answer = clerk.post(PAGE, {**typed, **{f"applicant.{name}": value for name, value in party().items()}})
    assert answer.status_code == 422
    listed = re.findall(r'<li>\s*<a href="#([^"]+)">\s*(.*?)\s*</a>', answer.text, re.DOTALL)
    assert listed
    sections = {name.partition(".")[0]: words.partition(":")[0] for name, words in listed}
    assert sections["owner"] == "Chủ hồ sơ"
    assert sections["form"] == "Tờ khai"
    for name, _words in listed:
        assert f'id="{name}"' in answer.text, name
        assert f'id="{name}-error"' in answer.text, name


def test_enter_files_and_does_not_look_people_up(clerk: Browser) -> None:
    page = clerk.get(PAGE).text
    form = page[page.index(f'action="{PAGE}"') :]
    assert form.index('aria-hidden="true">Lập hồ sơ') < form.index("formaction=")
