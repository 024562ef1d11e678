"""Built-ins that compare points and ranges in time or number: before, meets, overlaps and their like."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from rules.feel.builtins.registry import builtin
from rules.feel.operations.compare import Truth, both, compare, contains, equal
from rules.feel.values.temporal_text import parse_at_literal
from rules.feel.values.values import NUMBERS, Range

_PointRange = Callable[[object, Range], Truth]
_TwoRanges = Callable[[Range, Range], Truth]


def _point(value: object) -> bool:
    return not isinstance(value, Range) and compare("<=", value, value) is not None


def _declare(
    name: str,
    *,
    points: Callable[[object, object], Truth] | None = None,
    point_range: _PointRange | None = None,
    range_point: Callable[[Range, object], Truth] | None = None,
    ranges: _TwoRanges | None = None,
    names: tuple[str, ...],
) -> None:
    """Declare the forms a function has; ``names`` are "a b" pairs of parameter names, one per form."""

    def call(left: object, right: object) -> object:
        if isinstance(left, Range):
            if isinstance(right, Range):
                return ranges(left, right) if ranges else None
            return range_point(left, right) if range_point and _point(right) else None
        if not _point(left):
            return None
        if isinstance(right, Range):
            return point_range(left, right) if point_range else None
        return points(left, right) if points and _point(right) else None

    for pair in names:
        first, second = pair.split()
        builtin(name, f"{first}: any", f"{second}: any")(call)


def _all(*truths: Truth) -> Truth:
    result: Truth = True
    for truth in truths:
        result = both(result, truth)
    return result


def _either(left: Truth, right: Truth) -> Truth:
    if left is True or right is True:
        return True
    return None if left is None or right is None else False


def _before_point(span: Range, point: object) -> Truth:
    return _either(compare("<", span.high, point), both(equal(span.high, point), not span.high_included))


def _after_point(span: Range, point: object) -> Truth:
    return _either(compare(">", span.low, point), both(equal(span.low, point), not span.low_included))


def _before(left: Range, right: Range) -> Truth:
    touching = both(equal(left.high, right.low), not (left.high_included and right.low_included))
    return _either(compare("<", left.high, right.low), touching)


def _meets(left: Range, right: Range) -> Truth:
    return both(left.high_included and right.low_included, equal(left.high, right.low))


def _starts_no_later(left: Range, right: Range) -> Truth:
    return _either(
        compare("<", left.low, right.low), both(equal(left.low, right.low), left.low_included or not right.low_included)
    )


def _ends_no_earlier(left: Range, right: Range) -> Truth:
    return _either(
        compare(">", left.high, right.high),
        both(equal(left.high, right.high), left.high_included or not right.high_included),
    )


def _includes(left: Range, right: Range) -> Truth:
    return both(_starts_no_later(left, right), _ends_no_earlier(left, right))


def _reaches(left: Range, right: Range) -> Truth:
    """Does the end of left reach into right?"""
    return _either(
        compare(">", left.high, right.low), both(equal(left.high, right.low), left.high_included and right.low_included)
    )


def _overlaps(left: Range, right: Range) -> Truth:
    return both(_reaches(left, right), _reaches(right, left))


def _overlaps_before(left: Range, right: Range) -> Truth:
    starts_before = _either(
        compare("<", left.low, right.low),
        both(equal(left.low, right.low), left.low_included and not right.low_included),
    )
    ends_before = _either(
        compare("<", left.high, right.high),
        both(equal(left.high, right.high), not left.high_included or right.high_included),
    )
    return _all(starts_before, _reaches(left, right), ends_before)


def _overlaps_after(left: Range, right: Range) -> Truth:
    starts_after = _either(
        compare(">", left.low, right.low),
        both(equal(left.low, right.low), right.low_included and not left.low_included),
    )
    starts_inside = _reaches(right, left)
    ends_after = _either(
        compare(">", left.high, right.high),
        both(equal(left.high, right.high), left.high_included and not right.high_included),
    )
    ends_later = _either(ends_after, both(equal(left.high, right.high), left.high_included == right.high_included))
    return _all(starts_after, starts_inside, ends_later)


def _finishes(left: Range, right: Range) -> Truth:
    same_end = both(equal(left.high, right.high), left.high_included == right.high_included)
    starts_later = _either(
        compare(">", left.low, right.low), both(equal(left.low, right.low), not left.low_included or right.low_included)
    )
    return both(same_end, starts_later)


def _starts(left: Range, right: Range) -> Truth:
    same_start = both(equal(left.low, right.low), left.low_included == right.low_included)
    ends_earlier = _either(
        compare("<", left.high, right.high),
        both(equal(left.high, right.high), not left.high_included or right.high_included),
    )
    return both(same_start, ends_earlier)


def _coincides(left: Range, right: Range) -> Truth:
    brackets = left.low_included == right.low_included and left.high_included == right.high_included
    return _all(equal(left.low, right.low), equal(left.high, right.high), brackets)


_RANGES = "range1 range2"
_declare(
    "before",
    points=lambda a, b: compare("<", a, b),
    point_range=lambda p, r: _after_point(r, p),
    range_point=_before_point,
    ranges=_before,
    names=("point1 point2", "point range", "range point", _RANGES),
)
_declare(
    "after",
    points=lambda a, b: compare(">", a, b),
    point_range=lambda p, r: _before_point(r, p),
    range_point=_after_point,
    ranges=lambda a, b: _before(b, a),
    names=("point1 point2", "point range", "range point", _RANGES),
)
_declare("meets", ranges=_meets, names=(_RANGES,))
_declare("met by", ranges=lambda a, b: _meets(b, a), names=(_RANGES,))
_declare("overlaps", ranges=_overlaps, names=(_RANGES,))
_declare("overlaps before", ranges=_overlaps_before, names=(_RANGES,))
_declare("overlaps after", ranges=_overlaps_after, names=(_RANGES,))
_declare(
    "finishes",
    point_range=lambda p, r: both(r.high_included, equal(p, r.high)),
    ranges=_finishes,
    names=("point range", _RANGES),
)
_declare(
    "finished by",
    range_point=lambda r, p: both(r.high_included, equal(p, r.high)),
    ranges=lambda a, b: _finishes(b, a),
    names=("range point", _RANGES),
)
_declare("includes", range_point=contains, ranges=_includes, names=("range point", _RANGES))
_declare(
    "during",
    point_range=lambda p, r: contains(r, p),
    ranges=lambda a, b: _includes(b, a),
    names=("point range", _RANGES),
)
_declare(
    "starts",
    point_range=lambda p, r: both(r.low_included, equal(p, r.low)),
    ranges=_starts,
    names=("point range", _RANGES),
)
_declare(
    "started by",
    range_point=lambda r, p: both(r.low_included, equal(p, r.low)),
    ranges=lambda a, b: _starts(b, a),
    names=("range point", _RANGES),
)
_declare("coincides", points=lambda a, b: equal(a, b), ranges=_coincides, names=("point1 point2", _RANGES))

_RANGE_TEXT = re.compile(r"\s*([\[(\]])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])\[])\s*", re.DOTALL)
_END_TEXT = re.compile(
    r'"(?P<text>[^"]*)"|(?P<number>-?(?:\d+(?:\.\d+)?|\.\d+))|@"(?P<at>[^"]*)"'
    r'|(?:date|time|date and time|duration)\(\s*"(?P<call>[^"]*)"\s*\)'
)


def _end(text: str) -> tuple[bool, object]:
    """One end of a range text: was it readable, and its value (None for an open end)."""
    if not text:
        return True, None
    match = _END_TEXT.fullmatch(text)
    if match is None:
        return False, None
    if match["text"] is not None:
        return True, match["text"]
    if match["number"] is not None:
        return True, NUMBERS.create_decimal(Decimal(match["number"]))
    value = parse_at_literal(match["at"] if match["at"] is not None else match["call"])
    return value is not None, value


@builtin("range", "from: string")
def _range(text: str) -> object:
    match = _RANGE_TEXT.fullmatch(text)
    if match is None:
        return None
    (low_ok, low), (high_ok, high) = _end(match[2]), _end(match[3])
    low_included, high_included = match[1] == "[", match[4] == "]"
    if not low_ok or not high_ok or (low is None and high is None):
        return None
    if (low is None and low_included) or (high is None and high_included):
        return None
    if low is None:
        return Range(None, high, False, high_included, "<=" if high_included else "<")
    if high is None:
        return Range(low, None, low_included, False, ">=" if low_included else ">")
    return Range(low, high, low_included, high_included) if compare("<=", low, high) is True else None
