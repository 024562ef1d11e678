"""From the conditions of a fee table to cells: the limited FEEL of fee tables in disjunctive normal form.

A condition becomes alternatives, each a set of cells by column. What this grammar does not know is refused:
a fee table says only what can be proven. Unknown facts mean here what they mean in FEEL: a comparison with an
unknown number or flag holds in neither direction, an unknown word is none of the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, reduce

from rules.errors import RulesError
from rules.feel import ast, compile_expression
from rules.tables import Among, Cell, Column, Interval, Within

Cells = Mapping[str, Cell]
Alternatives = tuple[Cells, ...]

SUBJECT = "subject"
_ELLIPSIS = "…"  # stands for a part of a comparison; never for the whole place
# Numbers are compared by order only: FEEL calls an unknown number unequal to 18, which no interval can say.
_ORDER = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class UnprovableError(RulesError):
    """A condition is outside the part of FEEL that fee tables may use."""

    code = "unprovable"


@dataclass(frozen=True, slots=True)
class _Atom:
    """One comparison, or its negation."""

    column: str
    cell: Cell
    opposite: Cell


def alternatives(source: str, columns: Mapping[str, Column]) -> Alternatives:
    """The alternatives a condition means over `columns`; no alternative: it never holds.

    Raises UnprovableError for anything but comparisons of documented facts with documented values, `and`,
    `or`, `not(…)`, `in (…)` and `list contains(subject, …)`.
    """
    reader = _Reader(source, columns)
    try:
        tree = _tree(source, frozenset(columns) | {SUBJECT})
    except RulesError as error:
        raise UnprovableError(
            f"Biểu phí không dùng được điều kiện «{source}»: {error.message_vi}",
            f"A fee table cannot use the condition “{source}”: {error.message_en}",
        ) from error
    return reader.read(tree, negated=False)


@lru_cache(maxsize=1024)
def _tree(source: str, names: frozenset[str]) -> ast.Node:
    """A schedule says the same condition of many rows: it is read once."""
    return compile_expression(source, names=names).tree


def subject_column(word: str) -> str:
    """The boolean column that says whether the person is of this subject."""
    return f"{SUBJECT}:{word}"


class _Reader:
    """Turns or / and / not, comparisons, `in (…)`, `list contains(subject, …)` and flags of a FEEL tree into cells."""

    def __init__(self, source: str, columns: Mapping[str, Column]) -> None:
        self._source = source
        self._columns = columns

    def refused(self, where: str) -> UnprovableError:
        where = self._source if where == _ELLIPSIS else where
        return UnprovableError(
            f"Biểu phí không dùng được điều kiện «{self._source}» (vướng ở «{where}»): chỉ so sánh thông tin đã khai "
            "báo với giá trị đã khai báo, nối bằng and, or, not(…), in (…), in [a..b], list contains(subject, …).",
            f"A fee table cannot use the condition “{self._source}” (at “{where}”): compare documented facts with "
            "documented values, joined by and, or, not(…), in (…), in [a..b], list contains(subject, …).",
        )

    def read(self, tree: ast.Node, *, negated: bool) -> Alternatives:
        """The normal form of a part of the condition, or of its negation (De Morgan)."""
        if isinstance(tree, ast.Logic):
            forms = [self.read(part, negated=negated) for part in tree.operands]
            if (tree.op == "or") != negated:
                return tuple(one for form in forms for one in form)
            return reduce(both, forms)
        match tree:
            case ast.Call(ast.Name("not"), (inner,), ()):
                return self.read(inner, negated=not negated)
        atom = self._atom(tree)
        return ({atom.column: atom.opposite if negated else atom.cell},)

    def _atom(self, tree: ast.Node) -> _Atom:
        match tree:
            case ast.Name(name) if self._kind(name) == "boolean":
                return _flag(name)
            case ast.Call(ast.Name("list contains"), (ast.Name("subject"), ast.Literal(str() as word)), ()):
                if subject_column(word) in self._columns:
                    return _flag(subject_column(word))
            case ast.In(ast.Name(name), tests) if self._kind(name) in ("choice", "text"):
                words = frozenset(self._word(self._columns[name], one) for one in tests)
                return _Atom(name, Among(words), Among(words, True))
            case ast.In(ast.Name(name), tests) if self._kind(name) == "integer":
                return _spans(name, [self._span(one, tree) for one in tests])
            case ast.Between(ast.Name(name), low, high) if self._kind(name) == "integer":
                return _spans(name, [self._span(ast.RangeOf(low, high), tree)])
            case ast.Comparison(sign, ast.Name(name), right) if name in self._columns:
                return self._compare(self._columns[name], sign, right, tree)
        raise self.refused(_shown(tree))

    def _kind(self, name: str) -> str:
        return self._columns[name].kind if name in self._columns else ""

    def _word(self, column: Column, tree: ast.Node) -> str:
        match tree:
            case ast.Literal(str() as word) if word in (column.words or (word,)):
                return word
        raise self.refused(_shown(tree))

    def _span(self, test: ast.Node, whole: ast.Node) -> Interval:
        """One test of a number: a range, a comparison or a number."""
        match test:
            case ast.RangeOf(low, high, low_included, high_included):
                first, last = _whole(low), _whole(high)
                if first is not None and last is not None and first <= last:
                    return Interval(first, last, not low_included, not high_included)
            case ast.OpTest(sign, end) if sign in _ORDER:
                value = _whole(end)
                if value is not None:
                    return _numbers(sign, value).intervals[0]
        value = _whole(test)
        if value is None:
            raise self.refused(_shown(whole))
        return Interval(value, value)

    def _compare(self, column: Column, sign: str, right: ast.Node, whole: ast.Node) -> _Atom:
        if column.kind in ("choice", "text") and sign in ("=", "!="):
            words = frozenset([self._word(column, right)])
            return _Atom(column.name, Among(words, sign == "!="), Among(words, sign == "="))
        match right:
            case ast.Literal(bool() as truth) if column.kind == "boolean" and sign == "=":
                return _Atom(column.name, Among(frozenset([truth])), Among(frozenset([truth]), True))
        value = _whole(right)
        if column.kind == "integer" and sign in _ORDER and value is not None:
            return _Atom(column.name, _numbers(sign, value), _numbers(_ORDER[sign], value))
        raise self.refused(_shown(whole))


def _spans(column: str, spans: list[Interval]) -> _Atom:
    """In one of the spans; the opposite is every number in none of them."""
    left: tuple[Interval, ...] = (Interval(),)
    for span in spans:
        before = () if span.low is None else (Interval(high=span.low, high_open=not span.low_open),)
        after = () if span.high is None else (Interval(span.high, low_open=not span.high_open),)
        left = tuple(part for one in left for rest in (*before, *after) if (part := _overlap(one, rest)) is not None)
    return _Atom(column, Within(tuple(spans)), Within(left))


def _whole(tree: ast.Node) -> int | None:
    match tree:
        case ast.Negation(operand):
            value = _whole(operand)
            return None if value is None else -value
        case ast.Literal(Decimal() as number) if number == number.to_integral_value():
            return int(number)
    return None


def _shown(tree: ast.Node) -> str:
    """The part of a condition that cannot be used, as somebody would find it in the text."""
    match tree:
        case ast.Name(name):
            return name
        case ast.Literal(value):
            return f'"{value}"' if isinstance(value, str) else str(value).lower()
        case ast.Comparison(sign, left, right):
            return f"{_shown(left)} {sign} {_shown(right)}"
        case ast.In(value, _):
            return f"{_shown(value)} in (…)"
        case ast.Call(function):
            return f"{_shown(function)}(…)"
    return _ELLIPSIS


def _flag(column: str) -> _Atom:
    return _Atom(column, Among(frozenset([True])), Among(frozenset([False])))


def _numbers(sign: str, value: int) -> Within:
    is_open = "=" not in sign
    one = Interval(high=value, high_open=is_open) if sign.startswith("<") else Interval(value, low_open=is_open)
    return Within((one,))


def both(left: Alternatives, right: Alternatives) -> Alternatives:
    """Alternatives that mean `left` and `right` together; impossible ones are dropped."""
    return tuple(merged for one in left for other in right if (merged := _merge(one, other)) is not None)


def _merge(one: Cells, other: Cells) -> Cells | None:
    merged = dict(one)
    for column, cell in other.items():
        found = intersect(merged[column], cell) if column in merged else cell
        if found is None:
            return None
        merged[column] = found
    return merged


def intersect(one: Cell, other: Cell) -> Cell | None:
    """The cell that accepts what both accept; None when that is nothing."""
    if isinstance(one, Among) and isinstance(other, Among):
        return _intersect_words(one, other)
    if isinstance(one, Within) and isinstance(other, Within):
        pairs = [_overlap(a, b) for a in one.intervals for b in other.intervals]
        found = tuple(pair for pair in pairs if pair is not None)
        return Within(found) if found else None
    return None


def _intersect_words(one: Among, other: Among) -> Among | None:
    if one.negated and other.negated:
        return Among(one.words | other.words, True)
    if not one.negated and not other.negated:
        words = one.words & other.words
    else:
        words = other.words - one.words if one.negated else one.words - other.words
    return Among(words) if words else None


def _overlap(one: Interval, other: Interval) -> Interval | None:
    low, low_open = max(((end.low, end.low_open) for end in (one, other) if end.low is not None), default=(None, False))
    high, closed = min(
        ((end.high, not end.high_open) for end in (one, other) if end.high is not None), default=(None, True)
    )
    found = Interval(low, high, low_open, not closed)
    if low is None or high is None:
        return found
    return found if low < high or (low == high and not low_open and closed) else None
