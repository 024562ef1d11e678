"""A value dies with its law, a birth lies before the filing, and a fact that could lower the price is named."""

import copy
from pathlib import Path

import pytest

from rules.errors import FactsError, NoTariffError
from rules.fees import load_schedule, quote, verify_schedule
from rules.fees.checks.replay import request_of
from rules.fees.reading.schedule import build_schedule, read_files
from rules.legal import LegalBasis, Window, law_ends_on, while_law

ROOT = Path(__file__).parents[3] / "processes"
SHIPPED = load_schedule(ROOT)


def ask(procedure, day, schedule=SHIPPED, **facts):
    return quote(schedule, request_of(procedure, f"{day}T09:00:00+07:00", None, facts))


def told(found):
    steps = [step.sentence.vi for line in found.lines for step in line.steps]
    return " ".join([*steps, *(one.vi for one in found.sentences)])


def changed(change):
    shared, own = (copy.deepcopy(files) for files in read_files(ROOT))
    for node in (*shared, *own):
        change(node.data)
    return build_schedule(shared, own, guard=False)


def endless(data):
    """The rules on civil status as they were first written: without an end of their own."""
    for key in ("exemptions", "zero_rates", "reductions"):
        for rule in data.get(key, ()):
            if rule["code"].startswith("LHT11"):
                del rule["valid_to"]


@pytest.mark.parametrize("schedule", [SHIPPED, changed(endless)], ids=["written", "by its law alone"])
@pytest.mark.parametrize(("procedure", "facts"), [("1.001193", {"on_time": True}), ("1.000894", {})])
def test_law_that_ended_is_not_applied_and_the_quote_says_so(schedule, procedure, facts):
    before = ask(procedure, "2027-02-28", schedule, channel="counter", **facts)
    after = ask(procedure, "2027-03-01", schedule, channel="counter", **facts)
    assert (before.total.dong, after.total.dong) == (0, 8000)
    assert "hết hiệu lực sau ngày 28/02/2027" in told(after)


def test_what_outlives_its_law_is_found_unless_another_basis_carries_it():
    found = verify_schedule(changed(endless))
    assert {one.code for one in found} == {"basis_not_in_force"}
    assert {row for one in found for row in one.rows} == {"LHT11-dung-han", "LHT11-ket-hon", "LHT11-doi-tuong"}

    def carried(data):
        endless(data)
        for rule in data.get("exemptions", ()):
            if rule["code"].startswith("LHT11"):
                rule["valid_from"] = rule["valid_from"].replace(year=2017)
                rule["basis"] = [rule["basis"], {"document": "97/2015/QH13", "article": 10}]

    schedule = changed(carried)
    assert verify_schedule(schedule) == []
    assert ask("1.001193", "2027-03-01", schedule, channel="counter", on_time=True).total.dong == 0


def test_a_tariff_whose_law_ended_gives_no_amount_and_names_the_law():
    def ended(data):
        for document in data.get("documents", ()):
            if document["number"] == "281/2016/TT-BTC":
                document["valid_to"] = document["valid_from"].replace(year=2025)

    schedule = changed(ended)
    assert ask("2.000635", "2025-01-01", schedule, channel="counter", copies=1).total.dong == 8000
    with pytest.raises(NoTariffError, match="281/2016/TT-BTC chỉ có hiệu lực đến ngày 01/01/2025"):
        ask("2.000635", "2025-01-02", schedule, channel="counter", copies=1)
    assert {"basis_not_in_force"} <= {one.code for one in verify_schedule(schedule)}


def test_the_last_of_several_laws_ends_a_value():
    day = Window().valid_from
    first, last = (Window(None, SHIPPED.documents["60/2014/QH13"].window.valid_to).valid_to for _ in range(2))
    early = first.replace(year=2020)
    basis = [LegalBasis("a", valid_to=early), LegalBasis("b", valid_to=last)]
    assert law_ends_on(basis) == last
    assert law_ends_on([*basis, LegalBasis("c")]) is None
    assert law_ends_on([]) is None
    assert while_law(Window(day, None), basis) == Window(day, last)
    assert while_law(Window(day, early), basis) == Window(day, early)


@pytest.mark.parametrize("born", ["2030-01-01", "2026-08-04", "1024-01-01", "1895-08-03", "0001-01-01"])
def test_a_false_date_of_birth_is_an_error_of_that_fact(born):
    with pytest.raises(FactsError, match="birth_on") as refused:
        ask("3.000333", "2026-08-03", channel="counter", birth_on=born)
    assert [fact.name for fact in refused.value.needed] == ["birth_on"]


@pytest.mark.parametrize("born", ["2026-08-03", "1896-08-03", "1990-02-28"])
def test_a_possible_date_of_birth_is_taken(born):
    assert ask("3.000333", "2026-08-03", channel="counter", birth_on=born)


@pytest.mark.parametrize(
    ("procedure", "facts"),
    [("1.115490", {"subject": "household", "parcels": 2}), ("1.115493", {"subject": "household"})],
)
def test_a_fact_left_out_that_could_lower_the_price_is_named(procedure, facts):
    day = "2026-08-03"
    full = ask(procedure, day, channel="counter", **facts)
    assert "có thể thấp hơn nếu khai thêm «area»" in told(full)
    assert "nông thôn" in told(full)
    given = ask(procedure, day, channel="counter", area="xa_thiet_ong", **facts)
    assert given.total.dong < full.total.dong
    assert "«area»" not in told(given)
    assert "có thể thấp hơn" not in told(ask(procedure, day, channel="online", **facts))  # nothing is due
    known = ask(procedure, day, channel="counter", area="hac_thanh", address_merger=False, **facts)
    assert "«address_merger»" not in told(known)


def test_of_a_rule_that_another_fact_excludes_nothing_is_said():
    household = ask("1.115493", "2026-08-03", channel="counter", subject="organisation")
    assert "«area»" not in told(household)


def test_a_status_or_an_age_that_was_not_given_is_named():
    found = told(ask("3.000333", "2026-08-03", channel="counter"))
    assert "«subject»" in found
    assert "«birth_on»" in found
    assert "«subject»" not in told(ask("3.000333", "2026-08-03", channel="counter", subject=["student"]))
