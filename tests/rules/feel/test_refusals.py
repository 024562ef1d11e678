"""What cannot be read is refused with the place and a sentence; what takes too long is stopped."""

import threading
import time

import pytest

from rules.errors import FeelLimitError, FeelSyntaxError
from rules.feel import Limits, compile_expression, compile_unary_tests, from_feel


@pytest.mark.parametrize(
    ("source", "line", "column", "said"),
    [
        ("1 +", 1, 4, "chưa viết xong"),
        ("[1, 2", 1, 6, "cần “]”"),
        ('"abc', 1, 1, "thiếu dấu đóng"),
        ("1 +\n  * 2", 2, 3, "“*” không đúng chỗ"),
        ("{a: 1, }", 1, 8, "không đúng chỗ"),
        ("1e99999", 1, 1, "quá lớn"),
        ("a between 1", 1, 12, "cần “and”"),
        ("if a then b", 1, 12, "cần “else”"),
        ("1 # 2", 1, 3, "“#”"),
        ('@"2026-02-30"', 1, 2, "không phải ngày"),
        ("/* a", 1, 1, "thiếu dấu đóng */"),
        ("f(a: 1, 2)", 1, 10, ""),
        ("1 2", 1, 3, "“2”"),
    ],
)
def test_syntax_errors_point_at_the_place(source, line, column, said):
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression(source)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert said in str(caught.value)
    assert caught.value.message_en.startswith(f"Line {line}, column {column}: ")


@pytest.mark.parametrize(
    "source",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "[" * 5000,
        "-" * 5000 + "1",
        "1" + "[1]" * 5000,
        "a" + ".b" * 5000,
        "1" + " = 1" * 5000,
        "not(" * 5000,
        "if true then " * 5000,
        "{a:" * 5000,
        "x in (" * 5000,
        "1" * 60_000,
        "function(a) " * 5000,
        "for x in " * 5000,
        "a instance of " + "list<" * 5000,
    ],
)
def test_monstrous_expressions_are_refused(source):
    with pytest.raises((FeelLimitError, FeelSyntaxError)):
        compile_expression(source)


def test_long_flat_expressions_are_fine():
    assert compile_expression(" + ".join(["1"] * 5000)).evaluate({}) == 5000
    assert compile_expression(" and ".join(["true"] * 5000)).evaluate({}) is True


@pytest.mark.parametrize(
    "source",
    [
        "for i in 1..1000000000 return i",
        "for a in 1..10000, b in 1..10000, c in 1..10000 return 1",
        "{f: function(x) f(x + 1), r: f(1)}.r",
        "{f: function(x) f(x) + f(x), r: f(1)}.r",
        "count(for i in 1..100000 return count(for j in 1..100000 return j))",
        'count(for i in 1..60 return if i = 1 then "aaaaaaaaaa" else partial[-1] + partial[-1])',
        "count(for i in 1..60 return if i = 1 then [1, 2] else concatenate(partial[-1], partial[-1]))",
        'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a|aa)+c?$")',
        "sort(for i in 1..100000 return -i, function(x, y) some z in 1..1000 satisfies z > x + y + 1000000)",
        "index of(for i in 1..100000 return {a: i}, {a: 0}) = distinct values(for i in 1..100000 return {a: i})",
    ],
)
def test_endless_work_is_stopped(source):
    began = time.monotonic()
    with pytest.raises(FeelLimitError, match=r"giới hạn|quá sâu"):
        compile_expression(source).evaluate({}, limits=Limits(seconds=1.0))
    assert time.monotonic() - began < 20


def test_deep_data_is_refused_not_fatal():
    value = []
    for _ in range(100_000):
        value = [value]
    with pytest.raises(FeelLimitError):
        compile_expression("x = x").evaluate({"x": value})


def test_one_expression_serves_many_threads():
    expression = compile_expression("sum(for i in 1..200 return i * hệ số / 3)")
    wrong = []

    def work(factor):
        for _ in range(20):
            value = expression.evaluate({"hệ số": factor * 3})
            if value != 20_100 * factor:
                wrong.append((factor, value))

    threads = [threading.Thread(target=work, args=(factor,)) for factor in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_unary_tests():
    tests = {
        "-": (1, True),
        "": (1, True),
        "< 5": (3, True),
        "not(1, 2)": (3, True),
        "[1..3], 7": (7, True),
        '"a", "b"': ("c", False),
        "? > 3": (4, True),
        "count(?) = 2": ([1, 2], True),
        "null": (None, True),
        "true": (True, True),
        "limit": (5, True),
        "> limit": (4, False),
        "[1, 2, 3]": (2, True),
        "> 3": (None, None),
        "not(> 3)": (None, None),
        'starts with(?, "38")': ("380", True),
    }
    for source, (value, verdict) in tests.items():
        assert compile_unary_tests(source).test(value, {"limit": 5}) is verdict, source


@pytest.mark.parametrize(
    "source",
    [
        "for i in 1..40 return partial",
        "(for i in 1..40 return partial) = (for i in 1..40 return partial)",
        "(for i in 1..40 return partial) instance of list<list<list<list<list<list<list<list<list<Any>>>>>>>>>",
    ],
)
def test_small_texts_cannot_ask_for_endless_values(source):
    """Each list holds all before it: forty lines, but a million million values when written out or compared."""
    with pytest.raises(FeelLimitError):
        from_feel(compile_expression(source).evaluate({}))


def test_partial_is_what_was_there_when_it_was_read():
    assert from_feel(compile_expression("for i in 1..3 return partial").evaluate({})) == [[], [[]], [[], [[]]]]
