"""What a filing is made of, what still misses, and the guide that explains it."""

from __future__ import annotations

from engine.domain.filing.check import (
    MISSING_PAPERS,
    STEPS,
    DraftStep,
    Errors,
    asks_papers,
    check_filing,
    fingerprint,
    form_of_step,
    hides_papers,
    is_same_party,
    paper_facts,
    typed,
    words_of,
)
from engine.domain.filing.guide import GUIDE_TITLE, guide_article, guide_screens
from engine.domain.filing.identity import (
    THE_ACCOUNTS,
    as_the_account,
    contradictions,
    identity_marks,
    identity_sentence,
    party_of_person,
    verified,
)

__all__ = [
    "GUIDE_TITLE",
    "MISSING_PAPERS",
    "STEPS",
    "THE_ACCOUNTS",
    "DraftStep",
    "Errors",
    "as_the_account",
    "asks_papers",
    "check_filing",
    "contradictions",
    "fingerprint",
    "form_of_step",
    "guide_article",
    "guide_screens",
    "hides_papers",
    "identity_marks",
    "identity_sentence",
    "is_same_party",
    "paper_facts",
    "party_of_person",
    "typed",
    "verified",
    "words_of",
]
