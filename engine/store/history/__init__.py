"""The chained history, its monthly partitions, and what the law lets go."""

from __future__ import annotations

from engine.store.history.events import NewEvent

__all__ = [
    "NewEvent",
]
