"""Reads what an expression starts with: literals, names, brackets, if, for, some, every, function."""

from __future__ import annotations

from rules.feel.syntax.ast import (
    ContextOf,
    For,
    FunctionOf,
    If,
    Iterator,
    ListOf,
    Literal,
    Name,
    Node,
    Parameter,
    Quantified,
)
from rules.feel.syntax.lexer import KEYWORDS, unescape
from rules.feel.syntax.lexicon import Lexicon
from rules.feel.syntax.parser_base import TokenReader
from rules.feel.values.temporal_text import parse_at_literal
from rules.feel.values.values import to_number

_CONSTANTS = {"true": True, "false": False, "null": None}


class PrimaryReader(TokenReader):
    """The innermost pieces; ``expression`` and ``addition`` come from the reader of precedence."""

    def __init__(self, source: str, lexicon: Lexicon, depth: int) -> None:
        super().__init__(source, lexicon, depth)
        self.in_range = 0
        self.tail = 0

    def expression(self) -> Node:
        """Any expression."""
        raise self.unexpected()

    def addition(self) -> Node:
        """An expression without comparison or logic."""
        raise self.unexpected()

    def finish_range(self, low: Node, *, low_included: bool) -> Node:
        """The rest of a range."""
        raise self.unexpected()

    def primary(self) -> Node:
        """One value."""
        token = self.token
        if token.kind == "number":
            return self._number()
        if token.kind == "string":
            self.take()
            return Literal(unescape(token.text))
        return self._word() if token.kind == "name" else self._bracket()

    def _number(self) -> Node:
        number = to_number(self.token.text)
        if number is None:
            raise self.error("số quá lớn.", "the number is too large.")
        self.take()
        return Literal(number)

    def _bracket(self) -> Node:
        outer, self.in_range = self.in_range, 0
        readers = {
            "(": self._parenthesis,
            "[": self._list_or_range,
            "{": self._context,
            "@": self._at_literal,
            "]": self._open_range,
        }
        reader = readers.get(self.token.text) if self.token.kind == "op" else None
        if reader is None:
            raise self.unexpected()
        found = reader()
        self.in_range = outer
        return found

    def _parenthesis(self) -> Node:
        self.expect("(")
        found = self.expression()
        if self.is_op(".."):
            return self.finish_range(found, low_included=False)
        self.expect(")")
        return found

    def _open_range(self) -> Node:
        self.expect("]")
        return self.finish_range(self.addition(), low_included=False)

    def _list_or_range(self) -> Node:
        self.expect("[")
        if self.accept("]"):
            return ListOf(())
        first = self.expression()
        if self.is_op(".."):
            return self.finish_range(first, low_included=True)
        elements = [first]
        while self.accept(","):
            elements.append(self.expression())
        self.expect("]")
        return ListOf(tuple(elements))

    def _context(self) -> Node:
        self.expect("{")
        entries = self.many("}", self._entry)
        self.expect("}")
        return ContextOf(tuple(entries))

    def _entry(self) -> tuple[str, Node]:
        key = self.read_key()
        self.expect(":")
        return key, self.expression()

    def _at_literal(self) -> Node:
        self.expect("@")
        if self.token.kind != "string":
            raise self.unexpected()
        value = parse_at_literal(unescape(self.token.text))
        if value is None:
            shown = self.token.text
            raise self.error(
                f"{shown} không phải ngày, giờ hay khoảng thời gian.", f"{shown} is not a date, time or duration."
            )
        self.take()
        return Literal(value)

    # Words

    def _word(self) -> Node:
        word = self.token.text
        if word in KEYWORDS and not self.lexicon.match(self.tokens, self.index)[1]:
            return self._keyword(word)
        return Name(self.read_name())

    def _keyword(self, word: str) -> Node:
        if word in _CONSTANTS:
            self.take()
            return Literal(_CONSTANTS[word])
        readers = {
            "if": self._if,
            "for": self._for,
            "some": self._quantified,
            "every": self._quantified,
            "function": self._function,
        }
        reader = readers.get(word)
        if reader is None:
            raise self.unexpected()
        outer, self.in_range = self.in_range, 0
        found = reader()
        self.in_range = outer
        return found

    def _if(self) -> Node:
        self.expect("if")
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return If(condition, then, self.expression())

    def _iterators(self) -> tuple[Iterator, ...]:
        found: list[Iterator] = []
        while True:
            name = self.read_new_name("in")
            self.expect("in")
            source = self.expression()
            end = self.expression() if self.accept("..") else None
            found.append(Iterator(name, source, end))
            if not self.accept(","):
                return tuple(found)

    def _for(self) -> Node:
        self.expect("for")
        iterators = self._iterators()
        self.expect("return")
        return For(iterators, self.expression())

    def _quantified(self) -> Node:
        every = self.take().text == "every"
        iterators = self._iterators()
        self.expect("satisfies")
        return Quantified(every, iterators, self.expression())

    def _function(self) -> Node:
        self.expect("function")
        self.expect("(")
        parameters = self.many(")", self._parameter)
        self.expect(")")
        external = self.accept("external")
        return FunctionOf(tuple(parameters), self.expression(), external)

    def _parameter(self) -> Parameter:
        name = self.read_new_name(":", ",", ")")
        return Parameter(name, self.read_type() if self.accept(":") else None)
