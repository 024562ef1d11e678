"""Every word the record keeps has a name on the pages, in both languages."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from factories.web_house import WebHouse

from admin_ui.formats import up_to
from admin_ui.labels import LABELS, LOOKS, NOTHING, label, options
from admin_ui.language import LANGUAGES
from admin_ui.portal.dossiers import FILTERS
from admin_ui.system.board import VIEWS
from engine.domain.actor import ROLES
from engine.domain.dossier import NATIONAL_STATUS, NO_DATE_AWAITED
from engine.domain.filing import STEPS
from engine.domain.migration import Criterion, MoveState
from engine.domain.vocabulary import Channel, DeliveryMethod, ServiceLevel
from engine.queries.tasks import work_queue

REMEDIES = ("retry", "done", "not_done", "skip")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("language", LANGUAGES),
        ("level", ServiceLevel),
        ("level_look", ServiceLevel),
        ("channel", Channel),
        ("way_to_file", Channel),
        ("delivery", DeliveryMethod),
        ("filing_step", STEPS),
        ("dossier_list", FILTERS),
        ("role", (*ROLES, "applicant")),
        ("remedy", REMEDIES),
        ("remedy_look", REMEDIES),
        ("job_list", VIEWS),
        ("move_state", MoveState),
        ("criterion", Criterion),
    ],
)
def test_every_word_has_its_name(kind: str, words: Collection[str]) -> None:
    assert set(LABELS.get(kind) or LOOKS[kind]) == set(words)


def test_every_list_and_call_of_this_office_has_its_name(shared_house: WebHouse) -> None:
    with shared_house.platform.database.read() as tx:
        lists = {name for official in shared_house.life.officials.values() for name in work_queue(tx, official).counts}
    assert lists == set(LABELS["queue"])
    assert set(shared_house.platform.registry.kinds) == set(LABELS["job_kind"])


@pytest.mark.parametrize(("language", "name"), [("vi", "Lãnh đạo phòng"), ("en", "Head of division")])
def test_a_name_is_said_in_the_readers_language(house: WebHouse, language: str, name: str) -> None:
    with house.app.test_request_context(headers={"Cookie": f"motcua_lang={language}"}):
        assert label("unit_head", "role") == name
        assert {"value": "unit_head", "label": name} in options("role")


def test_choices_stand_in_the_order_of_their_table(house: WebHouse) -> None:
    with house.app.test_request_context():
        assert [one["value"] for one in options("criterion")] == list(Criterion)


def test_what_is_not_kept_is_a_dash_and_a_new_word_stands_for_itself(house: WebHouse) -> None:
    with house.app.test_request_context():
        assert label(None, "delivery") == label("", "delivery") == NOTHING
        assert label("drone", "delivery") == "drone"
        with pytest.raises(KeyError):
            label("online", "no such kind")


def test_a_count_is_exact_below_its_cap() -> None:
    assert [up_to(count, 1000) for count in (0, 999, 1000, None)] == ["0", "999", "1000+", None]


def test_a_date_is_awaited_until_a_result_or_an_end() -> None:
    """As the national codes have it: refused, stopped, result there, delivered."""
    assert {state for state, status in NATIONAL_STATUS.items() if status in {3, 8, 9, 10}} == NO_DATE_AWAITED
