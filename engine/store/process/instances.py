"""Running processes and the incidents that stop them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from engine.domain.vocabulary import IncidentState, InstanceState
from engine.store.connection import Row, Tx, rows
from engine.store.records import IncidentRow, InstanceRow
from engine.store.schema.work import incident, process_instance


def add(tx: Tx, values: Mapping[str, Any]) -> str:
    """Keep a started instance; gives the id."""
    return rows.add(
        tx, process_instance, {"state": InstanceState.RUNNING, "version": 1, "started_at": tx.now, **values}
    )


def get(tx: Tx, instance_id: str) -> InstanceRow | None:
    """The instance, or None."""
    return rows.get(tx, process_instance, instance_id)


def by_ids(tx: Tx, ids: Sequence[str]) -> dict[str, Row]:
    """These instances by id."""
    if not ids:
        return {}
    return {
        str(row["id"]): row for row in rows.every(tx, select(process_instance).where(process_instance.c.id.in_(ids)))
    }


def of_dossier(tx: Tx, dossier_id: str) -> InstanceRow | None:
    """The instance that moves a dossier, or None."""
    return rows.first(tx, select(process_instance).where(process_instance.c.dossier_id == dossier_id))


def change_version(tx: Tx, instance_id: str, version: int, values: Mapping[str, Any]) -> int:
    """Write the next step of an instance that still has `version`; gives the new version. Raises Conflict."""
    return rows.change_version(tx, process_instance, instance_id, version, values)


def add_incident(tx: Tx, values: Mapping[str, Any]) -> str:
    """Open an incident; gives the id."""
    return rows.add(tx, incident, {"state": IncidentState.OPEN, "opened_at": tx.now, **values})


def get_incident(tx: Tx, incident_id: str) -> IncidentRow | None:
    """The incident, or None."""
    return rows.get(tx, incident, incident_id)


def open_incidents(tx: Tx, instance_id: str) -> list[IncidentRow]:
    """The open incidents of an instance, oldest first."""
    return rows.every(
        tx,
        select(incident)
        .where(incident.c.instance_id == instance_id, incident.c.state == IncidentState.OPEN)
        .order_by(incident.c.opened_at, incident.c.id),
    )


def change_incident(tx: Tx, incident_id: str, values: Mapping[str, Any]) -> bool:
    """Write an incident; False when there is none."""
    return rows.change(tx, incident, incident_id, values)


def rename_incident(tx: Tx, incident_id: str, element_id: str) -> None:
    """Say at which element of the diagram an incident stands now."""
    rows.change(tx, incident, incident_id, {"element_id": element_id})


def close_all_incidents(tx: Tx, instance_id: str) -> None:
    """The process is over: nothing of it is left to mend. A call whose effect is in doubt stays to be settled."""
    moot = update(incident).where(
        incident.c.instance_id == instance_id, incident.c.job_id.is_(None), incident.c.state == IncidentState.OPEN
    )
    tx.execute(moot.values(state=IncidentState.RESOLVED, resolved_at=tx.now, resolution="ended"))


def close_incidents(tx: Tx, instance_id: str, tokens: Sequence[str]) -> None:
    """Mark open incidents of these tokens as resolved: the process no longer stands there."""
    moot = update(incident).where(
        incident.c.instance_id == instance_id, incident.c.token.in_(tokens), incident.c.state == IncidentState.OPEN
    )
    tx.execute(moot.values(state=IncidentState.RESOLVED, resolved_at=tx.now, resolution="cancelled"))
