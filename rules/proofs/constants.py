"""Conditions of DMN cells as sets of words and intervals; those that hold more than constants cannot be proven."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from rules.errors import RulesError
from rules.feel import BUILTINS as _BUILTINS
from rules.feel import (
    DaysTimeDuration,
    Expression,
    Lexicon,
    Range,
    YearsMonthsDuration,
    ast,
    compile_unary_tests,
    free_names,
)
from rules.tables import Among, Cell, Interval, Within


class NotConstantError(Exception):
    """The condition depends on more than the tested value."""


_KINDS: Mapping[type, str] = {
    str: "text",
    bool: "boolean",
    Decimal: "number",
    date: "date",
    DaysTimeDuration: "days",
    YearsMonthsDuration: "months",
}


def read_condition(text: str, lexicon: Lexicon) -> tuple[Cell | None, frozenset[str]]:
    """The cell (None: it accepts anything) and the kinds of its values; raises NotConstantError."""
    if text.strip() in ("", "-"):
        return None, frozenset()
    try:
        tree = compile_unary_tests(text, names=lexicon).tree
    except RulesError:
        raise NotConstantError from None
    if not tree.tests:
        return None, frozenset()
    tests = [one for test in tree.tests for one in _alternatives(test)]
    kinds = frozenset(kind for _, kind in tests if kind)
    if len(kinds) > 1:
        raise NotConstantError
    return _cell([one for one, kind in tests if kind], kinds, tree.negated), kinds


def constant(node: ast.Node) -> object:
    """The value of a tree that needs nothing from outside; raises NotConstantError."""
    if free_names(node) - _BUILTINS.keys():
        raise NotConstantError
    try:
        return Expression("", node).evaluate({})
    except RulesError:
        raise NotConstantError from None


def ordinal(value: object) -> int | Decimal:
    """A value with an order as the number that stands for it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 10**18 else value
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, DaysTimeDuration):
        return value.nanos
    if isinstance(value, YearsMonthsDuration):
        return value.months
    raise NotConstantError


def _alternatives(test: ast.Node) -> Iterator[tuple[str | bool | Interval, str]]:
    """Each way to meet a test with the kind of its values; ("", "") for null, which no known value meets."""
    if isinstance(test, ast.OpTest):
        yield _compared(test.op, constant(test.endpoint))
        return
    value = constant(test)
    if value is None and not isinstance(test, ast.Literal):
        raise NotConstantError
    for one in value if isinstance(value, list) else [value]:
        yield _one(one)


def _one(value: object) -> tuple[str | bool | Interval, str]:
    if value is None:
        return "", ""
    if isinstance(value, (str, bool)):
        return value, _KINDS[type(value)]
    if isinstance(value, Range):
        return _within(value)
    at = ordinal(value)
    return Interval(at, at), _KINDS[type(value)]


def _compared(op: str, end: object) -> tuple[str | bool | Interval, str]:
    if isinstance(end, (str, bool)) and op == "=":
        return end, _KINDS[type(end)]
    at = ordinal(end)
    kind = _KINDS[type(end)]
    if op == "=":
        return Interval(at, at), kind
    if op == "!=":
        raise NotConstantError
    return (Interval(high=at, high_open=op == "<") if op[0] == "<" else Interval(at, low_open=op == ">")), kind


def _within(span: Range) -> tuple[str | bool | Interval, str]:
    if span.op is not None:
        return _compared(span.op, span.low if span.op in (">", ">=", "=", "!=") else span.high)
    low, high = ordinal(span.low), ordinal(span.high)
    if type(span.low) is not type(span.high):
        raise NotConstantError
    return Interval(low, high, not span.low_included, not span.high_included), _KINDS[type(span.low)]


def _cell(tests: list[str | bool | Interval], kinds: frozenset[str], negated: bool) -> Cell | None:
    if not kinds:
        return None if negated else Among(frozenset())
    if kinds <= {"text", "boolean"}:
        return Among(frozenset(one for one in tests if not isinstance(one, Interval)), negated)
    spans = [one for one in tests if isinstance(one, Interval)]
    return Within(tuple(_outside(spans))) if negated else Within(tuple(spans))


def _outside(spans: list[Interval]) -> list[Interval]:
    """What lies in none of the intervals."""
    left = [Interval()]
    for span in spans:
        left = [rest for one in left for rest in _without(one, span)]
    return left


def _without(one: Interval, cut: Interval) -> Iterator[Interval]:
    """The parts of an interval before and after another."""
    if cut.low is not None:
        high, opened = cut.low, not cut.low_open
        if one.high is not None and (one.high < high or (one.high == high and one.high_open)):
            high, opened = one.high, one.high_open
        yield Interval(one.low, high, one.low_open, opened)
    if cut.high is not None:
        low, opened = cut.high, not cut.high_open
        if one.low is not None and (one.low > low or (one.low == low and one.low_open)):
            low, opened = one.low, one.low_open
        yield Interval(low, one.high, opened, one.high_open)
