"""Whatever is written into an expression field, only our own errors come out, and they come soon."""

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.errors import RulesError
from rules.feel import BUILTINS, Limits, compile_expression, compile_unary_tests, from_feel, to_feel

WORDS = [
    "1",
    "2.5",
    "-3",
    "0",
    "1e300",
    "9999999999",
    '"a"',
    '"x.*"',
    '""',
    "true",
    "false",
    "null",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    ",",
    ":",
    ".",
    "..",
    "+",
    "-",
    "*",
    "/",
    "**",
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "and",
    "or",
    "in",
    "between",
    "if",
    "then",
    "else",
    "for",
    "return",
    "some",
    "every",
    "satisfies",
    "function",
    "external",
    "instance",
    "of",
    "item",
    "partial",
    "?",
    "a",
    "hồ sơ",
    "số bản sao",
    "not",
    '@"2026-01-31"',
    '@"P1M"',
    '@"PT5H"',
    '@"10:00:00@Asia/Ho_Chi_Minh"',
    '@"2026-01-31T10:00:00"',
    "list",
    "number",
    "'",
    "//",
    "/*",
    "*/",
    "\u00a0",
    "💩",
]
CALLS = sorted(BUILTINS)
SIGNS = ["+", "-", "*", "/", "**", "=", "<", " and ", " or ", " in "]
CONTEXT = {"a": 1, "hồ sơ": {"phí": 3, "tên": "Nguyễn Văn A"}, "số bản sao": [1, 2, 3]}
TIGHT = Limits(steps=20_000, seconds=1.0)
RELAXED = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def survive(source):
    """Evaluate; an error of ours, with a sentence in both languages, is an answer too."""
    refusal = None
    try:
        from_feel(compile_expression(source, names=tuple(CONTEXT)).evaluate(CONTEXT, limits=TIGHT))
    except RulesError as error:
        refusal = error
    assert refusal is None or (refusal.message_vi and refusal.message_en)


@RELAXED
@given(st.text(max_size=200))
def test_any_text(source):
    survive(source)


@RELAXED
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_words_in_any_order(source):
    survive(source)


@RELAXED
@given(st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join))
def test_unary_tests_in_any_order(source):
    for value in (None, 1, "a", [1], {"a": 1}, True):
        verdict = None
        try:
            verdict = compile_unary_tests(source, names=tuple(CONTEXT)).test(value, CONTEXT, limits=TIGHT)
        except RulesError:
            return
        assert verdict in {True, False, None}


VALUES = [
    "null",
    "1",
    "-1",
    "0",
    "2.5",
    "1e6000",
    "-1e6000",
    "1e-6000",
    '"a"',
    '""',
    '"(a+)+b"',
    '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"',
    "[]",
    "[1,2,3]",
    '["a",null]',
    "[[1],[2]]",
    "{}",
    "{a: 1}",
    '[{key: "a", value: 1}]',
    "true",
    '@"2026-02-28"',
    '@"-999999999-01-01"',
    '@"999999999-12-31"',
    '@"2026-01-31T10:00:00@Europe/Paris"',
    '@"23:59:59Z"',
    '@"P99999999Y"',
    '@"-P99999999D"',
    '@"PT0.000000001S"',
    "[1..5]",
    "(1..null]",
    "(< 3)",
    "function(x,y) x < y",
    "function(x) x",
    "abs",
]


def expression(rng, depth):
    if depth == 0 or rng.random() < 0.3:
        return rng.choice(VALUES)
    parts = [expression(rng, depth - 1) for _ in range(rng.randint(0, 4))]
    shapes = [
        lambda: f"{rng.choice(CALLS)}({', '.join(parts)})",
        lambda: "(" + rng.choice(SIGNS).join(parts or ["1"]) + ")",
        lambda: f"[{', '.join(parts)}]",
        lambda: f"({expression(rng, depth - 1)})[{expression(rng, depth - 1)}]",
        lambda: f"(for i in {expression(rng, depth - 1)} return {expression(rng, depth - 1)})",
        lambda: f"(some i in {expression(rng, depth - 1)} satisfies i = {expression(rng, depth - 1)})",
        lambda: f"{{a: {expression(rng, depth - 1)}, b: a}}.b",
        lambda: f"({expression(rng, depth - 1)}).{rng.choice(['year', 'a', 'start', 'time offset', 'days'])}",
        lambda: f"({expression(rng, depth - 1)} between {expression(rng, depth - 1)} and {expression(rng, depth - 1)})",
        lambda: f"({expression(rng, depth - 1)} instance of {rng.choice(['number', 'list<number>', 'Any', 'date'])})",
    ]
    return rng.choice(shapes)()


@pytest.mark.parametrize("seed", range(20))
def test_well_formed_expressions_with_every_function(seed):
    rng = random.Random(seed)
    for _ in range(100):
        source = expression(rng, 3)
        began = time.monotonic()
        survive(source)
        assert time.monotonic() - began < 20, source


@pytest.mark.parametrize("name", CALLS)
def test_every_builtin_with_every_value(name):
    for value in VALUES:
        survive(f"{name}({value})")
        for other in VALUES[::3]:
            survive(f"{name}({value}, {other})")


@RELAXED
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text()
        | st.dates()
        | st.datetimes()
        | st.times()
        | st.timedeltas()
        | st.decimals(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
        max_leaves=20,
    )
)
def test_any_python_value_goes_in_and_comes_out(value):
    from_feel(to_feel(value))
    survive_value = compile_expression("string(x)").evaluate({"x": value})
    assert survive_value is None or isinstance(survive_value, str)
