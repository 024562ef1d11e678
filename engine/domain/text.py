"""The two-language sentence of the engine: what rules say, read with a shorter word."""

from __future__ import annotations

from dataclasses import dataclass

from rules.text import Text as RulesText


@dataclass(frozen=True, slots=True)
class Text(RulesText):
    """One text for people, Vietnamese (`vi`) and English (`en`); usable wherever the rules take a text."""

    def in_(self, lang: str) -> str:
        """The text in `lang` ("vi" or "en"); any other language gets Vietnamese."""
        return self.in_language(lang)

    def fill(self, **values: object) -> Text:
        """The same sentence with its `{placeholders}` filled in both languages."""
        return Text(self.vi.format(**values), self.en.format(**values))
