"""Equality and order of FEEL values in three-valued logic: True, False, or None for "cannot be said"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import ge, gt, le, lt

from rules.feel.operations.scope import current_run
from rules.feel.values.temporal import FarDate, FeelDateTime, FeelTime, epoch_day, instant_nanos, time_offset
from rules.feel.values.values import NANOS, DaysTimeDuration, Function, Range, YearsMonthsDuration

Truth = bool | None
_ORDERS: dict[str, Callable[[int | Decimal | str, int | Decimal | str], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def kind_of(value: object) -> str:
    """The FEEL type of a value."""
    return _KINDS.get(type(value)) or next((name for cls, name in _KINDS.items() if isinstance(value, cls)), "unknown")


_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    date: "date",
    FarDate: "date",
    FeelTime: "time",
    FeelDateTime: "date and time",
    DaysTimeDuration: "days and time duration",
    YearsMonthsDuration: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}


def equal(left: object, right: object) -> Truth:
    """``left = right``; values of different kinds cannot be compared (None), null equals only null."""
    if left is None or right is None:
        return left is right
    kind = kind_of(left)
    if kind != kind_of(right):
        return _equal_mixed(left, right)
    special = _EQUALS.get(kind)
    return bool(left == right) if special is None else special(left, right)


def _equal_mixed(left: object, right: object) -> Truth:
    # A list of one element counts as the element (and the other way round).
    if isinstance(left, list) and len(left) == 1 and not isinstance(left[0], list):
        return equal(left[0], right)
    if isinstance(right, list) and len(right) == 1 and not isinstance(right[0], list):
        return equal(left, right[0])
    return None


def _equal_lists(left: list[object], right: list[object]) -> Truth:
    if len(left) != len(right):
        return False
    # Lists may hold one another many times over: forty lines of text can ask for a year of comparing.
    current_run().meter.tick()
    return all(equal(a, b) is True for a, b in zip(left, right, strict=True))


def _equal_contexts(left: dict[str, object], right: dict[str, object]) -> Truth:
    if left.keys() != right.keys():
        return False
    current_run().meter.tick()
    return all(equal(value, right[key]) is True for key, value in left.items())


def _equal_ranges(left: Range, right: Range) -> Truth:
    if (left.op, left.low_included, left.high_included) != (right.op, right.low_included, right.high_included):
        return False
    return equal(left.low, right.low) is True and equal(left.high, right.high) is True


def _equal_times(left: FeelTime, right: FeelTime) -> Truth:
    (a, a_known), (b, b_known) = time_key(left), time_key(right)
    # The standard compares hour, minute, second and offset: fractions of a second do not count.
    return a_known == b_known and a // NANOS == b // NANOS


def _equal_moments(left: FeelDateTime, right: FeelDateTime) -> Truth:
    (a, a_known), (b, b_known) = instant_nanos(left), instant_nanos(right)
    return a_known == b_known and a // NANOS == b // NANOS


def time_key(time: FeelTime) -> tuple[int, bool]:
    """Nanoseconds since midnight UTC, and whether the offset is known."""
    offset = time_offset(time)
    return time.nanos_of_day - (offset or 0) * NANOS, offset is not None


_EQUALS: dict[str, Callable[..., Truth]] = {
    "list": _equal_lists,
    "context": _equal_contexts,
    "range": _equal_ranges,
    "time": _equal_times,
    "date and time": _equal_moments,
    "function": lambda left, right: left is right,
}


def order_key(value: object) -> tuple[str, int | Decimal | str] | None:
    """What to compare by: the kind and a sortable value; None for values without order."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (Decimal, str)):
        return kind_of(value), value
    if isinstance(value, (date, FarDate)):
        return "date", epoch_day(value)
    if isinstance(value, DaysTimeDuration):
        return "days", value.nanos
    if isinstance(value, YearsMonthsDuration):
        return "months", value.months
    return _clock_key(value)


def _clock_key(value: object) -> tuple[str, int] | None:
    if isinstance(value, FeelTime):
        nanos, known = time_key(value)
        return ("time" if known else "local time"), nanos
    if isinstance(value, FeelDateTime):
        nanos, known = instant_nanos(value)
        return ("moment" if known else "local moment"), nanos
    return None


def compare(op: str, left: object, right: object) -> Truth:
    """``left < right`` and its like; None for values that have no common order."""
    if type(left) is Decimal and type(right) is Decimal:
        return _ORDERS[op](left, right)
    a, b = order_key(single(left)), order_key(single(right))
    if a is None or b is None:
        return None
    # A date and a moment have no common order: midnight in which zone? Convert one of them in the expression.
    return _ORDERS[op](a[1], b[1]) if a[0] == b[0] else None


def single(value: object) -> object:
    """The element of a list of one; anything else as it is."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def relate(op: str, left: object, right: object) -> Truth:
    """Any of the six comparisons."""
    if op == "=":
        return equal(left, right)
    if op == "!=":
        same = equal(left, right)
        return None if same is None else not same
    return compare(op, left, right)


def both(left: Truth, right: Truth) -> Truth:
    """Three-valued ``and``."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def contains(span: Range, value: object) -> Truth:
    """Does the range contain the value?"""
    if value is None:
        return None
    if span.op is not None:
        return relate(span.op, value, span.low if span.op in {">", ">=", "=", "!="} else span.high)
    low = compare(">=" if span.low_included else ">", value, span.low)
    return both(low, compare("<=" if span.high_included else "<", value, span.high))


def matches(value: object, test: object) -> Truth:
    """Does a value satisfy the value of a unary test: equal to it, in the range, or one of the list?"""
    if isinstance(test, Range) and not isinstance(value, Range):
        return contains(test, value)
    if isinstance(test, list):
        return _matches_list(value, test)
    return equal(value, test)


def _matches_list(value: object, tests: list[object]) -> Truth:
    if isinstance(value, list) and equal(value, tests) is True:
        return True
    unknown = False
    for test in tests:
        within = isinstance(test, Range) and not isinstance(value, Range)
        found = contains(test, value) if within and isinstance(test, Range) else equal(value, test)
        if found is True:
            return True
        unknown = unknown or (found is None and test is not None)
    return None if unknown and value is None else False
