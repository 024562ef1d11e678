"""The names an expression may use. FEEL names contain spaces and signs, so only a list can tell them apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rules.feel.syntax.lexer import Token, name_tokens, normal_name


class Lexicon:
    """Declared names by their first token, longest first; an expression adds its own as it goes."""

    __slots__ = ("_by_first", "_parent")

    def __init__(self, names: Iterable[str] = (), parent: Lexicon | None = None) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._parent = parent
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Declare a name; names of one token need no entry, the reader finds them anyway."""
        words = name_tokens(name)
        if len(words) < 2:
            return
        known = self._by_first.setdefault(words[0], [])
        entry = (words, normal_name(name))
        if entry not in known:
            known.append(entry)
            known.sort(key=lambda candidate: -len(candidate[0]))

    def match(self, tokens: Sequence[Token], start: int) -> tuple[str, int]:
        """The longest declared name at ``start`` and its number of tokens, or ("", 0)."""
        best = self._parent.match(tokens, start) if self._parent is not None else ("", 0)
        for words, name in self._by_first.get(tokens[start].text, ()):
            if len(words) <= best[1]:
                break
            if _same(tokens, start, words):
                return name, len(words)
        return best


def _same(tokens: Sequence[Token], start: int, words: tuple[str, ...]) -> bool:
    if start + len(words) >= len(tokens):
        return False
    return all(
        token.text == word and token.kind != "string"
        for token, word in zip(tokens[start : start + len(words)], words, strict=True)
    )
