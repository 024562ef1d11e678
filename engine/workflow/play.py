"""`motcua play`: runs a diagram in memory, step by step, and says after each step where it stands.

A step is one of: {"start": {variables}}, {"complete": task, "data": {...}}, {"job": call, "data": {...}},
{"fail": call, "code": "..."}, {"timer": event}, {"wait": "P1D"}, {"message": name, "data": {...}, "key": k},
{"signal": name, "data": {...}}, {"set": {...}}, {"retry": element}, {"skip": element, "flow": id},
{"cancel": reason}. Tasks, calls and events are named by element id, by name, or by token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from engine.workflow.errors import WorkflowError
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
from engine.workflow.outcome import Advance
from engine.workflow.position import position
from engine.workflow.runner import advance, start
from engine.workflow.spec import ProcessSpec, load_process
from engine.workflow.times import after


class Stage:
    """One instance in memory with what is open in it."""

    def __init__(self, spec: ProcessSpec, variables: Mapping[str, JSON], at: datetime) -> None:
        self.spec, self.at = spec, at
        self.tasks: dict[str, Any] = {}
        self.calls: dict[str, Any] = {}
        self.timers: dict[str, Any] = {}
        self.incidents: dict[str, Any] = {}
        self.ended: Any = None
        self.last = self._note(start(spec, variables, at))

    def send(self, event: Event) -> None:
        """Give the instance an event and note what it opened and closed."""
        token = getattr(event, "token", "")
        self.last = self._note(advance(self.spec, self.last.snapshot, self.last.variables, event))
        if self.last.caught:
            self.tasks.pop(token, None)
            self.calls.pop(token, None)

    def _note(self, step: Advance) -> Advance:
        for token in (*step.closed, *step.cancelled_calls, *step.cancelled_timers):
            self._forget(token)
        self.tasks.update({task.token: task for task in step.opened})
        self.calls.update({call.token: call for call in step.calls})
        self.calls.update({decision.token: decision for decision in step.decisions})
        self.timers.update({timer.token: timer for timer in step.timers})
        self.incidents.update({incident.token: incident for incident in step.incidents})
        if step.ended is not None:
            self.ended = step.ended
        return step

    def _forget(self, token: str) -> None:
        self.tasks.pop(token, None)
        self.calls.pop(token, None)
        self.timers.pop(token, None)
        self.incidents.pop(token, None)

    def find(self, shelf: Mapping[str, Any], word: str) -> str:
        """Find an open thing by element id, name or token; the oldest first."""
        for token, thing in shelf.items():
            info = self.spec.elements.get(thing.element_id)
            if word in (token, thing.element_id, info.name if info else None):
                return token
        names = ", ".join(thing.element_id for thing in shelf.values()) or "-"
        raise WorkflowError(f"«{word}» không đang mở; đang mở: {names}.", f"“{word}” is not open; open are: {names}.")


def _complete(stage: Stage, step: Mapping[str, Any]) -> None:
    data = step.get("data") or {}
    token = stage.find(stage.tasks, str(step["complete"]))
    if not stage.spec.elements[stage.tasks[token].element_id].outputs:
        stage.last.variables.update(data)  # a diagram from elsewhere declares no outputs
    stage.send(TaskCompleted(token, data, stage.at))


def _job(stage: Stage, step: Mapping[str, Any]) -> None:
    token = stage.find(stage.calls, str(step["job"]))
    stage.send(JobFinished(token, step.get("data") or {}, stage.at))


def _fail(stage: Stage, step: Mapping[str, Any]) -> None:
    token = stage.find(stage.calls, str(step["fail"]))
    stage.send(JobFailed(token, str(step.get("code", "error")), str(step.get("text", "")), stage.at))


def _timer(stage: Stage, step: Mapping[str, Any]) -> None:
    _ring(stage, stage.find(stage.timers, str(step["timer"])))


def _ring(stage: Stage, token: str) -> None:
    timer = stage.timers.pop(token)
    stage.at = max(stage.at, timer.due_at)
    stage.send(TimerFired(token, stage.at))


def _wait(stage: Stage, step: Mapping[str, Any]) -> None:
    until = after(str(step["wait"]), stage.at)
    while due := [timer for timer in stage.timers.values() if timer.due_at <= until]:
        _ring(stage, min(due, key=lambda timer: timer.due_at).token)
    stage.at = until


def _message(stage: Stage, step: Mapping[str, Any]) -> None:
    message = MessageReceived(str(step["message"]), step.get("data") or {}, stage.at, key=step.get("key"))
    stage.send(message)


def _signal(stage: Stage, step: Mapping[str, Any]) -> None:
    stage.send(SignalReceived(str(step["signal"]), step.get("data") or {}, stage.at))


def _set(stage: Stage, step: Mapping[str, Any]) -> None:
    stage.last.variables.update(step["set"])
    stage.send(VariablesChanged(stage.at))


def _retry(stage: Stage, step: Mapping[str, Any]) -> None:
    token = stage.find(stage.incidents, str(step["retry"]))
    del stage.incidents[token]
    stage.send(Retried(token, stage.at))


def _skip(stage: Stage, step: Mapping[str, Any]) -> None:
    token = stage.find(stage.incidents, str(step["skip"]))
    del stage.incidents[token]
    stage.send(Skipped(token, str(step.get("reason", "")), stage.at, step.get("flow")))


def _cancel(stage: Stage, step: Mapping[str, Any]) -> None:
    stage.send(Cancelled(str(step["cancel"]), stage.at))


ACTIONS: dict[str, Callable[[Stage, Mapping[str, Any]], None]] = {
    "complete": _complete,
    "job": _job,
    "fail": _fail,
    "timer": _timer,
    "wait": _wait,
    "message": _message,
    "signal": _signal,
    "set": _set,
    "retry": _retry,
    "skip": _skip,
    "cancel": _cancel,
}


def play(
    xml: bytes,
    steps: Iterable[Mapping[str, Any]],
    *,
    at: datetime,
    variables: Mapping[str, JSON] | None = None,
    called: Mapping[str, bytes] | None = None,
) -> Iterator[dict[str, object]]:
    """Run a diagram from `at` (aware) through the steps; yield its state at the start and after each step.

    A step that does not fit is told in `error` and changes nothing. Raises ModelRefused for the diagram.
    """
    spec = load_process(xml, called=called)
    waiting = list(steps)
    given = dict(variables or {})
    if waiting and "start" in waiting[0]:
        given.update(waiting.pop(0)["start"] or {})
    stage = Stage(spec, given, at)
    yield _state(stage, {"start": given}, None)
    for step in waiting:
        yield _state(stage, step, _act(stage, step))


def _act(stage: Stage, step: Mapping[str, Any]) -> str | None:
    action = next((ACTIONS[word] for word in step if word in ACTIONS), None)
    if action is None:
        return f"Không hiểu bước này; dùng một trong: {', '.join(ACTIONS)}."
    try:
        action(stage, step)
    except WorkflowError as error:
        return error.message_vi
    return None


def _state(stage: Stage, step: Mapping[str, Any], error: str | None) -> dict[str, object]:
    last, ended = stage.last, stage.ended
    awaited = {place.awaits for place in position(stage.spec, last.snapshot) if place.awaits}
    return {
        "step": dict(step),
        "at": stage.at.isoformat(),
        "open": [
            {"element": t.element_id, "name": t.name, "kind": t.kind, "lane": t.lane, "token": t.token}
            for t in stage.tasks.values()
        ],
        "calls": [{"element": c.element_id, "inputs": c.inputs, "token": c.token} for c in stage.calls.values()],
        "timers": [
            {"element": t.element_id, "due_at": t.due_at.isoformat(), "token": t.token} for t in stage.timers.values()
        ],
        "awaits": sorted(awaited),
        "passed": list(last.passed),
        "variables": last.variables,
        "incidents": [
            {"element": i.element_id, "code": i.code, "message_vi": i.message_vi, "message_en": i.message_en}
            for i in stage.incidents.values()
        ],
        "ended": None if ended is None else {"ends": list(ended.end_event_ids), "kind": ended.kind},
        "caught": last.caught,
        "error": error,
    }
