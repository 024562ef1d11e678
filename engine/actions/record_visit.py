"""The visit counter counts one more visit today."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RecordVisit:
    """One visit of the portal, counted on the local day of Việt Nam. Who it was is not kept."""
