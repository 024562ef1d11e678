"""A large table is proven whole in the time of a glance, and an edited row at once."""

import itertools
import random
from dataclasses import replace
from time import process_time

import pytest

from rules.legal import LegalBasis, Window
from rules.tables import Column, DecisionTable, Interval, Output, Row, Within, verify_row, verify_table
from rules.text import Text

NAME = Text("mẫu", "sample")
BASIS = (LegalBasis("x"),)


def partition(pick, rows, columns, width=1000, policy="UNIQUE"):
    """A table that cuts the whole space into boxes, at random."""
    names = [f"k{number}" for number in range(columns)]
    boxes = [dict.fromkeys(names, (0, width))]
    while len(boxes) < rows:
        wide = [one for one in boxes if any(high - low > 1 for low, high in one.values())]
        boxes.remove(box := pick.choice(wide))
        name = pick.choice([one for one in names if box[one][1] - box[one][0] > 1])
        low, high = box[name]
        cut = pick.randint(low + 1, high - 1)
        boxes += [{**box, name: (low, cut)}, {**box, name: (cut, high)}]
    return table(boxes, names, width, policy)


def table(boxes, names, width, policy="UNIQUE"):
    rows = [Row(f"r{number}", cells(box, width), {"o": number}, Window(), BASIS) for number, box in enumerate(boxes)]
    columns = tuple(Column(name, "integer", NAME, minimum=0, maximum=width - 1) for name in names)
    return DecisionTable("t", NAME, columns, (Output("o"),), tuple(rows), policy)


def cells(box, width):
    return {
        name: Within((Interval(low, high, high_open=True),))
        for name, (low, high) in box.items()
        if (low, high) != (0, width)
    }


@pytest.fixture(scope="module")
def large():
    return partition(random.Random(5), 1000, 10)


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "PRIORITY"])
def test_a_thousand_rows_of_ten_columns(large, policy):
    start = process_time()
    assert verify_table(replace(large, hit_policy=policy)) == []
    assert process_time() - start < 3


def test_a_row_that_is_missing_is_found_with_a_situation_in_it(large):
    start = process_time()
    lost = large.rows[17]
    found = verify_table(replace(large, rows=tuple(row for row in large.rows if row is not lost)))
    assert {one.code for one in found} == {"gap"}
    for one in found:
        assert all(cell.accepts(one.example[name]) for name, cell in lost.cells.items())
    assert process_time() - start < 3


def test_an_edited_row_is_judged_at_once(large):
    start = process_time()
    assert verify_row(large, "r5") == []
    assert process_time() - start < 0.05
    wider = replace(large.rows[5], cells=dict(list(large.rows[5].cells.items())[:-1]))
    edited = replace(large, rows=(*large.rows[:5], wider, *large.rows[6:]))
    start = process_time()
    found = verify_row(edited, "r5")
    assert process_time() - start < 0.1
    assert found
    whole = {frozenset(one.rows) for one in verify_table(edited) if one.code == "contradiction"}
    assert {frozenset(one.rows) for one in found} == whole


def met(rows, point):
    return [row for row in rows if all(cell.accepts(point[name]) for name, cell in row.cells.items())]


@pytest.mark.parametrize("seed", range(40))
def test_counted_gaps_are_the_gaps_there_are(seed):
    pick = random.Random(seed)
    whole = partition(pick, pick.randint(2, 9), 3, width=4)
    kept = tuple(row for row in whole.rows if pick.random() < 0.75)
    found = verify_table(replace(whole, rows=kept))
    points = [dict(zip(("k0", "k1", "k2"), at, strict=True)) for at in itertools.product(range(4), repeat=3)]
    assert ({one.code for one in found} == {"gap"}) == any(not met(kept, point) for point in points)
    for one in found:
        assert met(kept, one.example) == []
