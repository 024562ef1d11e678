"""Versions of a procedure follow one another; on every day exactly one holds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from factories.new_version import CODE, publish, reworded
from factories.office_life import OfficeLife, pack

from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.domain.errors import Forbidden
from engine.store.catalogue import procedures

NAME = "vi: Kiểm tra hồ sơ, en: Check the dossier"


def version(life: OfficeLife, name: str) -> dict[str, str]:
    files = pack(life.platform.settings.processes, CODE)
    return reworded(files, NAME, f"vi: {name}, en: {name}")


def cards(life: OfficeLife) -> list:
    return life.see(procedures.versions, CODE)


def test_of_two_versions_of_one_day_the_later_holds_and_only_it(life: OfficeLife):
    today = date(2026, 3, 10)
    publish(life, version(life, "Soát hồ sơ"))
    publish(life, version(life, "Xem hồ sơ"))
    third, second, first = cards(life)
    assert [card["number"] for card in (third, second, first)] == [3, 2, 1]
    assert (third["valid_from"], third["valid_to"]) == (today, None)
    assert second["valid_to"] == first["valid_to"] == today - timedelta(days=1)
    assert life.see(procedures.current, CODE, today)["number"] == 3
    assert life.see(procedures.current, CODE, today - timedelta(days=1))["number"] == 1
    assert [card["number"] for card in life.see(procedures.all_current, today) if card["code"] == CODE] == [3]


def test_the_same_content_again_is_no_new_version(life: OfficeLife):
    files = version(life, "Soát hồ sơ")
    assert publish(life, files).changed
    again = publish(life, dict(reversed(files.items())))
    assert (again.changed, again.number) == (False, 2)
    assert len(cards(life)) == 2


def test_only_an_administrator_publishes(life: OfficeLife):
    with pytest.raises(Forbidden):
        life.do(publish_procedure, PublishProcedure(life.officials["unit_head"], version(life, "Soát hồ sơ")))
    assert len(cards(life)) == 1
