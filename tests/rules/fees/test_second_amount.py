"""Amounts are computed twice on independent ways: what is corrupted in one of them gives no amount."""

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from rules.errors import RulesDisagree, RulesError
from rules.fees import FeeInference, Quote, load_schedule, quote
from rules.fees.checks.replay import request_of
from rules.fees.predicates import formula, predicate
from rules.fees.quotes import ENGINE
from rules.fees.second.amounts import check_amounts
from rules.fees.second.plain import condition, number
from rules.fees.situation import read_situation

ROOT = Path(__file__).parents[3]
SCHEDULE = load_schedule(ROOT / "processes")
COUNTER = {"channel": "counter"}
UNKNOWN = {"age": None, "area_category": None, "rural": None}


def request(procedure, day, facts):
    return request_of(procedure, f"{day}T09:00:00+07:00", None, facts)


@pytest.fixture(params=["on", "shadow", "off"])
def second(request):
    engine = FeeInference(request.param)
    yield engine
    engine.close()


def reducing():
    """A procedure, a day and facts for which a percentage is taken off."""
    for procedure in SCHEDULE.procedures.values():
        for example in procedure.examples:
            for day in ("2023-06-01", "2026-08-03"):
                asked = request(procedure.code, day, example.facts)
                try:
                    lines = quote(SCHEDULE, asked).lines
                except RulesError:
                    continue
                if any(step.kind == "reduction" and step.amount_after for line in lines for step in line.steps):
                    return asked
    raise AssertionError("no example is reduced")


def test_a_corrupted_percentage_gives_no_amount(monkeypatch, second):
    asked = reducing()
    assert quote(SCHEDULE, asked, second=second).total
    monkeypatch.setattr("rules.fees.calculation.percent_off", lambda amount, basis_points: amount)
    with pytest.raises(RulesDisagree):
        quote(SCHEDULE, asked, second=second)


@pytest.mark.parametrize(
    ("place", "wrong", "procedure", "facts"),
    [
        ("rules.fees.situation.age_on", lambda born, on: 70, "3.000333", {**COUNTER, "birth_on": "2000-01-01"}),
        ("rules.fees.situation.age_on", lambda born, on: 30, "3.000333", {**COUNTER, "birth_on": "2015-01-01"}),
        (
            "rules.fees.areas.AreaTable.resolve",
            lambda self, area, on: next(one for one in self.categories.values() if one.rural),
            "1.115493",
            {"channel": "counter", "subject": "household", "area": "hac_thanh"},
        ),
        ("rules.fees.situation._derived", lambda *_: {**UNKNOWN, "online": True}, "1.115493",
         {**COUNTER, "subject": "organisation"}),
        ("rules.fees.calculation._capped", lambda *_: Decimal(1), "2.000815", {"pages": 100, "copies": 3}),
        ("rules.fees.calculation.round_dong", lambda *_: __import__("rules.money").money.Money(1), "2.000635",
         {"channel": "counter", "copies": 2}),
    ],
)  # fmt: skip
def test_a_corrupted_derived_fact_or_step_gives_no_amount(monkeypatch, place, wrong, procedure, facts):
    second = FeeInference("off")
    asked = request(procedure, "2026-08-03", facts)
    right = quote(SCHEDULE, asked, second=second).total
    monkeypatch.setattr(place, wrong)
    assert quote(SCHEDULE, asked).total != right
    with pytest.raises(RulesDisagree):
        quote(SCHEDULE, asked, second=second)


VALUES = {
    "boolean": [True, False],
    "integer": [0, 1, 2, 3, 7, 60],
    "area": [*SCHEDULE.areas.units, *SCHEDULE.areas.categories],
    "date": [date(1930, 2, 28), date(1960, 2, 29), date(1966, 8, 3), date(2000, 2, 29), date(2010, 8, 3)],
}  # fmt: skip


def guess(pick, name):
    spec = SCHEDULE.vocabulary[name]
    if spec.kind == "choices":
        return pick.sample(list(spec.values), pick.randint(0, 2))
    return pick.choice(list(spec.values) or VALUES[spec.kind])


@pytest.mark.parametrize("code", sorted(SCHEDULE.procedures))
def test_both_ways_agree_on_random_situations(code):
    pick, names = random.Random(code), SCHEDULE.procedures[code].facts.names
    charged = 0
    for _ in range(400):
        facts = {name: guess(pick, name) for name in names if pick.random() < 0.9}
        if pick.random() < 0.2 and isinstance(facts.get("subject"), list):
            facts["proof_valid_to"] = {one: date(2023, 6, 1) for one in facts["subject"]}
        day = date(2022, 1, 1) + timedelta(days=pick.randint(0, 2_000))
        try:
            situation = read_situation(SCHEDULE, SCHEDULE.procedures[code], request(code, day.isoformat(), facts))
            found = quote(SCHEDULE, situation.request)
        except RulesError:
            continue
        check_amounts(situation, found.lines)
        charged += 1
    assert charged > 3


def test_the_quote_keeps_how_it_was_made(second):
    asked = request("2.000635", "2026-08-03", {"channel": "counter", "copies": 1})
    found = quote(SCHEDULE, asked, second=second)
    assert found.to_dict()["computed"] == {"engine": ENGINE, "inference": second.mode}
    assert Quote.from_dict(found.to_dict()) == found
    old = {key: value for key, value in found.to_dict().items() if key != "computed"}
    assert Quote.from_dict(old).inference == ""
    assert quote(SCHEDULE, asked).inference == ""


def test_the_engine_version_is_that_of_the_product():
    assert f"version = {ENGINE}" in (ROOT / "setup.cfg").read_text(encoding="utf-8")


NAMES = ("a", "b", "word", "flag", "subject")


@pytest.mark.parametrize(
    "source",
    ["a > 3", "a <= b", "not(flag)", "flag and a > 3", "flag or a > 3", 'word = "x"', 'word != "x"',
     'word in ("x", "y")', 'list contains(subject, "s")', "not(a > 3 or flag)", "a > -1", "-a < 2"],
)  # fmt: skip
def test_conditions_mean_what_feel_says(source):
    asked = predicate(source, NAMES)
    for a, flag, word, subject in [(4, True, "x", ["s"]), (3, False, "z", []), (None, None, None, ["t"])]:
        facts = {"a": a, "b": 4, "flag": flag, "word": word, "subject": subject}
        assert condition(asked)(facts) is (
            asked.value({**facts, "a": None if a is None else Decimal(a), "b": Decimal(4)}) is True
        )


@pytest.mark.parametrize("source", ["a", "a * b", "a - 1", "max(a - 2, 0)", "min(a, b)", "a * 2 + b", "ceiling(a / 2)"])
def test_formulas_count_alike(source):
    asked = formula(source, ("a", "b"))
    for a, b in ((2, 2), (4, 3), (6, 1)):
        assert number(asked)({"a": a, "b": b}) == asked.whole({"a": Decimal(a), "b": Decimal(b)})
