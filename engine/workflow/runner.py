"""The door of this floor: a pure function from (snapshot, event) to Advance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.domain.vocabulary import EndKind
from engine.workflow.errors import SnapshotError, UnknownToken, WorkflowError, WrongEvent
from engine.workflow.events import (
    JSON,
    Cancelled,
    Event,
    JobFailed,
    JobFinished,
    MessageReceived,
    Retried,
    SignalReceived,
    Skipped,
    TaskCompleted,
    TimerFired,
    VariablesChanged,
)
from engine.workflow.expressions import OfficeCalendar
from engine.workflow.outcome import (
    Advance,
    DecisionCall,
    Ended,
    Incident,
    MessageThrown,
    OpenTask,
    ServiceCall,
    TimerSet,
)
from engine.workflow.runtime import EndlessLoop, Instance, decode, encode, start_scope
from engine.workflow.runtime import event_effects as handling
from engine.workflow.runtime import run_element as stepping
from engine.workflow.spec import ProcessSpec

__all__ = [
    "JSON",
    "Advance",
    "Cancelled",
    "DecisionCall",
    "Ended",
    "Event",
    "Incident",
    "JobFailed",
    "JobFinished",
    "MessageReceived",
    "MessageThrown",
    "OpenTask",
    "Retried",
    "ServiceCall",
    "SignalReceived",
    "Skipped",
    "SnapshotError",
    "TaskCompleted",
    "TimerFired",
    "TimerSet",
    "UnknownToken",
    "VariablesChanged",
    "WorkflowError",
    "WrongEvent",
    "advance",
    "start",
]


def start(
    spec: ProcessSpec,
    variables: Mapping[str, JSON],
    at: datetime,
    *,
    start_event: str | None = None,
    calendar: OfficeCalendar | None = None,
) -> Advance:
    """Start an instance of the process at an instant (aware UTC) and go on until it waits.

    `start_event` names the start when the diagram has several; raises WorkflowError when it is needed.
    `calendar` is the office's work calendar, for timers that count office time (`motcua:calendar="working"`).
    """
    instance = Instance(spec.plan)
    instance.calendar = calendar
    _prepare(instance, variables, at)
    chosen = _start_of(spec, start_event)
    try:
        start_scope(instance, instance, chosen)
        stepping.settle(instance)
    except EndlessLoop as fault:
        raise WorkflowError(fault.message_vi, fault.message_en) from fault
    return _advance(spec, instance, caught=True)


def advance(
    spec: ProcessSpec,
    snapshot: bytes,
    variables: Mapping[str, JSON],
    event: Event,
    *,
    calendar: OfficeCalendar | None = None,
) -> Advance:
    """Take one event and go on until the instance waits again; nothing is stored and nothing is called.

    Raises UnknownToken when the token is no longer open (a second click), WrongEvent when it waits for
    something else, SnapshotError when the snapshot is not of this diagram. A fault of the diagram itself
    is no exception but an incident in the answer.
    """
    instance = decode(snapshot, spec.plan, spec.hash)
    instance.calendar = calendar
    _prepare(instance, variables, event.at)
    if stepping.is_over(instance):
        return _too_late(snapshot, variables, event)
    try:
        caught = handling.HANDLERS[type(event)](instance, event)
        stepping.settle(instance)
    except EndlessLoop as fault:
        stays = Incident("", fault.code, fault.message_vi, fault.message_en, getattr(event, "token", ""))
        return Advance(snapshot, dict(variables), incidents=(stays,), caught=False)
    completed = event.token if isinstance(event, TaskCompleted) else None
    return _advance(spec, instance, caught, completed)


def _prepare(instance: Instance, variables: Mapping[str, JSON], at: datetime) -> None:
    if at.tzinfo is None:
        raise WorkflowError("Thời điểm phải có múi giờ.", "An instant must have a time zone.")
    instance.variables = dict(variables)
    instance.at = at


def _too_late(snapshot: bytes, variables: Mapping[str, JSON], event: Event) -> Advance:
    """The instance is over: a late answer is refused, a late message finds nobody."""
    token = "" if isinstance(event, MessageReceived) else getattr(event, "token", "")
    if token and not token.startswith(handling.NOTICE):
        raise UnknownToken(token)
    return Advance(snapshot, dict(variables), caught=False)


def _start_of(spec: ProcessSpec, start_event: str | None) -> str | None:
    starts = spec.plan.starts[spec.plan.root]
    if start_event in starts or (start_event is None and len(starts) <= 1):
        return start_event
    plain = [start for start in starts if spec.plan.elements[start].node.event_kind == "none"]
    if start_event is None and len(plain) == 1:
        return plain[0]
    names = ", ".join(starts)
    raise WorkflowError(
        f"Cần nói rõ bắt đầu từ sự kiện nào trong: {names}.", f"Say which start event to begin with: {names}."
    )


def _advance(spec: ProcessSpec, instance: Instance, caught: bool, completed: str | None = None) -> Advance:
    ledger = instance.ledger
    ended: Ended | None = None
    if stepping.is_over(instance):
        instance.clear(instance)
        ended = Ended(tuple(instance.ended_by), EndKind(instance.end_kind or EndKind.COMPLETED))
    return Advance(
        snapshot=encode(instance, spec.hash),
        variables=instance.variables,
        opened=tuple(ledger.opened.values()),
        closed=tuple(ledger.closed),
        calls=(*ledger.calls.values(), *ledger.notices),
        cancelled_calls=tuple(ledger.cancelled_calls),
        decisions=tuple(ledger.decisions.values()),
        timers=tuple(ledger.timers.values()),
        cancelled_timers=tuple(ledger.cancelled_timers),
        passed=tuple(ledger.passed),
        ended=ended,
        incidents=tuple(ledger.incidents.values()),
        thrown=tuple(ledger.thrown),
        caught=caught,
        completed_token=completed,
        incidents_over=tuple(ledger.incidents_over),
    )
