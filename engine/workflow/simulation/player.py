"""One instance in memory, as `motcua play` and tests work through it: what is open, and each kind of step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
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
from engine.workflow.expressions import OfficeCalendar, after, instant
from engine.workflow.outcome import Advance
from engine.workflow.position import position
from engine.workflow.runner import advance, start
from engine.workflow.spec import ProcessSpec

MAX_RINGS = 1_000
"""Timers that may ring within one step of travelling; a cycle of one second would ring for ever."""


class Stage:
    """One instance in memory with what is open in it. Nothing changes when a step is refused."""

    def __init__(
        self,
        spec: ProcessSpec,
        variables: Mapping[str, JSON],
        at: datetime,
        *,
        start_event: str | None = None,
        calendar: OfficeCalendar | None = None,
    ) -> None:
        self.spec, self.at, self.calendar = spec, at, calendar
        self.tasks: dict[str, Any] = {}
        self.calls: dict[str, Any] = {}
        self.timers: dict[str, Any] = {}
        self.incidents: dict[str, Any] = {}
        self.ended: Any = None
        self.passed: list[str] = []
        self.thrown: list[Any] = []
        chosen = self._start_named(start_event) if start_event else None
        self.last = self._note(start(spec, variables, at, start_event=chosen, calendar=calendar))

    def _start_named(self, word: str) -> str:
        starts = self.spec.plan.starts[self.spec.process_id]
        found = next((one for one in starts if word in (one, self.spec.elements[one].name)), None)
        return found or word

    def send(self, event: Event, variables: Mapping[str, JSON] | None = None) -> None:
        """Give the instance an event and note what it opened and closed."""
        token = getattr(event, "token", "")
        known = self.last.variables if variables is None else variables
        step = advance(self.spec, self.last.snapshot, known, event, calendar=self.calendar)
        self.at = event.at
        if step.caught:
            for open_ones in (self.tasks, self.calls, self.timers):
                open_ones.pop(token, None)
        self.last = self._note(step)

    def _note(self, step: Advance) -> Advance:
        for token in (*step.closed, *step.cancelled_calls, *step.cancelled_timers, *step.incidents_over):
            for open_ones in (self.tasks, self.calls, self.timers, self.incidents):
                open_ones.pop(token, None)
        self.tasks.update({task.token: task for task in step.opened})
        self.calls.update({call.token: call for call in step.calls if call.waits})
        self.calls.update({decision.token: decision for decision in step.decisions})
        self.timers.update({timer.token: timer for timer in step.timers})
        self.incidents.update({incident.token: incident for incident in step.incidents})
        self.passed += step.passed
        self.thrown += [*step.thrown, *(call for call in step.calls if not call.waits)]
        self.ended = step.ended or self.ended
        return step

    def find(self, opened: Mapping[str, Any], word: object) -> str:
        """Find an open thing by element id, name or token; the oldest first. Raises WorkflowError."""
        for token, thing in opened.items():
            info = self.spec.elements.get(thing.element_id)
            if word in (token, thing.element_id, info.name if info else None):
                return token
        names = ", ".join(thing.element_id for thing in opened.values()) or "-"
        raise WorkflowError(f"«{word}» không đang mở; đang mở: {names}.", f"“{word}” is not open; open are: {names}.")

    def saved(self) -> dict[str, Any]:
        """Everything as it is now, so that a step of several events that fails on its way can be taken back."""
        return {name: copy(value) if isinstance(value, dict | list) else value for name, value in vars(self).items()}

    def go_back(self, saved: Mapping[str, Any]) -> None:
        """Be again as it was."""
        vars(self).update(saved)

    def awaited(self) -> list[str]:
        """List what the instance waits for from outside: `message:name`, `signal:name`, timer, conditional."""
        return sorted({place.awaits for place in position(self.spec, self.last.snapshot) if place.awaits})


@dataclass(frozen=True)
class Verb:
    """One kind of step: what it does and which further words it knows."""

    act: Callable[[Stage, Mapping[str, Any]], None]
    words: frozenset[str] = frozenset()


def _data(step: Mapping[str, Any], word: str = "data") -> dict[str, JSON]:
    data = step.get(word)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise WorkflowError(
            f"«{word}» phải là đối tượng {{tên: giá trị}}.", f"“{word}” must be an object {{name: value}}."
        )
    return data


def _complete(stage: Stage, step: Mapping[str, Any]) -> None:
    data, token = _data(step), stage.find(stage.tasks, step["complete"])
    info = stage.spec.elements[stage.tasks[token].element_id]
    free = {} if info.outputs or info.chooses else data  # a diagram from elsewhere declares no outputs
    event = TaskCompleted(token, data, stage.at, _flows(step.get("flow"), info.choices))
    stage.send(event, {**stage.last.variables, **free})


def _flows(wanted: object, choices: Iterable[Any]) -> tuple[str, ...]:
    """The flows meant by their ids or labels; what is unknown is handed on for the engine to refuse."""
    words = wanted if isinstance(wanted, list) else [] if wanted is None else [wanted]
    ids = {word: choice.flow_id for choice in choices for word in (choice.name, choice.flow_id)}
    return tuple(ids.get(str(word), str(word)) for word in words)


def _job(stage: Stage, step: Mapping[str, Any]) -> None:
    stage.send(JobFinished(stage.find(stage.calls, step["job"]), _data(step), stage.at))


def _fail(stage: Stage, step: Mapping[str, Any]) -> None:
    token = stage.find(stage.calls, step["fail"])
    stage.send(JobFailed(token, str(step.get("code", "error")), str(step.get("text", "")), stage.at))


def _timer(stage: Stage, step: Mapping[str, Any]) -> None:
    ring(stage, stage.find(stage.timers, step["timer"]))


def ring(stage: Stage, token: str) -> None:
    """Let a timer ring at its time, or now when that is past."""
    stage.send(TimerFired(token, max(stage.at, stage.timers[token].due_at)))


def _wait(stage: Stage, step: Mapping[str, Any]) -> None:
    _travel(stage, after(str(step["wait"]), stage.at))


def _until(stage: Stage, step: Mapping[str, Any]) -> None:
    _travel(stage, instant(str(step["until"])))


def _travel(stage: Stage, until: datetime) -> None:
    """Let time pass; every timer due on the way rings at its own time."""
    if until < stage.at:
        raise WorkflowError("Thời gian không đi lùi.", "Time does not run backwards.")
    for _ in range(MAX_RINGS):
        due = [timer for timer in stage.timers.values() if timer.due_at <= until]
        if not due:
            stage.at = until
            return
        ring(stage, min(due, key=lambda timer: timer.due_at).token)
    raise WorkflowError(
        f"Đã dừng sau {MAX_RINGS} lần báo giờ, lúc {stage.at.isoformat()}; hãy đi từng quãng ngắn hơn.",
        f"Stopped after {MAX_RINGS} rings, at {stage.at.isoformat()}; travel in shorter stretches.",
    )


def _message(stage: Stage, step: Mapping[str, Any]) -> None:
    stage.send(MessageReceived(str(step["message"]), _data(step), stage.at, key=step.get("key")))
    _must_be_caught(stage, f"message:{step['message']}")


def _signal(stage: Stage, step: Mapping[str, Any]) -> None:
    stage.send(SignalReceived(str(step["signal"]), _data(step), stage.at))
    _must_be_caught(stage, f"signal:{step['signal']}")


def _must_be_caught(stage: Stage, what: str) -> None:
    if not stage.last.caught:
        waiting = ", ".join(stage.awaited()) or "-"
        raise WorkflowError(
            f"Không ai chờ «{what}» (hoặc khóa không khớp); đang chờ: {waiting}.",
            f"Nobody waits for “{what}” (or the key does not fit); awaited: {waiting}.",
        )


def _set(stage: Stage, step: Mapping[str, Any]) -> None:
    stage.send(VariablesChanged(stage.at), {**stage.last.variables, **_data(step, "set")})


def _retry(stage: Stage, step: Mapping[str, Any]) -> None:
    token = stage.find(stage.incidents, step["retry"])
    stage.send(Retried(token, stage.at))
    _settle(stage, token)


def _skip(stage: Stage, step: Mapping[str, Any]) -> None:
    token = stage.find(stage.incidents, step["skip"])
    flow, to = (None if step.get(word) is None else str(step[word]) for word in ("flow", "to"))
    stage.send(Skipped(token, str(step.get("reason", "")), stage.at, flow, to))
    _settle(stage, token)


def _settle(stage: Stage, token: str) -> None:
    """The incident is over, unless the token met the next one at once."""
    if token not in {incident.token for incident in stage.last.incidents}:
        stage.incidents.pop(token, None)


def _cancel(stage: Stage, step: Mapping[str, Any]) -> None:
    stage.send(Cancelled(str(step["cancel"]), stage.at))


VERBS: dict[str, Verb] = {
    "complete": Verb(_complete, frozenset({"data", "flow"})),
    "job": Verb(_job, frozenset({"data"})),
    "fail": Verb(_fail, frozenset({"code", "text"})),
    "timer": Verb(_timer),
    "wait": Verb(_wait),
    "until": Verb(_until),
    "message": Verb(_message, frozenset({"data", "key"})),
    "signal": Verb(_signal, frozenset({"data"})),
    "set": Verb(_set),
    "retry": Verb(_retry),
    "skip": Verb(_skip, frozenset({"flow", "to", "reason"})),
    "cancel": Verb(_cancel),
}
