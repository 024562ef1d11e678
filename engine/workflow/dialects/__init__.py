"""Diagrams as other engines write them, into our own model, with a list of what became of every word."""

from __future__ import annotations

from engine.workflow.dialects.repairs import Repair, RepairKind, Repairs
from engine.workflow.dialects.translate import Translated, translate

__all__ = [
    "Repair",
    "RepairKind",
    "Repairs",
    "Translated",
    "translate",
]
