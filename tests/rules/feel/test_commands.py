"""The body of ``motcua feel``."""

import pytest

from rules.errors import RulesError
from rules.feel import feel_command


@pytest.mark.parametrize(
    ("source", "context", "value"),
    [
        ("1 + 2", "{}", 3),
        ("số bản * 0.1", '{"số bản": 0.3}', 0.03),
        ("x", '{"x": 12345678901234567890.5}', "12345678901234567890.5"),
        ("[x, y]", '{"x": null, "y": {"a": [true]}}', [None, {"a": [True]}]),
        ("a-b + 1", '{"a-b": 2}', 3),
        ('@"2026-01-31"', "", "2026-01-31"),
        ("x", '{"x": 1e99999}', None),
        ("1/3", "{}", 1 / 3),
        ("[2/3, {a: 1/3}]", "{}", [2 / 3, {"a": 1 / 3}]),
    ],
)
def test_the_answer_is_ready_for_json(source, context, value):
    assert feel_command(source, context) == value


@pytest.mark.parametrize("context", ["[", "[]", "1", '"a"', "{" * 100_000, '{"a": ' * 50_000])
def test_a_context_that_is_no_json_object_is_refused(context):
    with pytest.raises(RulesError, match="JSON"):
        feel_command("1", context)


def test_now_comes_from_outside(moment):
    assert feel_command("string(today())", now=moment) == "2026-11-22"


@pytest.mark.parametrize("source", ["foo + 1", 'uper case("a")', '{"copies": 2}.copis * 8000', '1 < "a"'])
def test_what_the_standard_makes_null_without_a_word_is_refused(source):
    with pytest.raises(RulesError):
        feel_command(source)


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(RulesError, match="số bản"):
        feel_command("số_bản + 1", '{"số bản": 2}')
