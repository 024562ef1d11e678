"""The published catalogue made ready for searching: folded once per state of the catalogue, then only looked up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from engine.domain.clock import local_day
from engine.domain.identifiers import fold
from engine.store.catalogue import procedures
from engine.store.connection import Tx
from engine.store.records import ProcedureVersionCard

_ALIKE: Final = 72.0  # percent, the mean over the words typed; less alike are different words, not slips of the finger
_SAME_WORD: Final = 50.0  # a word less like it than this is not what was meant at all
_LENGTH_SLIP: Final = 2  # letters too many or too few
_FEW: Final = 40
_SHORT: Final = 2


class CatalogueIndex:
    """The cards in force on one day. Each set of cards is a number with one bit per card."""

    def __init__(self, cards: Sequence[ProcedureVersionCard]) -> None:
        self.cards = cards
        self._all = (1 << len(cards)) - 1
        self._names = [fold(card["name_vi"]) for card in cards]
        self._places = {"vi": _places(self._names), "en": _places([fold(card["name_en"]) for card in cards])}
        self._sectors: dict[str, int] = {}
        having: dict[str, int] = {}
        for number, card in enumerate(cards):
            self._sectors[card["sector_vi"]] = self._sectors.get(card["sector_vi"], 0) | 1 << number
            for word in set(card["search_text"].split()):
                having[word] = having.get(word, 0) | 1 << number
        self._words = sorted(having)
        self._having = having
        self._text = " ".join(self._words)
        starts = [0]
        for word in self._words:
            starts.append(starts[-1] + len(word) + 1)
        self._starts = starts
        self._short: dict[str, int] = {}
        self._by_length: dict[int, list[str]] = {}
        for word in self._words:
            self._by_length.setdefault(len(word), []).append(word)

    def of_sector(self, sector: str | None) -> int:
        """The cards of a sector, by its Vietnamese name; all when none is named."""
        return self._sectors.get(sector, 0) if sector else self._all

    def exact(self, words: Sequence[str], lang: str, within: int) -> list[ProcedureVersionCard]:
        """The cards in which every word stands (as a part of a word too), the whole phrase in the name first."""
        for word in words:
            within &= self._containing(word)
        phrase, places, last = " ".join(words), self._places["en" if lang == "en" else "vi"], len(self.cards)
        found = sorted(_numbers(within), key=lambda one: places[one] + (0 if phrase in self._names[one] else last))
        return [self.cards[one] for one in found]

    def nearest(self, words: Sequence[str], within: int) -> list[ProcedureVersionCard]:
        """The cards in which the words are found again with slips of the finger, the most alike first."""
        enough, scores = _ALIKE * len(words), dict.fromkeys(_numbers(within), 0.0)
        for place, word in enumerate(words):
            if max(scores.values(), default=0.0) + 100 * (len(words) - place) < enough:
                return []  # no card can still come near
            left = within
            for known, score in self._like(word):
                now, left = left & self._having[known], left & ~self._having[known]
                for one in _numbers(now):
                    scores[one] += score
        near = sorted((one for one, score in scores.items() if score >= enough), key=lambda one: -scores[one])
        return [self.cards[one] for one in near]

    def _containing(self, word: str) -> int:
        """The cards with a word that holds this one; what is found in half the catalogue is kept at hand."""
        if len(word) > _SHORT:
            return self._look(word)
        cards = self._short.get(word) or self._look(word)
        if cards:
            self._short[word] = cards
        return cards

    def _look(self, word: str) -> int:
        cards, at = 0, self._text.find(word)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            cards |= self._having[self._words[place]]
            at = self._text.find(word, self._starts[place + 1])
        return cards

    def _like(self, word: str) -> list[tuple[str, float]]:
        """The catalogue's words like this one and how much, the most alike first."""
        near: list[tuple[str, float]] = []
        for length in range(len(word) - _LENGTH_SLIP, len(word) + _LENGTH_SLIP + 1):
            there = self._by_length.get(length, ())
            found = process.extract(word, there, scorer=fuzz.ratio, score_cutoff=_SAME_WORD, limit=None)
            near += [(known, score) for known, score, _ in found]
        return sorted(near, key=lambda one: -one[1])


def catalogue_index(tx: Tx) -> CatalogueIndex:
    """The index of what holds today. Made again when something was published or the day has changed."""
    stamp, today = procedures.stamp(tx), local_day(tx.now)
    index = _kept(stamp, today.isoformat())
    if not index:
        index.append(CatalogueIndex(procedures.all_current(tx, today)))
    return index[0]


@lru_cache(maxsize=4)
def _kept(stamp: tuple[int, str], day: str) -> list[CatalogueIndex]:
    """Where the index of this state is kept once it is made."""
    return []


def _places(names: Sequence[str]) -> list[int]:
    """The place of each card in the order of names."""
    places = [0] * len(names)
    for place, number in enumerate(sorted(range(len(names)), key=names.__getitem__)):
        places[number] = place
    return places


def _numbers(cards: int) -> Iterator[int]:
    """The cards of a set, one after the other."""
    if cards.bit_count() > _FEW:
        yield from (number for number, bit in enumerate(reversed(bin(cards)[2:])) if bit == "1")
        return
    while cards:
        lowest = cards & -cards
        yield lowest.bit_length() - 1
        cards ^= lowest
