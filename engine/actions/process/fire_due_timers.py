"""The time of many timers has come at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.actions.dossier import DossierWork
from engine.actions.process.fire_timer import let_fire
from engine.context import OfficeContext
from engine.domain.actor import SYSTEM
from engine.store.connection import Tx
from engine.store.process import instances, timers


@dataclass(frozen=True)
class FireDueTimers:
    """At most `most` of them, oldest first, without those in `passing_over` and those of `after_others` instances."""

    most: int
    passing_over: Collection[str] = ()
    after_others: Collection[str] = ()


class TimerBroke(Exception):  # noqa: N818 - the name says what happened
    """One of several could not be fired, so that all are taken back; `held` are to be tried one by one."""

    def __init__(self, held: tuple[str, ...]) -> None:
        super().__init__(f"{len(held)} timers")
        self.held = held


def fire_due_timers(tx: Tx, office: OfficeContext, cmd: FireDueTimers) -> list[str]:
    """Let due timers fire; gives the instances whose timers were taken in hand.

    Their dossiers are held first, as everywhere, and one that somebody works on is passed over: nobody waits for
    anybody, and it is looked at again in the next round. Raises TimerBroke.
    """
    due = timers.hold_due(tx, cmd.most, cmd.passing_over, cmd.after_others)
    running = instances.by_ids(tx, [timer["instance_id"] for timer, _ in due])
    waiting = timers.mark_all_fired(tx, [timer["id"] for timer, _ in due])
    held = tuple(timer["id"] for timer, _ in due)
    for timer, dossier in due:
        if timer["id"] not in waiting:
            continue
        try:
            work = DossierWork(tx, office, SYSTEM, dict(dossier), dict(running[timer["instance_id"]]))
            let_fire(work, timer["element_id"], timer["token"])
        except Exception as error:
            raise TimerBroke(held) from error
    return [timer["instance_id"] for timer, _ in due]
