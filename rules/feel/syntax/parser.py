"""Reads FEEL by precedence: or, and, comparison, + -, * /, **, minus, instance of, paths and calls."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from rules.feel.limits import DEFAULT, refuse
from rules.feel.syntax.ast import (
    Between,
    Call,
    Chain,
    Comparison,
    Filter,
    In,
    InstanceOf,
    Literal,
    Logic,
    Negation,
    Node,
    OpTest,
    Path,
    RangeOf,
    Tests,
)
from rules.feel.syntax.lexicon import Lexicon
from rules.feel.syntax.names import BUILTIN_LEXICON
from rules.feel.syntax.parser_primary import PrimaryReader

_COMPARISON = 3
_ADDITION = 4
_POWERS = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 3,
    "<=": 3,
    ">": 3,
    ">=": 3,
    "between": 3,
    "in": 3,
    "instance": 3,
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    "**": 6,
}
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_ENDS_RANGE = frozenset(
    {
        ")",
        ".",
        ",",
        "}",
        "]",
        "",
        "and",
        "or",
        "then",
        "else",
        "return",
        "satisfies",
        "=",
        "!=",
        "<",
        ">",
        "<=",
        ">=",
        "in",
    }
)


class ExpressionReader(PrimaryReader):
    """Reads one expression or the unary tests of one cell."""

    def expression(self) -> Node:
        """Any expression."""
        self.deeper()
        found = self._binary(1)
        self.depth -= 1
        return found

    def addition(self) -> Node:
        """An expression without comparison or logic: a + b - c."""
        return self._binary(_ADDITION)

    def _binary(self, floor: int) -> Node:
        test = floor <= _COMPARISON and self.is_op(*_COMPARISONS)
        left = self._op_test() if test else self._unary()
        while True:
            token = self.token
            power = _POWERS.get(token.text, 0) if token.kind in {"op", "name"} else 0
            if power < floor or not power:
                return left
            left = self._compare(left) if power == _COMPARISON else self._join(left, power)

    def _join(self, left: Node, power: int) -> Node:
        if power < _COMPARISON:
            word = self.token.text
            operands = [left]
            while self.is_word(word):
                self.take()
                operands.append(self._binary(power + 1))
            return Logic(word, tuple(operands))
        rest: list[tuple[str, Node]] = []
        while self.token.kind == "op" and _POWERS.get(self.token.text) == power:
            rest.append((self.take().text, self._binary(power + 1)))
        return Chain(left, tuple(rest))

    def _compare(self, left: Node) -> Node:
        self._grow()
        if self.is_word("between"):
            return self._between(left)
        if self.is_word("in"):
            self.take()
            return In(left, self._in_tests())
        if self.is_word("instance"):
            return self._instance_of(left)
        return Comparison(self.take().text, left, self.addition())

    def _grow(self) -> None:
        # A long tail (a = b = c …) makes the tree deep without nesting brackets.
        self.tail += 1
        if self.tail > self.max_depth:
            refuse("biểu thức quá dài", "the expression is too long")

    def _between(self, value: Node) -> Node:
        self.take()
        low = self.addition()
        self.expect("and")
        return Between(value, low, self.addition())

    def _instance_of(self, value: Node) -> Node:
        self.take()
        self.expect("of")
        return InstanceOf(value, self.read_type())

    def _in_tests(self) -> tuple[Node, ...]:
        if not self.is_op("("):
            return (self._op_test() if self.is_op(*_COMPARISONS) else self.addition(),)
        self.take()
        first = self.unary_test()
        if self.is_op(".."):
            return (self.finish_range(first, low_included=False),)
        tests = [first]
        while self.accept(","):
            tests.append(self.unary_test())
        self.expect(")")
        return tuple(tests)

    def _op_test(self) -> Node:
        op = self.take().text
        return OpTest(op, self.addition())

    def _unary(self) -> Node:
        if not self.is_op("-"):
            return self._postfix(self.primary())
        self.take()
        self.deeper()
        operand = self._unary()
        self.depth -= 1
        return Negation(operand)

    def _postfix(self, value: Node) -> Node:
        start = self.depth
        while True:
            if self.is_op(".") and self.peek().kind == "name":
                self.take()
                value = Path(value, self.read_name())
            elif self.is_op("[") and not self._range_closes_here():
                self.take()
                value = Filter(value, self.expression())
                self.expect("]")
            elif self.is_op("("):
                value = self._call(value)
            else:
                self.depth = start
                return value
            self.deeper()

    def _range_closes_here(self) -> bool:
        # In ]1..5[ the last bracket closes the range; after a value it could also open a filter.
        return self.in_range > 0 and self.peek().text in _ENDS_RANGE and self.peek().kind != "string"

    def _call(self, function: Node) -> Node:
        self.expect("(")
        outer, self.in_range = self.in_range, 0
        if self._named_argument_ahead():
            found: Node = Call(function, named=tuple(self._named_arguments()))
        else:
            found = Call(function, tuple(self.many(")", self.expression)))
        self.expect(")")
        self.in_range = outer
        return found

    def _named_argument_ahead(self) -> bool:
        ahead = 0
        while self.peek(ahead).kind in {"name", "number"} and ahead < 12:
            ahead += 1
        if ahead and self.peek(ahead).text == ":":
            return True
        count = self.lexicon.match(self.tokens, self.index)[1]
        return bool(count) and self.peek(count).text == ":"

    def _named_arguments(self) -> list[tuple[str, Node]]:
        named: list[tuple[str, Node]] = []
        while True:
            name = self.read_new_name(":")
            self.expect(":")
            named.append((name, self.expression()))
            if not self.accept(","):
                return named

    # Unary tests

    def unary_test(self) -> Node:
        """One test: ``< 5``, a range, or an expression (which may use ``?``)."""
        return self.expression()

    def unary_tests(self) -> Tests:
        """A whole cell: ``-``, tests with commas, or not(tests)."""
        if self.is_op("-") and self.peek().kind == "end":
            self.take()
            return Tests(())
        negated = self.is_word("not") and self.peek().text == "("
        if negated:
            self.index += 2
        tests = [self.unary_test()]
        while self.accept(","):
            tests.append(self.unary_test())
        if negated:
            self.expect(")")
        return Tests(tuple(tests), negated)

    def finish_range(self, low: Node, *, low_included: bool) -> Node:
        """The rest of a range after its low end: ``..`` high bracket."""
        self.expect("..")
        self.in_range += 1
        high = self.addition()
        self.in_range -= 1
        if self.is_op("]"):
            self.take()
            return RangeOf(low, high, low_included, True)
        if not self.is_op(")", "["):
            raise self.unexpected()
        self.take()
        return RangeOf(low, high, low_included, False)


def _reader(source: str, names: Collection[str] | Lexicon, depth: int) -> ExpressionReader:
    if len(source) > DEFAULT.source_chars:
        refuse("biểu thức quá dài", "the expression is too long")
    shared = names if isinstance(names, Lexicon) else _declared(frozenset(names))
    return ExpressionReader(source, Lexicon((), shared), depth)


@lru_cache(maxsize=64)
def _declared(names: frozenset[str]) -> Lexicon:
    """The names of one office, model or table: the same for hundreds of expressions in a row."""
    return Lexicon(sorted(names), BUILTIN_LEXICON)


def parse_expression(source: str, names: Collection[str] | Lexicon = (), depth: int = DEFAULT.depth) -> Node:
    """The tree of an expression; a Lexicon as ``names`` is shared by many expressions of one model."""
    reader = _reader(source, names, depth)
    if reader.token.kind == "end":
        return Literal(None)
    found = reader.expression()
    if reader.token.kind != "end":
        raise reader.unexpected()
    return found


def parse_unary_tests(source: str, names: Collection[str] | Lexicon = (), depth: int = DEFAULT.depth) -> Tests:
    """The tree of a table cell."""
    reader = _reader(source, names, depth)
    if reader.token.kind == "end":
        return Tests(())
    found = reader.unary_tests()
    if reader.token.kind != "end":
        raise reader.unexpected()
    return found
