"""For measuring only: scratch databases, copies of dossiers, and what was really sent."""

from __future__ import annotations

from engine.store.measuring.multiply import multiply
from engine.store.measuring.recording import Recording, Statement, recorded, replay
from engine.store.measuring.scratch import Scratch, postgresql_scratch, sqlite_scratch

__all__ = [
    "Recording",
    "Scratch",
    "Statement",
    "multiply",
    "postgresql_scratch",
    "recorded",
    "replay",
    "sqlite_scratch",
]
