"""A sentence in the two languages every screen has: Vietnamese first, English second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One text for people, in Vietnamese (`vi`) and English (`en`)."""

    vi: str
    en: str

    def in_language(self, lang: str) -> str:
        """The text in `lang` ("vi" or "en"); any other language gets Vietnamese."""
        return self.en if lang == "en" else self.vi

    def to_dict(self) -> dict[str, str]:
        """JSON form, `{"vi": …, "en": …}`."""
        return {"vi": self.vi, "en": self.en}

    @classmethod
    def from_dict(cls, data: Mapping[str, str]) -> Text:
        """Read back what `to_dict` wrote."""
        return cls(vi=data["vi"], en=data["en"])
