"""What the office says, by key: notices, messages, words of the timeline and of the statuses, in YAML beside this."""

from __future__ import annotations

from engine.domain.texts.catalogue import (
    Entry,
    ManyLanguages,
    TextCatalogue,
    TextsError,
    install,
    installed,
    load_texts,
    office_text,
    shipped,
)

__all__ = [
    "Entry",
    "ManyLanguages",
    "TextCatalogue",
    "TextsError",
    "install",
    "installed",
    "load_texts",
    "office_text",
    "shipped",
]
