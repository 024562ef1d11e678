"""Words of JUEL, the expression language of `${…}` and `#{…}` in the files of other engines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)[lLdDfF]?
    | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | (?P<name>[^\W\d]\w*(?::[^\W\d]\w*)?(?=\s*\()|[^\W\d]\w*)
    | (?P<sign>===|!==|==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()\[\]])
    )""",
    re.VERBOSE | re.DOTALL,
)
_WORDS: Final = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "div": "/",
    "mod": "%",
    "===": "==",
    "!==": "!=",
}


class UntranslatableError(ValueError):
    """Something that FEEL does not have, or that means another thing there; the text names it."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word with what it is: number, text (unquoted), name, sign, or end."""

    kind: str
    text: str


def tokens_of(source: str) -> list[Token]:
    """Split the inside of one `${…}`; raises UntranslatableError at a sign that JUEL does not have."""
    found, at = [], 0
    while source[at:].strip():
        match = _TOKEN.match(source, at)
        if match is None:
            raise UntranslatableError(source[at:].strip()[:20])
        kind = match.lastgroup or ""
        text = match[kind]
        if kind == "text":
            text = re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
        elif text in _WORDS:
            kind, text = "sign", _WORDS[text]
        found.append(Token(kind, text))
        at = match.end()
    return [*found, Token("end", "")]


def parts_of(source: str) -> list[tuple[bool, str]]:
    """Cut a text into plain pieces and the insides of `${…}`: (is an expression, text). Raises UntranslatableError."""
    parts: list[tuple[bool, str]] = []
    at = 0
    while at < len(source):
        begin = re.compile(r"[$#]\{").search(source, at)
        if begin is None:
            parts.append((False, source[at:]))
            break
        if begin.start() > at:
            parts.append((False, source[at : begin.start()]))
        end = _closing(source, begin.end())
        parts.append((True, source[begin.end() : end]))
        at = end + 1
    return parts


def _closing(source: str, at: int) -> int:
    """Where the brace of an expression closes; a brace in quotes does not count."""
    quote, depth = "", 0
    while at < len(source):
        sign = source[at]
        if quote:
            at += sign == "\\"
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "{":
            depth += 1
        elif sign == "}":
            if not depth:
                return at
            depth -= 1
        at += 1
    raise UntranslatableError("{")
