"""The repair list of a translated diagram: what became what, what a person must decide, what was left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

from lxml import etree

from engine.workflow.dialects.sentences import DECIDE, LEFT_OUT, TRANSLATED
from engine.workflow.findings import label

_SHOWN: Final = 300


class RepairKind(StrEnum):
    """What became of a word of another engine."""

    TRANSLATED = "translated"
    DECIDE = "decide"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Repair:
    """One line of the list: where, which word, what stood there, what stands there now."""

    kind: RepairKind
    code: str
    element: str
    name: str
    word: str
    before: str
    after: str
    message_vi: str
    message_en: str

    def to_dict(self) -> dict[str, str]:
        """For JSON."""
        return {**asdict(self), "kind": str(self.kind)}


class Repairs(list[Repair]):
    """Collects the lines of one file."""

    def translated(self, element: etree._Element, word: str, before: str, after: str) -> None:
        """It says the same in our words."""
        self._add(RepairKind.TRANSLATED, "translated", element, word, before, after)

    def decide(self, code: str, element: etree._Element, word: str, before: str, after: str = "") -> None:
        """Nobody but a person can say what it should be here; `after` is what stands there until then."""
        self._add(RepairKind.DECIDE, code, element, word, before, after)

    def left_out(self, element: etree._Element, word: str, before: str) -> None:
        """It moves neither a token nor a value."""
        self._add(RepairKind.LEFT_OUT, "left_out", element, word, before, "")

    def counts(self) -> dict[str, int]:
        """How many lines of each kind."""
        found = Counter(repair.kind for repair in self)
        return {str(kind): found[kind] for kind in RepairKind}

    def _add(self, kind: RepairKind, code: str, element: etree._Element, word: str, before: str, after: str) -> None:
        owner = next((one for one in (element, *element.iterancestors()) if one.get("id")), element)
        found, name = owner.get("id") or "", owner.get("name") or ""
        sentence = {RepairKind.TRANSLATED: TRANSLATED, RepairKind.LEFT_OUT: LEFT_OUT}.get(kind) or DECIDE[code]
        words = {"el": label(name, found), "word": word, "before": _short(before), "after": _short(after)}
        texts = sentence.vi.format(**words), sentence.en.format(**words)
        self.append(Repair(kind, code, found, name, word, _short(before), _short(after), *texts))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
