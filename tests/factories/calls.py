"""What the record says of the calls to the outside."""

from __future__ import annotations

from sqlalchemy import func, select

from engine.store.connection import Tx
from engine.store.schema.work import connector_job


def job_counts(tx: Tx) -> dict[str, int]:
    """How many calls to the outside are in each state."""
    statement = select(connector_job.c.state, func.count().label("number")).group_by(connector_job.c.state)
    return {str(row["state"]): int(row["number"]) for row in tx.execute(statement).mappings()}
