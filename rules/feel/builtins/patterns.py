"""Regular expressions as FEEL means them (XPath and XML Schema), translated for Python's ``regex``.

The ``regex`` package is used because it can be stopped after a time; the one in the library cannot.
"""

from __future__ import annotations

import re
from functools import lru_cache

import regex  # type: ignore[import-untyped]  # the package ships no types

from rules.feel.limits import refuse

_SECONDS = 0.5
_FLAGS = {"s": regex.DOTALL, "m": regex.MULTILINE, "i": regex.IGNORECASE, "x": 0, "q": 0}
_PLAIN_ESCAPES = frozenset("nrt\\|.?*+(){}-[]^$")
_INITIAL = "_:A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
_NAME_CHAR = _INITIAL + "0-9\\-.\u00b7\u0300-\u036f"
_CLASS_ESCAPES = {"d": r"\p{Nd}", "D": r"\P{Nd}", "s": r" \t\n\r", "i": _INITIAL, "c": _NAME_CHAR}
_OUTSIDE = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "s": r"[ \t\n\r]",
    "S": r"[^ \t\n\r]",
    "w": r"[^\p{P}\p{Z}\p{C}]",
    "W": r"[\p{P}\p{Z}\p{C}]",
    "i": f"[{_INITIAL}]",
    "I": f"[^{_INITIAL}]",
    "c": f"[{_NAME_CHAR}]",
    "C": f"[^{_NAME_CHAR}]",
}
_PROPERTY = re.compile(r"\{(Is)?([A-Za-z0-9-]+)\}", re.ASCII)
_QUANTIFIER = re.compile(r"\{\d+(?:,\d*)?\}", re.ASCII)
_CATEGORY = re.compile(r"L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?", re.ASCII)


class BadPatternError(Exception):
    """The text is no regular expression of XPath."""


class _Translator:
    """Walks over a pattern once, checking and rewriting it."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = _without_space(pattern) if "x" in flags else pattern
        self.multiline = "m" in flags
        self.dot_all = "s" in flags
        self.index = 0
        self.groups = 0
        self.open: list[int] = []
        self.closed: set[int] = set()
        self.out: list[str] = []

    def translate(self) -> str:
        """The pattern for ``regex``."""
        while self.index < len(self.pattern):
            self._step(self.pattern[self.index])
        return "".join(self.out)

    def _step(self, char: str) -> None:
        if char == "\\":
            self.out.append(self._escape(False))
        elif char == "[":
            self.out.append(self._char_class())
        elif char in "*+?{":
            self._quantifier(char)
        elif char in "()":
            self._group(char)
        else:
            self._plain(char)

    def _plain(self, char: str) -> None:
        if char in "}]":
            raise BadPatternError
        self.index += 1
        if char == "$" and not self.multiline:
            char = r"\Z"
        elif char == "." and not self.dot_all:
            char = r"[^\n\r]"
        self.out.append(char)

    def _quantifier(self, char: str) -> None:
        found = _QUANTIFIER.match(self.pattern, self.index) if char == "{" else None
        if (char == "{" and found is None) or not self.out or self.out[-1] in {"(", "(?:", "|", "^"}:
            raise BadPatternError
        text = found.group() if found else char
        self.index += len(text)
        if self.pattern.startswith("?", self.index):
            text += "?"
            self.index += 1
        if self.index < len(self.pattern) and self.pattern[self.index] in "*+?{":
            raise BadPatternError
        self.out.append(text)

    def _group(self, char: str) -> None:
        self.index += 1
        if char == ")":
            if not self.open:
                raise BadPatternError
            self.closed.add(self.open.pop())
            self.out.append(")")
        elif self.pattern.startswith("?", self.index):
            if not self.pattern.startswith("?:", self.index):
                raise BadPatternError
            self.index += 2
            self.open.append(0)
            self.out.append("(?:")
        else:
            self.groups += 1
            self.open.append(self.groups)
            self.out.append("(")

    def _escape(self, in_class: bool) -> str:
        letter = self.pattern[self.index + 1 : self.index + 2]
        self.index += 2
        if letter in {"p", "P"}:
            return self._property(letter)
        if letter.isdigit() and not in_class:
            return self._back_reference(letter)
        table = _CLASS_ESCAPES if in_class else _OUTSIDE
        if letter in table:
            return table[letter]
        if in_class and letter in {"w", "W", "S", "I", "C"}:
            return _OUTSIDE[letter]
        if not letter or letter not in _PLAIN_ESCAPES:
            raise BadPatternError
        return "\\" + letter

    def _back_reference(self, digits: str) -> str:
        number = int(digits)
        if number == 0 or number not in self.closed:
            raise BadPatternError
        return f"(?:\\{number})"

    def _property(self, letter: str) -> str:
        match = _PROPERTY.match(self.pattern, self.index)
        if match is None or (not match[1] and not _CATEGORY.fullmatch(match[2])):
            raise BadPatternError
        self.index = match.end()
        return f"\\{letter}{{{'In' if match[1] else ''}{match[2]}}}"

    def _char_class(self) -> str:
        parts = ["["]
        self.index += 1
        if self.pattern.startswith("^", self.index):
            parts.append("^")
            self.index += 1
        if self.pattern.startswith("]", self.index):
            raise BadPatternError
        while not self.pattern.startswith("]", self.index):
            parts.append(self._class_piece())
        self.index += 1
        return "".join(parts) + "]"

    def _class_piece(self) -> str:
        if self.index >= len(self.pattern):
            raise BadPatternError
        if self.pattern.startswith("-[", self.index):
            self.index += 1
            inner = self._char_class()
            if not self.pattern.startswith("]", self.index):
                raise BadPatternError
            return "--" + inner
        char = self.pattern[self.index]
        if char == "\\":
            return self._escape(True)
        if char == "[":
            raise BadPatternError
        self.index += 1
        return "\\" + char if char in "&|~^" else char


def _without_space(pattern: str) -> str:
    out: list[str] = []
    depth = 0
    index = 0
    while index < len(pattern):
        char = pattern[index]
        if char == "\\" and index + 1 < len(pattern) and pattern[index + 1] not in " \t\n\r":
            out.append(pattern[index : index + 2])
            index += 2
            continue
        depth += (char == "[") - (char == "]" and depth > 0)
        if depth or char not in " \t\n\r":
            out.append(char)
        index += 1
    return "".join(out)


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str, flags: str) -> regex.Pattern[str] | None:
    """The compiled pattern, or None when pattern or flags are not XPath's."""
    if not set(flags) <= _FLAGS.keys() or len(pattern) > 5000:
        return None
    options = regex.VERSION1
    for flag in flags:
        options |= _FLAGS[flag]
    try:
        text = regex.escape(pattern) if "q" in flags else _Translator(pattern, flags).translate()
        return regex.compile(text, options)
    except (BadPatternError, regex.error, OverflowError):
        return None


def _stop() -> None:
    refuse("mẫu so khớp quá tốn thời gian", "the pattern takes too long to match")


def search(pattern: regex.Pattern[str], text: str) -> bool:
    """Does the pattern occur in the text?"""
    try:
        return pattern.search(text, timeout=_SECONDS) is not None
    except TimeoutError:
        _stop()
        raise


def replace(pattern: regex.Pattern[str], text: str, replacement: str, *, literal: bool) -> str | None:
    """Every occurrence replaced; None when the pattern matches the empty text or the replacement is wrong."""
    pieces: list[str | int] | None = [replacement] if literal else _replacement(replacement, pattern.groups)
    if pieces is None:
        return None
    try:
        if pattern.search("", timeout=_SECONDS) is not None:
            return None
        return str(pattern.sub(lambda match: _filled(match, pieces), text, timeout=_SECONDS))
    except TimeoutError:
        _stop()
        raise


def _filled(match: regex.Match[str], pieces: list[str | int]) -> str:
    return "".join(piece if isinstance(piece, str) else match.group(piece) or "" for piece in pieces)


_REPLACEMENT = re.compile(r"\\([\\$])|\$(\d+)|([^\\$]+)", re.ASCII | re.DOTALL)


def _replacement(text: str, groups: int) -> list[str | int] | None:
    pieces: list[str | int] = []
    index = 0
    while index < len(text):
        match = _REPLACEMENT.match(text, index)
        if match is None:
            return None
        index = match.end()
        escaped, number, plain = match.groups()
        pieces.extend([escaped or plain] if number is None else _group_number(number, groups))
    return pieces


def _group_number(digits: str, groups: int) -> list[str | int]:
    # $12 with fewer than twelve groups is group 1 followed by the letter 2.
    size = len(digits)
    while size > 1 and int(digits[:size]) > groups:
        size -= 1
    number = int(digits[:size])
    return [number if number <= groups else "", digits[size:]]


def split(pattern: regex.Pattern[str], text: str) -> list[str] | None:
    """The text cut at every occurrence; None when the pattern matches the empty text."""
    try:
        if pattern.search("", timeout=_SECONDS) is not None:
            return None
        parts: list[str] = []
        start = 0
        for match in pattern.finditer(text, timeout=_SECONDS):
            parts.append(text[start : match.start()])
            start = match.end()
        return [*parts, text[start:]]
    except TimeoutError:
        _stop()
        raise
