"""What `rules check` finds by what is meant: one cut in other words, exempt and reduced at once, slips of the hand."""

import copy
import json
from datetime import date
from pathlib import Path

import pytest

from rules.errors import FeeFileError
from rules.fees import check_command, quote, replay_command, verify_schedule
from rules.fees.checks.replay import request_of
from rules.fees.conditions import alternatives
from rules.fees.reading.schedule import build_schedule, read_files
from rules.legal import LegalBasis
from rules.tables import Among, Column, DecisionTable, Output, Row, verify_table
from rules.text import Text

ROOT = Path(__file__).parents[4] / "processes"
SHARED, OWN = read_files(ROOT)
NAME = Text("mẫu", "sample")


def build(change):
    shared, own = copy.deepcopy(SHARED), copy.deepcopy(OWN)
    for node in (*shared, *own):
        change(node.data)
    return build_schedule(shared, own, guard=False)


def found(change):
    return {(one.code, one.rows) for one in verify_schedule(build(change))}


def rule_of(data, code):
    rules = [rule for key in ("exemptions", "zero_rates", "reductions") for rule in data.get(key, ())]
    return next((rule for rule in rules if rule["code"] == code), None)


def again(code, key, **changes):
    """The rule `code` a second time, under another code and with changes."""

    def change(data):
        rule = rule_of(data, code)
        if rule is not None:
            data.setdefault(key, []).append(copy.deepcopy(rule) | {"code": "again"} | changes)

    return change


CUT = "NQ289-giam-30-truc-tuyen"


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ('service_level != "level_2" and service_level != "level_1" and online', "subsumed"),
        ('online = true and not(service_level in ("level_1", "level_2"))', "subsumed"),
        ('online and not(service_level = "level_1" or service_level = "level_2")', "subsumed"),
        ('online and service_level != "level_1"', None),
    ],
)
def test_the_same_cut_in_other_words(when, code):
    told = {one for one, rows in found(again(CUT, "reductions", when=when)) if "again" in rows}
    assert told == ({code} if code else set())


def test_the_same_people_cut_differently():
    other = again(
        CUT, "reductions", when='service_level != "level_2" and online and service_level != "level_1"', percent=20
    )
    assert ("contradiction", (CUT, "again")) in found(other)


def test_exempt_in_one_rule_and_reduced_in_another():
    def reduced(data):
        rule = rule_of(data, "LHT11-doi-tuong")
        if rule is not None:
            cut = {**copy.deepcopy(rule), "code": "cut", "percent": 50, "subjects": ["disabled", "student"]}
            data["reductions"] = [cut]

    assert ("contradiction", ("LHT11-doi-tuong", "cut")) in found(reduced)


def test_an_item_that_is_never_charged():
    def never(data):
        for item in data.get("items", ()):
            if item["code"] == "cuoc_buu_chinh":
                item["charged_when"] = 'delivery = "post" and delivery = "counter"'

    assert any(code == "unreachable" and "cuoc_buu_chinh" in rows for code, rows in found(never))


@pytest.mark.parametrize("value", [8, 80, 1])
def test_zeros_that_are_missing(value):
    def small(data):
        for item in data.get("items", ()):
            if item["code"] == "phi_trich_luc":
                item["tariff"][0]["value_vnd"] = value

    assert ("odd_value", ("phi_trich_luc#1",)) in found(small)


def test_a_year_far_from_any_law():
    def far(data):
        for item in data.get("items", ()):
            if item["code"] == "phi_trich_luc":
                item["tariff"][0]["valid_to"] = date(2205, 1, 1)

    assert ("odd_value", ("phi_trich_luc#1",)) in found(far)


def test_a_procedure_without_an_example():
    def none(data):
        if data.get("procedure") == "2.000635":
            data["examples"] = []

    assert ("no_example", ()) in found(none)


def test_two_rows_of_one_code_are_refused():
    def twice(data):
        for item in data.get("items", ()):
            if item["code"] == "phi_trich_luc":
                item["tariff"] = [{**item["tariff"][0], "code": "a"}, {**item["tariff"][0], "code": "a"}]

    with pytest.raises(FeeFileError, match="mã dòng lặp lại: a"):
        build(twice)


COLUMNS = {"age": Column("age", "integer", NAME, minimum=0, maximum=150)}


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("age in [0..15]", lambda age: age <= 15),
        ("age in (0..15)", lambda age: 0 < age < 15),
        ("not(age in [16..59])", lambda age: age < 16 or age > 59),
        ("age in ([0..15], >= 60)", lambda age: age <= 15 or age >= 60),
        ("not(age in ([0..15], >= 60))", lambda age: 15 < age < 60),
        ("age in (7, 9)", lambda age: age in (7, 9)),
        ("not(age in (7, 9))", lambda age: age not in (7, 9)),
        ("age between 6 and 8", lambda age: 6 <= age <= 8),
        ("not(age between 6 and 8) and age < 10", lambda age: age < 6 or 8 < age < 10),
    ],
)
def test_ranges_of_a_number_may_be_written(source, holds):
    met = alternatives(source, COLUMNS)
    for age in range(0, 80):
        assert any(cells["age"].accepts(age) for cells in met) == holds(age), age


def test_a_tariff_by_ranges_is_quoted_and_proven():
    def ranged(data):
        for key in ("exemptions", "zero_rates", "reductions"):
            for rule in data.get(key, ()):
                if rule.get("when") == "age < 16 or age >= 60":
                    rule["when"] = "not(age in [16..59])"

    schedule = build(ranged)
    assert verify_schedule(schedule) == []
    for born in ("2011-01-01", "1960-01-01", "1990-01-01"):
        asked = request_of("3.000333", "2026-08-03T09:00:00+07:00", None, {"channel": "counter", "birth_on": born})
        assert quote(schedule, asked).total == quote(build_schedule(SHARED, OWN), asked).total


def test_rows_of_a_table_with_odd_ids_and_outputs():
    basis = (LegalBasis("x"),)
    flag = {"flag": Among(frozenset([True]))}
    rows = (
        Row("r", flag, {"o": 1}, basis=basis),
        Row("r", {}, {"o": 1, "x": 2}, basis=basis),
        Row("s", {}, {}, basis=basis),
    )
    table = DecisionTable("t", NAME, (Column("flag", "boolean", NAME),), (Output("o"),), rows, "FIRST")
    told = [(one.code, one.rows) for one in verify_table(table)]
    assert ("duplicate", ("r",)) in told
    assert ("wrong_type", ("r",)) in told
    assert ("wrong_type", ("s",)) in told


GOOD = {
    "procedure": "2.000635",
    "submitted_at": "2024-03-01T08:00:00+07:00",
    "facts": {"channel": "online", "copies": 1},
}


def test_one_bad_dossier_does_not_stop_the_others_and_its_line_is_right(tmp_path):
    file = tmp_path / "dossiers.jsonl"
    bad = [
        "",
        "{",
        json.dumps({**GOOD, "submitted_at": "hôm qua"}),
        "",
        json.dumps({"procedure": "x"}),
        json.dumps([1]),
    ]
    stray = {**GOOD, "facts": {**GOOD["facts"], "rooms": 3}}
    file.write_text("\n".join([json.dumps(GOOD), *bad, json.dumps(stray)]), encoding="utf-8")
    report = replay_command(ROOT, ROOT, file)
    assert (report["dossiers"], report["errors"]["unreadable"]) == (6, 4)
    assert [one["line"] for one in report["unreadable"]] == [3, 4, 6, 7]
    assert "dòng 4" in report["unreadable"][1]["vi"]
    assert report["new_total_vnd"] == 16_000
    assert report["not_asked"] == {"rooms": 1}


def test_a_fact_given_in_vain_is_told():
    asked = request_of("2.000635", GOOD["submitted_at"], None, {**GOOD["facts"], "rooms": 3, "service_level": "full"})
    told = [one.vi for one in quote(build_schedule(SHARED, OWN), asked).sentences]
    assert any("Không dùng đến thông tin: rooms;" in one for one in told)


def test_the_shipped_tables_stay_clean():
    assert check_command(ROOT)["findings"] == []
