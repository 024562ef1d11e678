"""Whether the platform can serve: the database answers and the outbox moves.

report(tx, office) -> Readiness
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import func, select

from engine.context import OfficeContext
from engine.domain.vocabulary import OPEN_JOBS, IncidentState
from engine.store.accounts import samples
from engine.store.connection import Tx
from engine.store.schema.work import connector_job, incident

STUCK_S: Final = 15 * 60


@dataclass(frozen=True)
class Readiness:
    """`outbox_age_s`: how long the oldest call that is due has been waiting; None when nothing is due.

    `samples`: what practice left in the record, by kind; empty in practice itself and where nothing is open.
    `inference`: whether a second engine checks every fee, and the problems this process has met with it.
    """

    ready: bool
    outbox_due: int
    outbox_age_s: int | None
    open_incidents: int
    inference: str
    samples: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """For the health page."""
        return asdict(self)


def left_by_practice(tx: Tx, office: OfficeContext) -> dict[str, int]:
    """How many sample officials, people, units and pieces of news an earnest record holds while any could be seen."""
    if office.settings.practice:
        return {}
    left = samples.count(tx)
    return left.to_dict() if left.open else {}


def report(tx: Tx, office: OfficeContext) -> Readiness:
    """Look at the outbox: calls overdue for a quarter of an hour mean that no worker is at work."""
    waiting = select(func.count().label("due"), func.min(connector_job.c.due_at).label("oldest")).where(
        connector_job.c.state.in_(OPEN_JOBS), connector_job.c.due_at <= tx.now
    )
    row = tx.execute(waiting).mappings().one()
    due, oldest = row["due"], row["oldest"]
    open_incidents = tx.execute(select(func.count()).where(incident.c.state == IncidentState.OPEN)).scalar_one()
    age = None if oldest is None else int((tx.now - oldest).total_seconds())
    return Readiness(
        ready=age is None or age < STUCK_S,
        outbox_due=int(due),
        outbox_age_s=age,
        open_incidents=int(open_incidents),
        inference=office.inference.status.en,
        samples=left_by_practice(tx, office),
    )
