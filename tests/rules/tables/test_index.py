from datetime import date
from decimal import Decimal

import pytest

from rules.errors import FactsError, RulesError
from rules.inference import Decider
from rules.legal import Window
from rules.tables import Column, DecisionTable, Index, Interval, Output, Row, Within
from rules.tables.cells import read_cell, write_cell
from rules.tables.hit_policies import HitPolicyError
from rules.text import Text

NAME = Text("mẫu", "sample")
ON = date(2024, 3, 1)


@pytest.mark.parametrize("seed", range(300))
def test_the_index_finds_what_reading_row_by_row_finds(chance, plainly, seed):
    maker = chance(seed)
    table = maker.table()
    index = Index(table)
    for _ in range(60):
        facts, on = table.normalise(maker.facts(table)), maker.day()
        assert set(index.row_ids(index.rows_met(facts, on))) == plainly(table, facts, on)


@pytest.mark.parametrize("seed", range(200))
def test_cells_are_written_in_the_notation_that_is_read(chance, seed):
    table = chance(seed).table()
    for row in table.rows:
        for name, cell in row.cells.items():
            kind = table.kinds[name]
            text = write_cell(cell, kind)
            again = read_cell(text, kind, "here")
            assert write_cell(again, kind) == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"a', "choice"), ("[1..", "integer"), ("1 2", "integer"), ("tháng", "date"), ("a", "choice"),
        ("not(1)", "integer"), ("2024-02-30", "date"), ("NaN", "number"), ("maybe", "boolean"), (">", "integer"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_refused_with_its_place(text, kind):
    with pytest.raises(RulesError, match="dòng 7"):
        read_cell(text, kind, "dòng 7")


def table(policy, rows, aggregator=None, values=()):
    made = tuple(Row(f"r{n}", {"n": read_cell(when, "integer", "t")}, {"o": out}) for n, (when, out) in enumerate(rows))
    return DecisionTable(
        "t", NAME, (Column("n", "integer", NAME),), (Output("o", values=values),), made, policy, aggregator
    )


OVERLAPPING = [(">= 1", 10), (">= 2", 20), (">= 3", 5)]


@pytest.mark.parametrize(
    ("policy", "aggregator", "result"),
    [
        ("FIRST", None, 10),
        ("RULE ORDER", None, [10, 20, 5]),
        ("PRIORITY", None, 20),
        ("OUTPUT ORDER", None, [20, 10, 5]),
        ("COLLECT", None, [10, 20, 5]),
        ("COLLECT", "+", Decimal(35)),
        ("COLLECT", "<", Decimal(5)),
        ("COLLECT", ">", Decimal(20)),
        ("COLLECT", "#", Decimal(3)),
    ],
)
def test_hit_policies(policy, aggregator, result):
    decider = Decider(table(policy, OVERLAPPING, aggregator, values=(20, 10, 5)), inference="off")
    assert decider.decide({"n": 3}, ON).result == result


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY"])
def test_contradicting_rows_never_become_the_first_one(policy):
    decider = Decider(table(policy, OVERLAPPING), inference="off")
    assert decider.decide({"n": 1}, ON).result == 10
    with pytest.raises(HitPolicyError, match="r0, r1"):
        decider.decide({"n": 2}, ON)


def test_any_accepts_rows_that_agree():
    assert Decider(table("ANY", [(">= 1", 7), (">= 2", 7)]), inference="off").decide({"n": 3}, ON).result == 7


def test_no_row_is_no_result():
    assert Decider(table("UNIQUE", OVERLAPPING), inference="off").decide({"n": 0}, ON).result is None
    assert Decider(table("COLLECT", OVERLAPPING), inference="off").decide({"n": 0}, ON).result == []


def test_facts_are_checked_before_anything_is_decided():
    decider = Decider(table("FIRST", OVERLAPPING), inference="off")
    for facts in ({}, {"n": "1"}, {"n": True}, {"n": 1, "m": 2}, {"n": Decimal(1)}):
        with pytest.raises(FactsError):
            decider.decide(facts, ON)


def test_a_version_is_named_by_everything_in_it():
    base = table("FIRST", OVERLAPPING)
    same = table("FIRST", OVERLAPPING)
    assert base.hash == same.hash
    assert base.hash != table("UNIQUE", OVERLAPPING).hash
    assert base.hash != table("FIRST", [(">= 1", 11), *OVERLAPPING[1:]]).hash
    windowed = Row("r0", base.rows[0].cells, {"o": 10}, Window(date(2024, 1, 1)))
    assert base.hash != DecisionTable("t", NAME, base.columns, base.outputs, (windowed, *base.rows[1:]), "FIRST").hash


def test_the_trace_names_row_condition_value_and_law():
    trace = Decider(table("FIRST", OVERLAPPING), inference="off").decide({"n": 1}, ON).to_dict()
    assert trace["rows"][0]["because"] == [{"fact": "n", "value": 1, "condition": ">= 1"}]
    assert trace["inference"] == "off"


def test_an_empty_interval_is_met_by_nothing():
    assert not Within((Interval(5, 5, True, False),)).accepts(5)
    assert Index(table("FIRST", [("(5..5]", 1)])).rows_met({"n": 5}, ON) == 0
