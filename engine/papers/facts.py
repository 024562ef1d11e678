"""What a document is told: a mapping in which everything may be missing, read without surprises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.domain.clock import local
from engine.domain.identifiers import nfc, spoken_phone
from engine.domain.text import Text
from rules.money import Money
from rules.text import Text as RulesText

_CHANNELS = {
    "online": Text("Trực tuyến", "Online"),
    "counter": Text("Trực tiếp tại Bộ phận Một cửa", "At the one-stop desk"),
    "post": Text("Qua bưu chính công ích", "By public post"),
    "assisted_online": Text("Trực tuyến, cán bộ hỗ trợ", "Online, with an official's help"),
}
_SEX = {"male": Text("Nam", "Male"), "female": Text("Nữ", "Female")}


@dataclass(frozen=True)
class Facts:
    """The data of one document and the language it is read in."""

    data: Mapping[str, Any]
    lang: str

    def word(self, path: str, fallback: str = "") -> str:
        """The value at `owner.full_name` as people read it; the fallback when it is unknown."""
        value: Any = self.data
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        return self.show(value) or fallback

    def show(self, value: object) -> str:
        """Any value as people read it: texts in the language, days as dd/MM/yyyy."""
        if value is None:
            return ""
        if isinstance(value, RulesText):
            return value.in_language(self.lang)
        if isinstance(value, Mapping) and "vi" in value:
            return str(value.get(self.lang) or value["vi"])
        if isinstance(value, datetime):
            return f"{local(value):%H:%M, %d/%m/%Y}" if self.lang == "en" else _moment(value)
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        return nfc(str(value)).strip()

    def day(self, path: str) -> str:
        """A day given as a date or as an ISO string, as dd/MM/yyyy."""
        word = self.word(path)
        try:
            return f"{date.fromisoformat(word):%d/%m/%Y}"
        except ValueError:
            return word

    def phone(self, path: str) -> str:
        """A stored `+84912345678` as people dial it: 0912 345 678."""
        return spoken_phone(self.word(path))

    def at(self, name: str) -> datetime | None:
        """An instant (aware), or None; an ISO string is read."""
        value = self.data.get(name)
        if isinstance(value, str) and value:
            return datetime.fromisoformat(value)
        return value if isinstance(value, datetime) else None

    def dated(self, name: str) -> datetime | None:
        """The instant whose day stands at the head of a paper; None while it is looked at before it is issued."""
        return None if self.data.get("undated") else self.at(name)

    def day_of(self, name: str) -> date | None:
        """The day in Việt Nam of an instant, or None."""
        at = self.at(name)
        return local(at).date() if at else None

    def moment(self, name: str) -> str:
        """An instant as "09 giờ 15 phút, ngày 04/03/2024"."""
        at = self.at(name)
        return self.show(at) if at else ""

    def money(self, name: str) -> Money | None:
        """An amount in đồng, or None when it is not known."""
        value = self.data.get(name)
        if isinstance(value, Money):
            return value
        return Money(value) if isinstance(value, int) and not isinstance(value, bool) else None

    def rows(self, name: str) -> Sequence[Mapping[str, Any]]:
        """A list of mappings; empty when absent."""
        value = self.data.get(name) or ()
        return [row for row in value if isinstance(row, Mapping)]

    def sex(self, path: str) -> str:
        """Nam or Nữ."""
        word = self.word(path)
        return _SEX[word].in_(self.lang) if word in _SEX else word

    def way(self, name: str) -> str:
        """A channel or delivery method in words."""
        word = self.word(name)
        return _CHANNELS[word].in_(self.lang) if word in _CHANNELS else word


def _moment(at: datetime) -> str:
    here = local(at)
    return f"{here:%H} giờ {here:%M} phút, ngày {here:%d/%m/%Y}"
