"""The process moves: the runner says what follows, and every consequence becomes a row of the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.actions.dossier import DossierWork, new_instance
from engine.actions.process.answer_decision import answer_decision
from engine.actions.process.move_status import DONE, RETURNED, follow_statuses
from engine.actions.process.open_rows import (
    cancel_work,
    drop_incidents,
    open_calls,
    open_tasks,
    open_timers,
    report_incidents,
)
from engine.domain import fee_by_hand
from engine.domain.errors import Conflict, WrongState
from engine.domain.text import Text
from engine.workflow import runner
from engine.workflow.runner import Advance, DecisionCall, Ended, Incident, OpenTask, ServiceCall, TimerSet


@dataclass
class Movement:
    """Everything one step caused, decisions answered on the way included."""

    opened: dict[str, OpenTask] = field(default_factory=dict)
    calls: dict[str, ServiceCall] = field(default_factory=dict)
    timers: dict[str, TimerSet] = field(default_factory=dict)
    decisions: dict[str, DecisionCall] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    cancelled_calls: list[str] = field(default_factory=list)
    cancelled_timers: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    incidents_over: list[str] = field(default_factory=list)
    ended: Ended | None = None
    caught: bool = True

    def take(self, advance: Advance) -> None:
        """Add one advance. What was opened and closed within the step never becomes a row."""
        self.opened.update({task.token: task for task in advance.opened})
        self.calls.update({call.token: call for call in advance.calls})
        self.timers.update({timer.token: timer for timer in advance.timers})
        self.decisions.update({call.token: call for call in advance.decisions})
        self.closed += [token for token in advance.closed if self.opened.pop(token, None) is None]
        self.cancelled_calls += [token for token in advance.cancelled_calls if not self._drop_call(token)]
        self.cancelled_timers += [token for token in advance.cancelled_timers if self.timers.pop(token, None) is None]
        self.passed += advance.passed
        self.incidents += advance.incidents
        self.incidents_over += advance.incidents_over
        self.ended = advance.ended or self.ended
        self.caught = self.caught and advance.caught

    def _drop_call(self, token: str) -> bool:
        waiting = self.calls.get(token)
        decided = self.decisions.pop(token, None)
        if waiting is not None and waiting.waits:
            del self.calls[token]
        return waiting is not None or decided is not None


def start_process(work: DossierWork, variables: Mapping[str, Any]) -> Movement:
    """Start the procedure's process for a dossier that has just been sent."""
    work.instance = new_instance(work)
    return _follow(work, runner.start(work.spec, variables, work.at, calendar=work.office.calendar))


def run_process(work: DossierWork, event: runner.Event) -> Movement:
    """Move the process on by one event. Raises Conflict when the step was completed or cancelled meanwhile."""
    instance = work.instance
    if instance is None or instance["state"] != "running":
        raise WrongState
    try:
        snapshot, variables = instance["snapshot"], instance["variables"]
        advance = runner.advance(work.spec, snapshot, variables, event, calendar=work.office.calendar)
    except runner.UnknownToken as error:
        raise Conflict(Text(error.message_vi, error.message_en)) from error
    except runner.WrongEvent as error:
        raise WrongState(Text(error.message_vi, error.message_en)) from error
    return _follow(work, advance)


def _follow(work: DossierWork, advance: Advance) -> Movement:
    """Answer decisions until none is left, then turn what happened into rows."""
    movement = Movement()
    movement.take(advance)
    while movement.decisions:
        _, call = movement.decisions.popitem()
        answer = answer_decision(work, call)
        advance = runner.advance(work.spec, advance.snapshot, advance.variables, answer, calendar=work.office.calendar)
        movement.take(advance)
    work.move(snapshot=advance.snapshot, variables=dict(advance.variables))
    cancel_work(work, movement.closed, movement.cancelled_calls, movement.cancelled_timers)
    opened = list(movement.opened.values())
    open_calls(work, movement.calls.values())
    follow_statuses(work, movement.passed, opened, movement.ended)
    open_tasks(work, opened)
    open_timers(work, movement.timers.values())
    report_incidents(work, movement.incidents)
    drop_incidents(work, movement.incidents_over)
    if movement.ended is not None:
        _drop_unset_fee(work)
        work.move(state="cancelled" if movement.ended.kind == "cancelled" else "ended")
        work.move(end_kind=movement.ended.kind, ended_at=work.at)
    return movement


def _drop_unset_fee(work: DossierWork) -> None:
    """Nothing is asked any more of who withdrew or was refused; who got the result still hears what is due."""
    if work.status not in (DONE, RETURNED):
        cancel_work(work, [fee_by_hand.ELEMENT], [], [])
