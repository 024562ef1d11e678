from datetime import date, datetime
from pathlib import Path

import pytest

from rules.errors import FactsError
from rules.fees import QuoteRequest, load_schedule, quote
from rules.fees.errors import BadInstantError, UnknownProcedureError
from rules.fees.facts import age_on
from rules.fees.quote import facts_needed

ROOT = Path(__file__).parents[3] / "processes"
AT = datetime.fromisoformat("2024-03-01T08:00:00+07:00")


@pytest.fixture(scope="module")
def schedule():
    return load_schedule(ROOT)


def refused(schedule, procedure="2.000635", **facts):
    with pytest.raises(FactsError) as error:
        quote(schedule, QuoteRequest(procedure, AT, None, facts))
    return error.value


def test_missing_facts_are_listed_with_their_questions(schedule):
    error = refused(schedule)
    assert "channel (Hồ sơ được nộp qua kênh nào?)" in error.message_vi
    assert "copies (Number of copies?)" in error.message_en
    assert [fact.name for fact in error.needed] == ["channel", "copies", "events", "delivery"]


def test_an_unknown_fact_is_named_and_never_ignored(schedule):
    error = refused(schedule, channel="online", copies=1, copy=3)
    assert error.unknown == ("copy",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "pigeon", "copies": 1},
        {"channel": "online", "copies": "1"},
        {"channel": "online", "copies": 1.5},
        {"channel": "online", "copies": True},
        {"channel": "online", "copies": 0},
        {"channel": "online", "copies": 10_001},
        {"channel": "online", "copies": -1},
        {"channel": ["online"], "copies": 1},
    ],
)
def test_a_value_outside_its_type_names_the_fact(schedule, wrong):
    assert "channel" in str(refused(schedule, **wrong)) or "copies" in str(refused(schedule, **wrong))


def test_a_name_typed_on_a_mac_is_the_same_name(schedule):
    found = refused(schedule, "1.115514", channel="counter", subject="household", certificate="land", area="xã")
    assert "xã" in found.message_vi


def test_an_endless_name_is_not_repeated_whole(schedule):
    error = refused(schedule, **{"a" * 1_000_000: 1}, **{f"b{number}": 1 for number in range(1000)})
    assert len(error.message_vi) < 3000
    assert "a" * 60 + "…" in error.message_vi


def test_a_form_can_ask_for_the_facts(schedule):
    needed = {fact.name: fact for fact in facts_needed(schedule, "1.013225")}
    assert needed["works"].values == ("house", "other")
    assert needed["works"].question_vi.endswith("?")


def test_an_unknown_procedure_lists_the_known_ones(schedule):
    with pytest.raises(UnknownProcedureError, match=r"2\.000635"):
        quote(schedule, QuoteRequest("9.999999", AT, None, {}))


def test_an_instant_without_a_zone_is_refused(schedule):
    naive = datetime(2024, 3, 1, 8)  # noqa: DTZ001 - an instant without a zone is what is refused
    with pytest.raises(BadInstantError):
        quote(schedule, QuoteRequest("2.000635", naive, None, {"channel": "online", "copies": 1}))


@pytest.mark.parametrize(
    ("birth_on", "on", "age"),
    [
        (date(2008, 3, 2), date(2024, 3, 1), 15),
        (date(2008, 3, 2), date(2024, 3, 2), 16),
        (date(2004, 2, 29), date(2022, 2, 27), 17),
        (date(2004, 2, 29), date(2022, 2, 28), 18),
        (date(2004, 2, 29), date(2024, 2, 28), 19),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
    ],
)
def test_age_in_completed_years(birth_on, on, age):
    assert age_on(birth_on, on) == age


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+07:00", "9999-12-31T23:59:59-12:00"])
def test_the_ends_of_the_calendar_are_refused_with_a_sentence(schedule, at):
    request = QuoteRequest("2.000635", datetime.fromisoformat(at), None, {"channel": "online", "copies": 1})
    with pytest.raises(BadInstantError, match="năm 1900"):
        quote(schedule, request)
