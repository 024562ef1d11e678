"""From the conditions of a fee table to cells: the limited FEEL of fee tables in disjunctive normal form.

A condition becomes alternatives, each a set of cells by column. What this grammar does not know is refused:
a fee table says only what can be proven. Unknown facts mean here what they mean in FEEL: a comparison with an
unknown number or flag holds in neither direction, an unknown word is none of the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rules.errors import RulesError
from rules.tables import Among, Cell, Column, Interval, Within

Cells = Mapping[str, Cell]
Alternatives = tuple[Cells, ...]

SUBJECT = "subject"
_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|list contains|<=|>=|!=|[()<>=,]|-?\d+(?:\.\d+)?|\w+)')
_SIGNS = ("<", "<=", ">", ">=", "=", "!=")
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


_Tree = _Atom | tuple[str, tuple["_Tree", ...]]
_Reader = Callable[[], _Tree]


def alternatives(source: str, columns: Mapping[str, Column]) -> Alternatives:
    """The alternatives a condition means over `columns`; no alternative: it never holds.

    Raises UnprovableError for anything but comparisons of documented facts with documented values, `and`,
    `or`, `not(…)`, `in (…)` and `list contains(subject, …)`.
    """
    parser = _Parser(source, columns)
    tree = parser.disjunction()
    if parser.peek() is not None:
        raise parser.refused()
    return _normal_form(tree, False)


def subject_column(word: str) -> str:
    """The boolean column that says whether the person is of this subject."""
    return f"{SUBJECT}:{word}"


class _Parser:
    """Reads or / and / not, comparisons, `in (…)`, `list contains(subject, …)` and flags."""

    def __init__(self, source: str, columns: Mapping[str, Column]) -> None:
        self._source = source
        self._tokens = _tokens(source)
        self._at = 0
        self._columns = columns

    def refused(self) -> UnprovableError:
        where = self.peek() or "…"
        return UnprovableError(
            f"Biểu phí không dùng được điều kiện «{self._source}» (vướng ở «{where}»): chỉ so sánh thông tin đã khai "
            "báo với giá trị đã khai báo, nối bằng and, or, not(…), in (…), list contains(subject, …).",
            f"A fee table cannot use the condition “{self._source}” (at “{where}”): compare documented facts with "
            "documented values, joined by and, or, not(…), in (…), list contains(subject, …).",
        )

    def peek(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def take(self, *expected: str) -> str:
        piece = self.peek()
        if piece is None or (expected and piece not in expected):
            raise self.refused()
        self._at += 1
        return piece

    def disjunction(self) -> _Tree:
        return self._many("or", self.conjunction)

    def conjunction(self) -> _Tree:
        return self._many("and", self.term)

    def _many(self, word: str, read: _Reader) -> _Tree:
        parts = [read()]
        while self.peek() == word:
            self.take(word)
            parts.append(read())
        return parts[0] if len(parts) == 1 else (word, tuple(parts))

    def term(self) -> _Tree:
        piece = self.take()
        if piece == "not":
            self.take("(")
            inner = self.disjunction()
            self.take(")")
            return ("not", (inner,))
        if piece == "(":
            inner = self.disjunction()
            self.take(")")
            return inner
        return self._contains() if piece == "list contains" else self._comparison(piece)

    def _contains(self) -> _Atom:
        self.take("(")
        self.take(SUBJECT)
        self.take(",")
        column = subject_column(_unquoted(self.take()))
        if column not in self._columns:
            raise self.refused()
        self.take(")")
        return _flag(column)

    def _comparison(self, name: str) -> _Atom:
        column = self._columns.get(name)
        if column is None:
            raise self.refused()
        if self.peek() == "in":
            return self._in(column)
        if self.peek() in _SIGNS:
            return self._compare(column, self.take(), self.take())
        if column.kind == "boolean":
            return _flag(name)
        raise self.refused()

    def _in(self, column: Column) -> _Atom:
        self.take("in")
        self.take("(")
        words = [self._word(column, self.take())]
        while self.take(",", ")") == ",":
            words.append(self._word(column, self.take()))
        return _Atom(column.name, Among(frozenset(words)), Among(frozenset(words), True))

    def _word(self, column: Column, piece: str) -> str:
        word = _unquoted(piece)
        if column.kind not in ("choice", "text") or not piece.startswith('"') or word not in (column.words or (word,)):
            raise self.refused()
        return word

    def _compare(self, column: Column, sign: str, literal: str) -> _Atom:
        if column.kind in ("choice", "text") and sign in ("=", "!="):
            words = frozenset([self._word(column, literal)])
            return _Atom(column.name, Among(words, sign == "!="), Among(words, sign == "="))
        if column.kind == "boolean" and sign == "=" and literal in ("true", "false"):
            wanted = frozenset([literal == "true"])
            return _Atom(column.name, Among(wanted), Among(wanted, True))
        if column.kind == "integer" and sign in _ORDER and literal.lstrip("-").isdigit():
            value = int(literal)
            return _Atom(column.name, _numbers(sign, value), _numbers(_ORDER[sign], value))
        raise self.refused()


def _tokens(source: str) -> list[str]:
    found, at, text = [], 0, source.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return [""]
        found.append(match[1])
        at = match.end()
    return found


def _unquoted(piece: str) -> str:
    return piece[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def _flag(column: str) -> _Atom:
    return _Atom(column, Among(frozenset([True])), Among(frozenset([False])))


def _numbers(sign: str, value: int) -> Within:
    is_open = "=" not in sign
    one = Interval(high=value, high_open=is_open) if sign.startswith("<") else Interval(value, low_open=is_open)
    return Within((one,))


def _normal_form(tree: _Tree, negated: bool) -> Alternatives:
    if isinstance(tree, _Atom):
        return ({tree.column: tree.opposite if negated else tree.cell},)
    word, parts = tree
    if word == "not":
        return _normal_form(parts[0], not negated)
    forms = [_normal_form(part, negated) for part in parts]
    if (word == "or") != negated:
        return tuple(one for form in forms for one in form)
    found: Alternatives = ({},)
    for form in forms:
        found = both(found, form)
    return found


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
