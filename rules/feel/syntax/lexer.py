"""Cuts FEEL text into tokens and keeps where each began, so that errors can point at the place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rules.errors import FeelSyntaxError

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"

_TOKEN = re.compile(
    rf"""(?P<space>[{_SPACE}]++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)
    |(?P<number>(?:\d++(?:\.\d++)?|\.\d++)(?:[eE][+-]?\d++)?)
    |(?P<string>"(?:[^"\\]|\\.)*+")
    |(?P<name>\?|[{_START}][{_PART}]*+)
    |(?P<op>\*\*|\.\.|<=|>=|!=|->|/(?!\*)|[-+*<>=()\[\]{{}},:.'@])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_SIMPLE_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_SPACES = re.compile(f"[{_SPACE}]+")

KEYWORDS = frozenset(
    {
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "between",
        "instance",
        "of",
        "function",
        "external",
        "true",
        "false",
        "null",
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the expression; ``kind`` is name, number, string, op or end."""

    kind: str
    text: str
    start: int


@lru_cache(maxsize=4096)
def normal_name(name: str) -> str:
    """The one spelling of a name: NFC, single spaces, no spaces at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", name)).strip()


def position(source: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    line = source.count("\n", 0, offset) + 1
    return line, offset - (source.rfind("\n", 0, offset) + 1) + 1


def syntax_error(source: str, offset: int, message_vi: str, message_en: str) -> FeelSyntaxError:
    """A syntax error that points at ``offset``."""
    line, column = position(source, offset)
    return FeelSyntaxError(message_vi, message_en, line=line, column=column)


def tokenize(source: str) -> list[Token]:
    """All tokens of ``source`` with an end token behind; raises FeelSyntaxError on a foreign character."""
    tokens: list[Token] = []
    offset = 0
    while offset < len(source):
        match = _TOKEN.match(source, offset)
        if match is None:
            raise _unreadable(source, offset)
        kind = match.lastgroup or "op"
        if kind != "space":
            text = match.group()
            tokens.append(Token(kind, normal_name(text) if kind == "name" else text, offset))
        offset = match.end()
    tokens.append(Token("end", "", len(source)))
    return tokens


def _unreadable(source: str, offset: int) -> FeelSyntaxError:
    if source[offset] == '"':
        return syntax_error(source, offset, 'chuỗi thiếu dấu đóng ".', 'the text has no closing ".')
    if source.startswith("/*", offset):
        return syntax_error(source, offset, "chú thích thiếu dấu đóng */.", "the comment has no closing */.")
    shown = source[offset]
    return syntax_error(
        source, offset, f"không dùng được ký tự “{shown}” ở đây.", f"the character “{shown}” cannot be used here."
    )


def unescape(literal: str) -> str:
    """The text of a string literal without its quotes and escapes; surrogate pairs become one character."""
    text = _ESCAPE.sub(_replace_escape, literal[1:-1]) if "\\" in literal else literal[1:-1]
    if any("\ud800" <= char <= "\udfff" for char in text):
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _replace_escape(match: re.Match[str]) -> str:
    short, long, simple = match.groups()
    if simple is not None:
        return _SIMPLE_ESCAPES.get(simple, match.group())
    code = int(short or long, 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def name_tokens(name: str) -> tuple[str, ...]:
    """How a declared name looks as tokens; empty when FEEL could never write it."""
    try:
        return tuple(token.text for token in tokenize(name)[:-1])
    except FeelSyntaxError:
        return ()
