"""Decision tables under every hit policy."""

import pytest

from rules.dmn import compile_dmn, decide
from rules.errors import DmnEvaluationError
from rules.feel import from_feel

ROWS = [("&lt; 10", '"thấp"'), ("[5..20]", '"vừa"'), ("&gt; 15", '"cao"')]
RANKED = '<output id="o1" name="mức"><outputValues><text>"cao", "vừa", "thấp"</text></outputValues></output>'


def worth(data, pages):
    result = decide(compile_dmn(data), "Mức thu", {"số tờ": pages})
    return from_feel(result.value), result.problems


@pytest.mark.parametrize(
    ("policy", "pages", "value"),
    [
        ("UNIQUE", 3, "thấp"),
        ("FIRST", 7, "thấp"),
        ("FIRST", 17, "vừa"),
        ("PRIORITY", 7, "vừa"),
        ("PRIORITY", 17, "cao"),
        ("RULE ORDER", 7, ["thấp", "vừa"]),
        ("OUTPUT ORDER", 7, ["vừa", "thấp"]),
        ("COLLECT", 17, ["vừa", "cao"]),
        ("COLLECT", None, []),
        ("UNIQUE", None, None),
        ("RULE ORDER", None, None),
    ],
)
def test_hit_policies(table, policy, pages, value):
    assert worth(table(policy, ROWS, RANKED), pages) == (value, ())


def test_two_hits_of_a_unique_table_are_an_error_that_names_the_rows(table):
    value, problems = worth(table("UNIQUE", ROWS), 7)
    assert value is None
    assert "1, 2" in problems[0].message_vi
    assert "1, 2" in problems[0].message_en
    with pytest.raises(DmnEvaluationError, match="1, 2"):
        decide(compile_dmn(table("UNIQUE", ROWS)), "Mức thu", {"số tờ": 7}).lawful()
    assert decide(compile_dmn(table("UNIQUE", ROWS)), "Mức thu", {"số tờ": 3}).lawful() == "thấp"


def test_any_accepts_equal_results_only(table):
    assert worth(table("ANY", [("&gt; 1", "5"), ("&gt; 2", "5.0")]), 3) == (5, ())
    value, problems = worth(table("ANY", [("&gt; 1", "5"), ("&gt; 2", "6")]), 3)
    assert value is None
    assert problems


@pytest.mark.parametrize(("aggregation", "value"), [("SUM", 15), ("MIN", 5), ("MAX", 10), ("COUNT", 2)])
def test_aggregators(table, aggregation, value):
    data = table("COLLECT", [("&gt; 1", "5"), ("&gt; 2", "10"), ("&gt; 9", "100")], aggregation=aggregation)
    assert worth(data, 3) == (value, ())


def test_nothing_collected(table):
    rows = [("&gt; 1", "5")]
    assert worth(table("COLLECT", rows, aggregation="COUNT"), 0) == (0, ())
    assert worth(table("COLLECT", rows, aggregation="SUM"), 0) == (None, ())


def test_several_outputs_make_a_context(table):
    outputs = '<output name="mức"/><output name="lệ phí"/>'
    assert worth(table("FIRST", [("-", '"a"', "số tờ * 2")], outputs), 4) == ({"mức": "a", "lệ phí": 8}, ())


def test_defaults_when_no_row_hits(table):
    outputs = '<output name="mức"><defaultOutputEntry><text>"khác"</text></defaultOutputEntry></output>'
    assert worth(table("UNIQUE", [("&gt; 100", '"lớn"')], outputs), 4) == ("khác", ())


def test_a_cell_that_cannot_be_read_hits_nothing_and_says_why(table):
    value, problems = worth(table("UNIQUE", [("&gt; &gt;", "1")]), 4)
    assert value is None
    assert problems[0].code == "feel_syntax"


def test_a_wrong_type_is_null_and_says_why(table):
    value, problems = worth(table("UNIQUE", [("-", "1")]), "bốn")
    assert value == 1
    assert "number" in problems[0].message_vi
    assert worth(table("UNIQUE", [("null", "0"), ("not(null)", "1")]), "bốn")[0] == 0
