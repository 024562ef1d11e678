"""The visit counter counts one more visit today."""

from __future__ import annotations

from dataclasses import dataclass

from engine.context import OfficeContext
from engine.domain.clock import local_day
from engine.store.catalogue import content
from engine.store.connection import Tx


@dataclass(frozen=True)
class RecordVisit:
    """One visit of the portal, counted on the local day of Việt Nam. Who it was is not kept."""


def record_visit(tx: Tx, office: OfficeContext, cmd: RecordVisit) -> None:
    """Count it. One row per day, so no period can contradict another. No event: a visit is no act."""
    content.count_visit(tx, local_day(tx.now))
