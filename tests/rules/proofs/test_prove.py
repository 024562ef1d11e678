"""Overlaps and gaps of DMN tables, held against asking every situation."""

import itertools
import random

import pytest
from factories.dmn_models import one_decision

from rules.dmn import compile_dmn, decide
from rules.fees import check_command
from rules.proofs import judge_whole, prove_model

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="thử" id="d" namespace="urn:t">'


def model(columns, rows, policy="UNIQUE", default=""):
    """Columns as (name, type, allowed values), rows as cells and a result."""
    inputs = "".join(
        f"<input><inputExpression typeRef='{kind}'><text>{name}</text></inputExpression>"
        + (f"<inputValues><text>{words}</text></inputValues>" if words else "")
        + "</input>"
        for name, kind, words in columns
    )
    lines = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{cell.replace('<', '&lt;')}</text></inputEntry>" for cell in cells)
        + f"<outputEntry><text>{result}</text></outputEntry></rule>"
        for *cells, result in rows
    )
    ending = f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry>" if default else ""
    table = f"<decisionTable hitPolicy='{policy}'>{inputs}<output name='r'>{ending}</output>{lines}</decisionTable>"
    return compile_dmn((HEAD + one_decision(table) + "</definitions>").encode())


def told(*arguments, **words):
    return [(one.error.code, one.severity, one.error.message_vi) for one in prove_model(model(*arguments, **words))]


def codes(*arguments, **words):
    return [code for code, _, _ in told(*arguments, **words)]


AGE = [("tuổi", "integer", "")]
LANE = [("kênh", "string", '"mạng", "quầy"')]
DAY = [("ngày", "date", "")]


@pytest.mark.parametrize(
    ("columns", "rows", "found"),
    [
        (AGE, [("< 60", "1"), (">= 60", "2")], []),
        (AGE, [("< 60", "1"), ("[60..80)", "2"), (">= 80", "3")], []),
        (AGE, [("<= 59", "1"), (">= 60", "2")], []),
        ([("tuổi", "number", "")], [("<= 59", "1"), (">= 60", "2")], ["dmn_gap"]),
        (AGE, [("<= 60", "1"), (">= 60", "2")], ["dmn_overlap"]),
        (AGE, [("< 60", "1"), ("> 60", "2")], ["dmn_gap"]),
        (AGE, [("not(< 60)", "1"), ("< 60", "2")], []),
        (AGE, [("not([1..5], 9)", "1"), ("[1..5], 9", "2")], []),
        (AGE, [("not([1..5])", "1"), ("[1..5], 9", "2")], ["dmn_overlap"]),
        (AGE, [("> 5", "1"), ("<= 5", "2"), ("null", "3")], ["dmn_unreachable"]),
        (LANE, [('"mạng"', "1"), ('"quầy"', "2")], []),
        (LANE, [('"mạng"', "1")], ["dmn_gap"]),
        (LANE, [('not("mạng")', "1"), ('"mạng"', "2")], []),
        (LANE, [('"mạng", "quầy"', "1"), ('"mạng"', "2")], ["dmn_overlap"]),
        (LANE, [('["mạng", "quầy"]', "1")], []),
        ([("kênh", "string", "")], [('"mạng"', "1")], ["dmn_gap"]),
        ([("có", "boolean", "")], [("true", "1"), ("false", "2")], []),
        ([("có", "boolean", "")], [("true", "1")], ["dmn_gap"]),
        (DAY, [('<= date("2023-12-31")', "1"), ('> date("2023-12-31")', "2")], []),
        (DAY, [('<= date("2023-12-31")', "1"), ('>= date("2024-01-01")', "2")], []),
        (DAY, [('< date("2023-12-31")', "1"), ('>= date("2024-01-01")', "2")], ["dmn_gap"]),
        ([("dài", "dayTimeDuration", "")], [('<= duration("P3D")', "1"), ('> duration("P2D")', "2")], ["dmn_overlap"]),
        (AGE, [("> tuổi", "1"), ("5", "2")], []),
        (AGE, [("? > 3", "1"), ("5", "2")], []),
        ([*AGE, ("tuổi + 1", "number", "")], [("> 5", "< 3", "1"), ("> 6", "< 2", "2")], []),
    ],
)  # fmt: skip
def test_a_unique_table(columns, rows, found):
    assert codes(columns, rows) == found


def test_the_example_and_the_rows_are_named():
    ((code, severity, words),) = told([*AGE, *LANE], [("> 5", '"mạng"', "1"), ("> 7", "-", "2"), ("<= 7", "-", "3")])[
        :1
    ]
    assert (code, severity) == ("dmn_overlap", "error")
    assert "dòng 1 và dòng 2" in words
    assert "tuổi = 8" in words
    assert 'kênh = "mạng"' in words


def test_other_policies():
    overlapping = [("> 5", "1"), ("> 7", "2"), ("<= 7", "3")]
    assert codes(AGE, overlapping, policy="FIRST") == ["dmn_unreachable"]
    assert codes(AGE, overlapping, policy="COLLECT") == []
    assert codes(AGE, overlapping, policy="ANY") == ["dmn_overlap", "dmn_overlap"]
    assert codes(AGE, [("> 5", "1"), ("> 7", "1.0"), ("<= 7", "1")], policy="ANY") == []
    assert codes(AGE, [("> 5", "1")], default="0") == []


def test_the_command_judges_dmn_too(tmp_path):
    path = tmp_path / "a.dmn"
    path.write_text(HEAD + "</definitions>", encoding="utf-8")
    assert check_command(path) == {"path": str(path), "ok": True, "findings": []}
    found = judge_whole(model(AGE, [("> 5", "1"), ("> 7", "2")]))
    assert [one.error.code for one in found if one.severity == "error"] == ["dmn_overlap"]


@pytest.mark.parametrize("seed", range(60))
def test_random_tables_against_every_situation(seed):
    pick = random.Random(seed)

    def number():
        low, high = sorted(pick.sample(range(7), 2))
        plain = pick.choice([f"{pick.choice('[(')}{low}..{high}{pick.choice(')]')}", f"< {low}", f">= {low}", str(low)])
        return pick.choice([plain, "-", f"not({plain})", f"{plain}, {high}"])

    def word():
        some = ", ".join(f'"{each}"' for each in pick.sample("abc", pick.randint(1, 2)))
        return pick.choice([some, f"not({some})", "-"])

    columns = [("n", "integer", ""), ("w", "string", '"a", "b", "c"')]
    rows = [(number(), word(), str(at)) for at in range(pick.randint(1, 4))]
    table = model(columns, rows)
    asked = model(columns, rows, policy="COLLECT")
    hits = [
        decide(asked, "d", {"n": n, "w": w}, strict=True).lawful() for n, w in itertools.product(range(-2, 9), "abc")
    ]
    found = {one.error.code for one in prove_model(table)}
    assert ("dmn_overlap" in found) == any(len(each) > 1 for each in hits)
    assert ("dmn_gap" in found) == any(not each for each in hits)
