"""The chained history: how links are sealed and how a whole chain is verified."""

from __future__ import annotations

from engine.domain.history.chain import CLEARED, GENESIS, OFFICE, BrokenLink, seal
from engine.domain.history.kinds import EventKind
from engine.domain.history.verification import Head, HeadsDigest, KeptHeads, Verification

__all__ = [
    "CLEARED",
    "GENESIS",
    "OFFICE",
    "BrokenLink",
    "EventKind",
    "Head",
    "HeadsDigest",
    "KeptHeads",
    "Verification",
    "seal",
]
