"""Walks one instance as a scenario tells and holds what is open against what the scenario expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from engine.workflow.errors import WorkflowError
from engine.workflow.events import MessageReceived, SignalReceived, TaskCompleted
from engine.workflow.simulation import Stage, act
from engine.workflow.spec import ProcessSpec

BEGIN: Final = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
MAX_PASSED: Final = 1_000
"""Steps that a BPMN engine passes by itself, between two steps of a scenario; a loop of them has no end."""
_PEOPLE: Final = frozenset({"user_task"})
_WAITING: Final = frozenset({"user_task", "receive_task"})


class DisagreementError(Exception):
    """What a scenario expects does not hold; the text says which fact, in words for a table."""


class Walk:
    """One instance under a scenario. What the other engine passes by itself is passed before anything is compared."""

    def __init__(self, spec: ProcessSpec, variables: Mapping[str, Any]) -> None:
        self.stage = Stage(spec, variables, BEGIN)
        self._pass_by()

    def take(self, step: Mapping[str, Any]) -> None:
        """Do one step, or judge one `expect`; raises DisagreementError."""
        verb = next((word for word in _VERBS if word in step), None)
        if verb is None:
            raise DisagreementError(f"unknown step {sorted(step)}")
        try:
            _VERBS[verb](self, step)
            self._pass_by()
        except WorkflowError as error:
            raise DisagreementError(f"{verb} {_shown(step[verb])}: {error.message_en}") from error

    def _pass_by(self) -> None:
        """Complete what no person and no outside party does: service, send, script, rule, manual and untyped tasks."""
        for _ in range(MAX_PASSED):
            tasks, calls = self.stage.tasks.values(), self.stage.calls
            work = next((task.token for task in tasks if task.kind not in _WAITING and not task.choices), None)
            if work is not None and self.stage.spec.elements[self.stage.tasks[work].element_id].event == "none":
                self._do({"complete": work})
            elif calls:
                self._do({"job": next(iter(calls))})
            else:
                return
        raise DisagreementError(f"more than {MAX_PASSED} steps without a wait")

    def _do(self, step: Mapping[str, Any]) -> None:
        error = act(self.stage, step)
        if error is not None:
            raise error

    def complete(self, step: Mapping[str, Any]) -> None:
        """Somebody completes the oldest open task with this id."""
        self._finish(step["complete"], step)

    def trigger(self, step: Mapping[str, Any]) -> None:
        """The receive task goes on, whether it waits for a message by name or not."""
        self._finish(step["trigger"], step)

    def message(self, step: Mapping[str, Any]) -> None:
        """A message comes from outside, with its variables."""
        self.stage.send(MessageReceived(str(step["message"]), {}, self.stage.at), self._known(step))
        self._must_be_caught(step["message"])

    def signal(self, step: Mapping[str, Any]) -> None:
        """A signal comes from outside, with its variables."""
        self.stage.send(SignalReceived(str(step["signal"]), {}, self.stage.at), self._known(step))
        self._must_be_caught(step["signal"])

    def timer(self, step: Mapping[str, Any]) -> None:
        """The timer rings at its own time."""
        self._do({"timer": step["timer"]})

    def advance(self, step: Mapping[str, Any]) -> None:
        """Time passes."""
        self._do({"wait": step["advance"]})

    def write(self, step: Mapping[str, Any]) -> None:
        """Variables change, and conditions look again."""
        self._do({"set": step["set"]})

    def expect(self, step: Mapping[str, Any]) -> None:
        """Every fact must hold."""
        facts = step["expect"]
        unknown = set(facts) - set(_FACTS)
        if unknown:
            raise DisagreementError(f"unknown fact {sorted(unknown)}")
        for fact, wanted in facts.items():
            _FACTS[fact](self, wanted)

    def _finish(self, word: object, step: Mapping[str, Any]) -> None:
        """Complete a task; what was written with it goes to the instance, whatever the diagram declares."""
        token, known = self.stage.find(self.stage.tasks, word), self._known(step)
        self.stage.send(TaskCompleted(token, {}, self.stage.at), known)

    def _known(self, step: Mapping[str, Any]) -> dict[str, Any]:
        return {**self.stage.last.variables, **step.get("variables", {})}

    def _must_be_caught(self, name: object) -> None:
        if not self.stage.last.caught:
            raise DisagreementError(f"nobody waits for {_shown(name)}; awaited: {', '.join(self.stage.awaited())}")

    def open(self) -> Counter[str]:
        """How many user tasks with each id are open."""
        return Counter(task.element_id for task in self.stage.tasks.values() if task.kind in _PEOPLE)

    def _open(self, wanted: list[str]) -> None:
        _same("open", sorted(self.open().elements()), sorted(wanted))

    def _count(self, wanted: int) -> None:
        _same("count", self.open().total(), wanted)

    def _exactly(self, wanted: Mapping[str, int]) -> None:
        found = self.open()
        _same("exactly", {name: found[name] for name in wanted}, dict(wanted))

    def _at_least(self, wanted: Mapping[str, int]) -> None:
        found = self.open()
        if any(found[name] < least for name, least in wanted.items()):
            raise DisagreementError(f"at least {_shown(dict(wanted))}, open are {_shown(dict(found))}")

    def _at_least_in_all(self, wanted: int) -> None:
        if self.open().total() < wanted:
            raise DisagreementError(f"at least {wanted} tasks, open are {self.open().total()}")

    def _ended(self, wanted: bool) -> None:
        _same("ended", self.stage.ended is not None, wanted)

    def _variables(self, wanted: Mapping[str, Any]) -> None:
        known = self.stage.last.variables
        _same("variables", {name: known.get(name) for name in wanted}, dict(wanted))


def _same(fact: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise DisagreementError(f"{fact}: expected {_shown(wanted)}, found {_shown(found)}")


def _shown(value: object) -> str:
    return " ".join(str(value).split())[:160]


_VERBS: Final[dict[str, Callable[[Walk, Mapping[str, Any]], None]]] = {
    "complete": Walk.complete,
    "trigger": Walk.trigger,
    "message": Walk.message,
    "signal": Walk.signal,
    "timer": Walk.timer,
    "advance": Walk.advance,
    "set": Walk.write,
    "expect": Walk.expect,
}
_FACTS: Final[dict[str, Callable[[Walk, Any], None]]] = {
    "open": Walk._open,
    "count": Walk._count,
    "exactly": Walk._exactly,
    "at_least": Walk._at_least,
    "at_least_in_all": Walk._at_least_in_all,
    "ended": Walk._ended,
    "variables": Walk._variables,
}
