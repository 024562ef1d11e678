"""Care for the record: retention, legal holds, and looking at covered values with a reason."""

from __future__ import annotations

from engine.actions.records.clear_dossiers import ClearDossiers, DiscardDrafts, clear_dossiers, discard_drafts, rule_of
from engine.actions.records.hold_dossier import HoldDossier, hold_dossier
from engine.actions.records.show_variables import ShowVariables, show_variables

__all__ = [
    "ClearDossiers",
    "DiscardDrafts",
    "HoldDossier",
    "ShowVariables",
    "clear_dossiers",
    "discard_drafts",
    "hold_dossier",
    "rule_of",
    "show_variables",
]
