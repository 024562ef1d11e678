"""A timer of a process instance is due."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.dossier import DossierWork, keep_work, load_work
from engine.actions.process.run_process import run_process
from engine.context import OfficeContext
from engine.domain.actor import SYSTEM
from engine.domain.history import EventKind
from engine.domain.vocabulary import InstanceState
from engine.store.connection import Tx
from engine.store.process import instances, timers
from engine.workflow.runner import TimerFired


@dataclass(frozen=True)
class FireTimer:
    """A timer that was cancelled or has fired is left alone."""

    timer_id: str


def fire_timer(tx: Tx, office: OfficeContext, cmd: FireTimer) -> None:
    """Let the time pass for the dossier: silence counts as agreement, a step is overdue, and so on."""
    timer = timers.get(tx, cmd.timer_id)
    instance = instances.get(tx, timer["instance_id"]) if timer else None
    if timer is None or instance is None or timer["due_at"] > tx.now:
        return
    work = load_work(tx, office, SYSTEM, instance["dossier_id"])
    if timers.mark_fired(tx, cmd.timer_id):
        let_fire(work, timer["element_id"], timer["token"])


def let_fire(work: DossierWork, element_id: str, token: str) -> None:
    """Move the dossier on by a timer that was just used up; a process that is over has no use for it."""
    if work.instance is None or work.instance["state"] != InstanceState.RUNNING:
        return
    work.happened(EventKind.TIMER_FIRED, {"element": element_id})
    run_process(work, TimerFired(token, work.at))
    keep_work(work)
