"""Verification against brute force: every point of small tables, one by one."""

import itertools
import random
from datetime import date
from decimal import Decimal

import pytest

from rules.legal import LegalBasis, Window
from rules.tables import Among, Column, DecisionTable, Interval, Output, Row, Within, verify_table
from rules.tables.cells import read_cell
from rules.tables.verify import DAY
from rules.text import Text

NAME = Text("mẫu", "sample")
BASIS = (LegalBasis("281/2016/TT-BTC", "4"),)
FIRST_DAY = date(2024, 1, 1).toordinal()
SEEDS = 2_400


def points(column):
    if column.kind == "boolean":
        values = [True, False]
    elif column.kind == "choice":
        values = list(column.words)
    elif column.kind == "number":
        values = [Decimal(n) / 4 for n in range(column.minimum * 4, column.maximum * 4 + 1)]
    else:
        values = list(range(column.minimum, column.maximum + 1))
    return [*values, None] if column.optional else values


def random_cell(pick, column):
    if column.kind == "choice":
        return Among(frozenset(pick.sample(column.words, pick.randint(1, 2))), pick.random() < 0.2)
    if column.kind == "boolean":
        return Among(frozenset([pick.random() < 0.5]))
    ends = [pick.randint(column.minimum - 1, column.maximum + 1) for _ in range(2)]
    if column.kind == "number":
        ends = [Decimal(end * 2 + pick.randint(0, 1)) / 2 for end in ends]
    low, high = sorted(ends)
    low = None if pick.random() < 0.25 else low
    high = None if low is not None and pick.random() < 0.25 else high
    return Within((Interval(low, high, pick.random() < 0.4, pick.random() < 0.4),))


def random_table(seed):
    pick = random.Random(seed)
    columns = []
    for number in range(pick.randint(1, 3)):
        kind = pick.choice(["choice", "boolean", "integer", "number"])
        words = ("a", "b", "c")[: pick.randint(2, 3)] if kind == "choice" else ()
        bounds = (0, pick.randint(2, 5)) if kind in ("integer", "number") else (None, None)
        columns.append(Column(f"k{number}", kind, NAME, words, *bounds, optional=pick.random() < 0.2))
    dated = pick.random() < 0.4
    rows = []
    for number in range(pick.randint(1, 6)):
        cells = {column.name: random_cell(pick, column) for column in columns if pick.random() < 0.8}
        window = Window()
        if dated:
            start = FIRST_DAY + pick.randint(0, 4)
            stop = None if pick.random() < 0.4 else date.fromordinal(start + pick.randint(0, 4))
            window = Window(date.fromordinal(start), stop)
        rows.append(Row(f"r{number}", cells, {"o": pick.randint(0, 1)}, window, BASIS))
    policy = pick.choice(["UNIQUE", "FIRST", "ANY", "PRIORITY"])
    return DecisionTable("t", NAME, tuple(columns), (Output("o"),), tuple(rows), policy)


def situations(table):
    """Every point: all columns, and all days from the first validity to one after the last."""
    axes = [[(column.name, value) for value in points(column)] for column in table.columns]
    starts = [row.window.valid_from for row in table.rows]
    if all(starts):
        axes.append([(DAY, day) for day in range(min(starts).toordinal(), FIRST_DAY + 12)])
    return [dict(point) for point in itertools.product(*axes)]


def met(table, point):
    on = date.fromordinal(point.get(DAY, FIRST_DAY))
    return frozenset(
        at
        for at, row in enumerate(table.rows)
        if row.window.covers(on) and all(cell.accepts(point[name]) for name, cell in row.cells.items())
    )


def expected(table):
    """What an enumeration of all points finds."""
    sets = [met(table, point) for point in situations(table)]
    rows = range(len(table.rows))
    found = {"gap": any(not one for one in sets)}
    found["unreachable"] = {at for at in rows if not any(at in one for one in sets)}
    if table.hit_policy == "FIRST":
        found["unreachable"] = {at for at in rows if not any(one and min(one) == at for one in sets)}
    pairs = {pair for one in sets for pair in itertools.combinations(sorted(one), 2)}
    same = {pair for pair in pairs if table.rows[pair[0]].outputs == table.rows[pair[1]].outputs}
    inside = {(a, b) for a, b in same for x, y in ((a, b), (b, a)) if all(y in one for one in sets if x in one)}
    found["contradiction"] = pairs - same if table.hit_policy in ("UNIQUE", "ANY") else set()
    found["overlap"] = same if table.hit_policy == "UNIQUE" else set()
    found["subsumed"] = inside if table.hit_policy == "ANY" else set()
    return found


def reported(table):
    findings = verify_table(table)
    number = {row.id: at for at, row in enumerate(table.rows)}
    found = {"gap": any(one.code in ("gap", "date_hole") for one in findings)}
    found["unreachable"] = {number[one.rows[0]] for one in findings if one.code == "unreachable"}
    for code in ("contradiction", "overlap", "subsumed"):
        found[code] = {tuple(number[row] for row in one.rows) for one in findings if one.code == code}
    return found, findings


@pytest.mark.parametrize("block", range(24))
def test_verification_equals_brute_force(block):
    for seed in range(block * SEEDS // 24, (block + 1) * SEEDS // 24):
        table = random_table(seed)
        found, findings = reported(table)
        assert found == expected(table), seed
        for one in findings:
            if one.code in ("gap", "date_hole"):
                assert not met(table, point_of(one.example)), (seed, one.example)
            if one.code in ("overlap", "contradiction"):
                assert {int(row[1:]) for row in one.rows} <= met(table, point_of(one.example)), (seed, one.example)


def point_of(example):
    day = example.get(DAY)
    return dict(example) | ({DAY: date.fromisoformat(day).toordinal()} if day else {})


def simple(rows, policy="UNIQUE", **column):
    made = tuple(
        Row(f"r{n}", {"n": read_cell(when, "integer", "t")} if when != "-" else {}, {"o": n}, window, BASIS)
        for n, (when, window) in enumerate(rows)
    )
    return DecisionTable("t", NAME, (Column("n", "integer", NAME, **column),), (Output("o"),), made, policy)


def test_days_are_ordinal_and_have_no_phantom_gap():
    year = Window(date(2023, 1, 1), date(2023, 12, 31))
    assert verify_table(simple([("-", year), ("-", Window(date(2024, 1, 1)))])) == []


def test_a_hole_in_time_names_a_day_inside_it():
    (hole,) = verify_table(
        simple([("-", Window(date(2023, 1, 1), date(2023, 12, 31))), ("-", Window(date(2024, 1, 3)))])
    )
    assert hole.code == "date_hole"
    assert hole.example[DAY] in ("2024-01-01", "2024-01-02")
    assert hole.rows == ("r0", "r1")
    assert "valid_to" in hole.advice.vi


def test_a_gap_comes_with_a_situation_and_advice():
    (gap,) = verify_table(simple([("<= 5", Window()), ("> 6", Window())], minimum=0))
    assert (gap.code, gap.example) == ("gap", {"n": 6})
    assert gap.to_dict()["advice"]["en"].startswith("Add a row")


def test_integers_have_nothing_between_five_and_six():
    assert verify_table(simple([("<= 5", Window()), (">= 6", Window())])) == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"m": Among(frozenset([True]))}, "unknown_fact"),
        ({"n": Among(frozenset(["a"]))}, "wrong_type"),
        ({"w": Within((Interval(1, 2),))}, "wrong_type"),
        ({"w": Among(frozenset(["z"]))}, "wrong_type"),
    ],
)
def test_conditions_of_the_wrong_kind(cells, code):
    columns = (Column("n", "integer", NAME), Column("w", "choice", NAME, ("a", "b")))
    rows = (Row("r0", cells, {"o": 1}, Window(), BASIS), Row("r1", {}, {"o": 1}, Window(), BASIS))
    assert code in {one.code for one in verify_table(DecisionTable("t", NAME, columns, (Output("o"),), rows, "FIRST"))}


def test_a_row_without_legal_basis_may_not_be_published():
    table = DecisionTable("t", NAME, (), (Output("o"),), (Row("r0", {}, {"o": 1}),), "UNIQUE")
    assert [one.code for one in verify_table(table)] == ["missing_basis"]


def test_a_table_beyond_the_budget_is_never_called_clean():
    pick = random.Random(1)
    columns = tuple(Column(f"k{n}", "integer", NAME, minimum=0, maximum=50) for n in range(6))
    rows = []
    for number in range(60):
        cells = {c.name: Within((Interval(low := pick.randint(0, 40), low + 10),)) for c in columns}
        rows.append(Row(f"r{number}", cells, {"o": 1}, Window(), BASIS))
    rows.append(Row("rest", {}, {"o": 1}, Window(), BASIS))
    table = DecisionTable("t", NAME, columns, (Output("o"),), tuple(rows), "PRIORITY")
    assert verify_table(table) == []
    assert [
        one.code
        for one in verify_table(
            DecisionTable("t", NAME, columns, table.outputs, tuple(rows[:-1]), "PRIORITY"), budget=1
        )
    ] == ["incomplete"]
