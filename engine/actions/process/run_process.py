"""The process moves: the runner says what follows, and every consequence becomes a row of the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.actions.dossier import DossierWork, new_instance
from engine.actions.process.answer_decision import answer_decision
from engine.actions.process.move_status import follow_statuses
from engine.actions.process.open_rows import (
    cancel_work,
    close_incidents_of_the_end,
    drop_incidents,
    open_calls,
    open_tasks,
    open_timers,
    report_incidents,
)
from engine.actions.process.own_messages import deliver_own
from engine.domain import fee_by_hand
from engine.domain.dossier import DECIDED_STATUSES
from engine.domain.errors import Conflict, WrongState
from engine.domain.text import Text
from engine.domain.vocabulary import EndKind, InstanceState
from engine.workflow import runner
from engine.workflow.runner import Advance


def start_process(work: DossierWork, variables: Mapping[str, Any]) -> Advance:
    """Start the procedure's process for a dossier that has just been sent."""
    work.instance = new_instance(work)
    return _follow(work, runner.start(work.spec, variables, work.at, calendar=work.office.calendar))


def run_process(work: DossierWork, event: runner.Event) -> Advance:
    """Move the process on by one event. Raises Conflict when the step was completed or cancelled meanwhile."""
    instance = work.instance
    if instance is None or instance["state"] != InstanceState.RUNNING:
        raise WrongState
    try:
        snapshot, variables = instance["snapshot"], instance["variables"]
        advance = runner.advance(work.spec, snapshot, variables, event, calendar=work.office.calendar)
    except runner.UnknownToken as error:
        raise Conflict(Text(error.message_vi, error.message_en)) from error
    except runner.WrongEvent as error:
        raise WrongState(Text(error.message_vi, error.message_en)) from error
    return _follow(work, advance)


def _follow(work: DossierWork, advance: Advance) -> Advance:
    """Answer decisions until none is left, hand over what was thrown, then turn what happened into rows."""
    movement = deliver_own(work, _decided(work, advance), _decided)
    work.move(snapshot=movement.snapshot, variables=dict(movement.variables))
    cancel_work(work, movement.closed, movement.cancelled_calls, movement.cancelled_timers)
    open_calls(work, movement.calls)
    follow_statuses(work, movement.passed, movement.opened, movement.ended)
    open_tasks(work, movement.opened)
    open_timers(work, movement.timers)
    report_incidents(work, movement.incidents)
    drop_incidents(work, movement.incidents_over)
    if movement.ended is not None:
        _drop_unset_fee(work)
        close_incidents_of_the_end(work)
        work.move(state=InstanceState.CANCELLED if movement.ended.kind == EndKind.CANCELLED else InstanceState.ENDED)
        work.move(end_kind=movement.ended.kind, ended_at=work.at)
    return movement


def _decided(work: DossierWork, movement: Advance) -> Advance:
    while movement.decisions:
        *others, call = movement.decisions
        answer = answer_decision(work, call)
        step = runner.advance(work.spec, movement.snapshot, movement.variables, answer, calendar=work.office.calendar)
        movement = replace(movement, decisions=tuple(others)).then(step)
    return movement


def _drop_unset_fee(work: DossierWork) -> None:
    """Nothing is asked any more of who withdrew or was refused; who got the result still hears what is due."""
    if work.status not in DECIDED_STATUSES:
        cancel_work(work, [fee_by_hand.ELEMENT], [], [])
