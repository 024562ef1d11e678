"""Makes findings from their code: the words stand in one place, in both languages."""

from __future__ import annotations

from engine.workflow.findings.finding import Finding, Sentence, label
from engine.workflow.findings.sentences import SENTENCES as OF_ELEMENTS
from engine.workflow.findings.sentences_files import SENTENCES as OF_FILES
from engine.workflow.findings.sentences_handlers import SENTENCES as OF_HANDLERS
from engine.workflow.findings.sentences_meanings import SENTENCES as OF_MEANINGS
from engine.workflow.findings.sentences_words import SENTENCES as OF_WORDS

SENTENCES: dict[str, Sentence] = {**OF_ELEMENTS, **OF_FILES, **OF_HANDLERS, **OF_MEANINGS, **OF_WORDS}
SHOWN = 200


def finding_of(code: str, element: str, name: str = "", *, severity: str = "error", **words: object) -> Finding:
    """Say a finding about an element in the words of its code; other words fill the sentence's places."""
    sentence = SENTENCES[code]
    filled = {"el": label(name, element), "why": "", "why_en": "", **{key: _short(word) for key, word in words.items()}}
    vi, en = sentence.vi.format(**filled), sentence.en.format(**filled)
    return Finding(code, severity, _short(element), _short(name), vi, en, sentence.hint_vi, sentence.hint_en)


def _short(word: object) -> str:
    """A name of a stranger's file may be a megabyte long; a person reads the beginning."""
    text = str(word)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
