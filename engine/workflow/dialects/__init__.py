"""Diagrams as other engines write them, into our own model, with a list of what became of every word."""

from __future__ import annotations

from engine.workflow.dialects.cron import cycle_of, is_cron
from engine.workflow.dialects.foreign_words import foreign_words
from engine.workflow.dialects.juel import feel_instead, is_juel
from engine.workflow.dialects.merging import own_ids
from engine.workflow.dialects.repairs import Repair, RepairKind, Repairs
from engine.workflow.dialects.translate import Translated, translate
from engine.workflow.dialects.vocabulary import runs_elsewhere

__all__ = [
    "Repair",
    "RepairKind",
    "Repairs",
    "Translated",
    "cycle_of",
    "feel_instead",
    "foreign_words",
    "is_cron",
    "is_juel",
    "own_ids",
    "runs_elsewhere",
    "translate",
]
