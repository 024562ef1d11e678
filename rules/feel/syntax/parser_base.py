"""The reader's hand: looks at tokens, takes them, reads names and types, counts depth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from rules.errors import FeelSyntaxError
from rules.feel.limits import refuse
from rules.feel.syntax.ast import TypeName
from rules.feel.syntax.lexer import KEYWORDS, Token, normal_name, syntax_error, tokenize, unescape
from rules.feel.syntax.lexicon import Lexicon

T = TypeVar("T")
_TYPE_NAMES = Lexicon(
    ("date and time", "years and months duration", "days and time duration", "year month duration", "day time duration")
)
# Words of other languages that nobody means as a part of a name that was never declared.
_OTHERS: Final = frozenset({"AND", "OR", "NOT", "XOR", "GT", "LT", "GE", "LE", "GTE", "LTE", "EQ", "NE", "IN", "IS"})


class TokenReader:
    """Walks over the tokens of one expression."""

    def __init__(self, source: str, lexicon: Lexicon, depth: int) -> None:
        self.source = source
        self.lexicon = lexicon
        self.tokens = tokenize(source)
        self.index = 0
        self.depth = 0
        self.max_depth = depth

    @property
    def token(self) -> Token:
        """The token under the finger."""
        return self.tokens[self.index]

    def peek(self, ahead: int = 1) -> Token:
        """A later token; the end token when there is none."""
        return self.tokens[min(self.index + ahead, len(self.tokens) - 1)]

    def is_op(self, *texts: str) -> bool:
        """Is the current token one of these signs?"""
        token = self.tokens[self.index]
        return token.kind == "op" and token.text in texts

    def is_word(self, *words: str) -> bool:
        """Is the current token one of these words?"""
        token = self.tokens[self.index]
        return token.kind == "name" and token.text in words

    def take(self) -> Token:
        """Step over the current token."""
        token = self.tokens[self.index]
        if token.kind != "end":
            self.index += 1
        return token

    def accept(self, text: str) -> bool:
        """Step over this sign or word if it is here."""
        token = self.tokens[self.index]
        if token.text == text and token.kind in {"op", "name"}:
            self.index += 1
            return True
        return False

    def expect(self, text: str) -> Token:
        """Step over this sign or word, or say that it is missing."""
        if not self.accept(text):
            raise self.error(
                f"cần “{text}” ở đây{self._seen('nhưng gặp')}.", f"“{text}” is expected here{self._seen('but found')}."
            )
        return self.tokens[self.index - 1]

    def _seen(self, but: str) -> str:
        return f", {but} “{self.token.text[:40]}”" if self.token.kind != "end" else ""

    def error(self, message_vi: str, message_en: str) -> FeelSyntaxError:
        """A syntax error at the current token."""
        return syntax_error(self.source, self.token.start, message_vi, message_en)

    def unexpected(self) -> FeelSyntaxError:
        """The current token does not fit."""
        if self.token.kind == "end":
            return self.error("biểu thức chưa viết xong.", "the expression is not finished.")
        shown = self.token.text[:40]
        return self.error(f"“{shown}” không đúng chỗ.", f"“{shown}” does not belong here.")

    def deeper(self) -> None:
        """Go one level down; refuses expressions nested too deeply."""
        self.depth += 1
        if self.depth > self.max_depth:
            refuse("lồng nhau quá sâu", "nested too deeply")

    def many(self, closing: str, one: Callable[[], T]) -> list[T]:
        """What stands between commas, up to (not including) the closing bracket; may be nothing."""
        found: list[T] = []
        if self.is_op(closing):
            return found
        found.append(one())
        while self.accept(","):
            found.append(one())
        return found

    # Names

    def read_name(self) -> str:
        """A name at this place: a declared one if it matches, else all words that stand together."""
        name, count = self.lexicon.match(self.tokens, self.index)
        if count:
            self.index += count
            return name
        if self.token.kind != "name":
            raise self.unexpected()
        start, words = self.token.start, [self.take().text]
        while self._continues_name():
            words.append(self.take().text)
        if len(words) > 1 and (words[0] == "not" or not _OTHERS.isdisjoint(words)):
            raise self._other_language(start, " ".join(words))
        return " ".join(words)

    def _other_language(self, start: int, name: str) -> FeelSyntaxError:
        return syntax_error(
            self.source,
            start,
            f"“{name}” sẽ được đọc là một tên dài. Phủ định viết not(…); và, hoặc viết thường: and, or; "
            "so sánh dùng <, <=, =, !=, >=, >.",
            f"“{name}” would be read as one long name. Write not(…) for a negation, and, or in small letters, "
            "and <, <=, =, !=, >=, > to compare.",
        )

    def _continues_name(self) -> bool:
        # Two words side by side are never legal FEEL unless they are one name, so undeclared names read well too.
        token = self.token
        if token.kind == "name":
            return token.text not in KEYWORDS and token.text != "?" and self.peek(-1).text != "?"
        return token.kind == "number" and token.text.isdigit() and self.peek(-1).kind == "name"

    def read_new_name(self, *stops: str) -> str:
        """A name being declared: everything up to one of the stops."""
        start = self.index
        while self.token.kind != "end" and not (self.token.text in stops and self.index > start):
            if self.token.kind == "string" or self.token.text in {"(", ")", "[", "]", "{", "}", ",", "="}:
                raise self.unexpected()
            self.take()
        if self.index == start:
            raise self.unexpected()
        name = normal_name(self.source[self.tokens[start].start : self.token.start])
        self.lexicon.add(name)
        return name

    def read_key(self) -> str:
        """The key of a context entry: a name or a text."""
        if self.token.kind == "string":
            key = normal_name(unescape(self.take().text))
            self.lexicon.add(key)
            return key
        return self.read_new_name(":")

    # Types

    def read_type(self) -> TypeName:
        """A type: number, list<number>, context<a: number>, range<date>, function<number> -> number, or a name."""
        self.deeper()
        if self.peek().text == "<" and self.is_word("list", "range", "context", "function"):
            found = self._read_generic(self.take().text)
        else:
            found = TypeName(self._read_type_name())
        self.depth -= 1
        return found

    def _read_type_name(self) -> str:
        name, count = _TYPE_NAMES.match(self.tokens, self.index)
        if count:
            self.index += count
            return name
        name = "function" if self.accept("function") else "null" if self.accept("null") else self.read_name()
        while self.is_op(".") and self.peek().kind == "name":
            self.take()
            name += "." + self.read_name()
        return name

    def _read_generic(self, kind: str) -> TypeName:
        self.expect("<")
        if kind == "context":
            found = TypeName(kind, fields=tuple(self.many(">", self._read_field)))
            self.expect(">")
            return found
        arguments = self.many(">", self.read_type)
        self.expect(">")
        result = None
        if kind == "function":
            self.expect("->")
            result = self.read_type()
        return TypeName(kind, tuple(arguments), result=result)

    def _read_field(self) -> tuple[str, TypeName]:
        key = self.read_key()
        self.expect(":")
        return key, self.read_type()
