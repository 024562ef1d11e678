"""The end of an action on a dossier: what it gathered is written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.actions.dossier.consequences import follow_up
from engine.actions.dossier.dossier_work import DossierWork
from engine.store.connection import Tx
from engine.store.dossiers import dossiers, notices
from engine.store.history import events
from engine.store.process import instances, jobs, timers


def keep_work(work: DossierWork) -> None:
    """Let follow what hangs on the events, then write everything, one statement per table.

    Order matters only for foreign keys: the instance before what belongs to it.
    """
    follow_up(work)
    tx = work.tx
    if work.instance is not None and work.moved:
        _keep_instance(tx, work.instance, work.moved)
    if work.changed:
        work.dossier["version"] = dossiers.change_version(tx, work.id, work.dossier["version"], work.changed)
    work.keep_tasks()
    timers.set_all(tx, work.new_timers)
    jobs.add_all(tx, work.new_jobs)
    notices.add_all(tx, work.new_notices)
    for incident in work.new_incidents:
        instances.add_incident(tx, incident)
    events.append_all(tx, work.id, work.actor, work.happenings, work.chain_head)
    work.forget()


def _keep_instance(tx: Tx, instance: dict[str, Any], moved: Mapping[str, Any]) -> None:
    """Insert a started instance, or write the next step of one that nobody else moved meanwhile (Conflict)."""
    if instance["version"] == 0:
        instance["version"] = 1
        instances.add(tx, instance)
    else:
        instance["version"] = instances.change_version(tx, instance["id"], instance["version"], moved)
