"""When a waiting timer rings: once, or in the step of a cycle that never hurries after what was missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from SpiffWorkflow.task import Task

from engine.workflow.bpmn import EventSpec
from engine.workflow.errors import ElementFault
from engine.workflow.expressions import cycle, due, evaluate, is_literal, iso_text, next_ring, working_due
from engine.workflow.outcome import TimerSet
from engine.workflow.runtime.instance import TIMER, Instance

_MOMENT = timedelta(microseconds=1)


def set_timer(instance: Instance, task: Task) -> None:
    """Compute the absolute instant from the diagram and ask for a timer row.

    A cycle whose repetitions all lie in the past never rings, so nothing is asked for.
    """
    event, at = _event(task), _now(instance)
    value = _value(instance, task, event)
    if event.timer == "cycle":
        text = iso_text(value)
        found = cycle(text)
        task.internal_data[TIMER] = {"first": (found.first_at or at).isoformat(), "n": -1 if found.first_at else 0}
        if not is_literal(event.expression):
            task.internal_data[TIMER]["text"] = text
        _ring_at_or_after(instance, task, at)
        return
    if task.task_spec.node.extension.get("calendar") == "working":
        due_at = working_due(iso_text(value), at, instance.calendar)
    else:
        due_at = due(event.timer, value, at)
    instance.ledger.timers[task.id] = TimerSet(task.id, task.task_spec.node.id, due_at)


def set_next_ring(instance: Instance, task: Task) -> bool:
    """A cycle has rung: set its next time, in step with its first one; False when it has rung often enough.

    What was missed meanwhile is not caught up with: it is used up, and the cycle goes on in step.
    """
    at = _now(instance)
    told = task.internal_data.get(TIMER)
    if not isinstance(told, dict):  # of a snapshot from before cycles kept step: how many rings were left
        if told is not None and told <= 1:
            return False
        text = iso_text(_value(instance, task, _event(task)))
        times = "" if told is None else str(told - 1)
        told = {"first": at.isoformat(), "n": 0, "text": f"R{times}/{cycle(text).every}"}
        task.internal_data[TIMER] = told
    return _ring_at_or_after(instance, task, at + _MOMENT)


def _ring_at_or_after(instance: Instance, task: Task, earliest: datetime) -> bool:
    """Set the timer for the first ring that is left; `n` is the number of the one before."""
    told, event = task.internal_data[TIMER], _event(task)
    found = cycle(told.get("text") or event.expression)
    first = found.first_at or datetime.fromisoformat(told["first"])
    # Without a start of its own a cycle begins to count when it starts to wait: its ring 0 is then no ring.
    times = found.times if found.first_at or found.times is None else found.times + 1
    upcoming = next_ring(replace(found, times=times), first, told["n"] + 1, earliest)
    if upcoming is None:
        return False
    told["n"], due_at = upcoming
    instance.ledger.timers[task.id] = TimerSet(task.id, task.task_spec.node.id, due_at)
    return True


def _value(instance: Instance, task: Task, event: EventSpec) -> object:
    if is_literal(event.expression):
        return event.expression
    value = evaluate(event.expression, instance.names, instance.context(task))
    if value is None:
        raise ElementFault(
            "timer_unknown",
            f"thời hạn «{event.expression}» chưa tính được vì thiếu dữ liệu.",
            f"the timer “{event.expression}” lacks a fact.",
        )
    return value


def _event(task: Task) -> EventSpec:
    event = task.task_spec.node.event
    assert event is not None  # noqa: S101 - only timers come here
    return event  # type: ignore[no-any-return]  # SpiffWorkflow has no type information


def _now(instance: Instance) -> datetime:
    assert instance.at is not None  # noqa: S101 - the runner always says when
    return instance.at
