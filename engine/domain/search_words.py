"""By which words a dossier is found again, and how what somebody types is read as such words.

A name is found by the beginning of each of its words, in any order, with or without its accents. A number is found
however it is written: with spaces, dots or hyphens, a telephone with +84 or 0, a dossier's code from any of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.domain.identifiers import fold

LONGEST: Final = 60
_MOST_TERMS: Final = 8
_WHOLE_DIGITS: Final = 5  # fewer digits stand for the whole number: "0912" is no wish for every telephone of a carrier
_APART: Final = re.compile(r"[^a-z0-9]+")
_NUMBERS: Final = ("national_id", "tax_code")
_PHONES: Final = ("phone", "receiver_phone")
_NAMES: Final = ("full_name", "organisation_name", "receiver_name")
_NUMERIC: Final = re.compile(r"[+(]*[0-9][0-9.()/-]*")


@dataclass(frozen=True)
class Term:
    """One thing that is looked for; `whole`: not only the beginning of a word."""

    word: str
    whole: bool


def words_of_dossier(code: str, people: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Everything by which a sent dossier is found, but its procedure: that is known by its code."""
    words = set(_of_code(code))
    for person in people:
        words.update(word for name in _NAMES for word in _APART.split(fold(str(person.get(name) or ""))))
        words.update(_digits(str(person.get(name) or "")) for name in _NUMBERS)
        words.update(_telephone(_digits(str(person.get(name) or ""))) for name in _PHONES)
    return frozenset(word[:LONGEST] for word in words if word)


def bare_code(typed: str) -> str:
    """A dossier's code or a part of it without the signs between."""
    return _APART.sub("", fold(typed[:200]))


def looked_for(text: str) -> tuple[Term, ...]:
    """What somebody typed, as terms: all of them have to be found."""
    found = dict.fromkeys(_term(word) for word in _words(fold(text[:200])) if word)
    return tuple(found)[:_MOST_TERMS]


def _of_code(code: str) -> Iterator[str]:
    """The code from each of its parts on: 000.00.00.H26-260310-0001 is found by 260310-0001 and by 0001."""
    parts = [part for part in _APART.split(fold(code)) if part]
    return ("".join(parts[start:]) for start in range(len(parts)))


def _words(folded: str) -> Iterator[str]:
    """Words of letters apart; numbers in one piece, those written with spaces too."""
    waiting = folded.split()
    while waiting:
        run = 0
        while run < len(waiting) and _NUMERIC.fullmatch(waiting[run]):
            run += 1
        length = next((size for size in range(run, 1, -1) if _is_number_of_somebody(waiting[:size])), 1)
        piece = "".join(waiting[:length])
        del waiting[:length]
        if any(sign.isdigit() for sign in piece):
            yield _telephone(_APART.sub("", piece))
        else:
            yield from _APART.split(piece)


def _is_number_of_somebody(pieces: list[str]) -> bool:
    digits = _telephone(_digits("".join(pieces)))
    return len(digits) in (9, 12) or (len(digits) in (10, 11) and digits.startswith("0"))


def _telephone(digits: str) -> str:
    """The number as people here dial it; anything else as it is."""
    return re.sub(r"^(?:00)?84(?=[0-9]{9,10}\Z)", "0", digits)


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _term(word: str) -> Term:
    short_number = word.isdigit() and len(word) <= _WHOLE_DIGITS
    return Term(word[:LONGEST], whole=short_number or len(word) == 1)
