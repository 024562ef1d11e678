"""A timer of a process instance is due."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FireTimer:
    """A timer that was cancelled or has fired is left alone."""

    timer_id: str
