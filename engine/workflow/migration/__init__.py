"""A running instance moves to another version of its diagram, or the reason why it cannot."""

from __future__ import annotations

from engine.workflow.migration.mapping import Pairing, mapping_faults, pairings
from engine.workflow.migration.move import Migration, migrate

__all__ = [
    "Migration",
    "Pairing",
    "mapping_faults",
    "migrate",
    "pairings",
]
