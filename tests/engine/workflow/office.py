"""A small office for tests: draws diagrams in few words and works through them by element name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from engine.workflow.runner import (
    Advance,
    Cancelled,
    JobFailed,
    JobFinished,
    MessageReceived,
    Retried,
    SignalReceived,
    Skipped,
    TaskCompleted,
    TimerFired,
    VariablesChanged,
    advance,
    start,
)
from engine.workflow.spec import ProcessSpec, load_process

MORNING = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def flow(source: str, target: str, condition: str = "", name: str = "") -> str:
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    label = f' name="{name}"' if name else ""
    return (
        f'<sequenceFlow id="{source}.{target}" sourceRef="{source}" targetRef="{target}"{label}>{inner}</sequenceFlow>'
    )


def chain(*elements: str) -> str:
    return "".join(flow(a, b) for a, b in pairwise(elements))


def draw(body: str, declared: str = "", process: str = "p", more: str = "", executable: str = "true") -> bytes:
    return (
        f'<definitions xmlns="{BPMN}" xmlns:motcua="https://motcua.vn/bpmn" targetNamespace="t">{declared}'
        f'<process id="{process}" isExecutable="{executable}">{body}</process>{more}</definitions>'
    ).encode()


def sketch(body: str, declared: str = "", more: str = "") -> bytes:
    """A diagram drawn for people: its process is not marked executable."""
    return draw(body, declared, more=more, executable="false")


class Office:
    """Runs one instance; every step goes through the stored snapshot."""

    def __init__(self, xml: bytes | ProcessSpec, called: dict[str, bytes] | None = None, **variables) -> None:
        self.spec = xml if isinstance(xml, ProcessSpec) else load_process(xml, called=called)
        self.now = MORNING
        self.open: dict[str, str] = {}
        self.calls: dict[str, str] = {}
        self.timers: dict[str, str] = {}
        self.due: dict[str, datetime] = {}
        self.names: dict[str, str] = {}
        self.passed: list[str] = []
        self.last: Advance = start(self.spec, variables, self.now)
        self._note()

    def _note(self) -> None:
        last = self.last
        for token in (*last.closed, last.completed_token):
            self.open.pop(token or "", None)
        for token in last.cancelled_calls:
            self.calls.pop(token, None)
        for token in last.cancelled_timers:
            self.timers.pop(token, None)
        self.open.update({task.token: task.element_id for task in last.opened})
        self.calls.update({c.token: c.element_id for c in (*last.calls, *last.decisions)})
        self.timers.update({timer.token: timer.element_id for timer in last.timers})
        self.due.update({timer.token: timer.due_at for timer in last.timers})
        self.passed.extend(last.passed)
        if last.ended:
            assert not self.open
            assert not self.timers

    @property
    def tasks(self) -> list[str]:
        return sorted(self.open.values())

    @property
    def variables(self) -> dict:
        return self.last.variables

    def token(self, where: dict[str, str], element: str) -> str:
        return next(token for token, name in where.items() if name == element)

    def _step(self, event) -> Office:
        self.last = advance(self.spec, self.last.snapshot, self.last.variables, event)
        self._note()
        return self

    def do(self, element: str, **outputs) -> Office:
        return self._step(TaskCompleted(self.token(self.open, element), outputs, self.now))

    def pick(self, element: str, *flows: str) -> Office:
        return self._step(TaskCompleted(self.token(self.open, element), {}, self.now, flows))

    def answer(self, element: str, **outputs) -> Office:
        token = self.token(self.calls, element)
        del self.calls[token]
        return self._step(JobFinished(token, outputs, self.now))

    def fail(self, element: str, code: str = "refused") -> Office:
        token = self.token(self.calls, element)
        return self._step(JobFailed(token, code, "the other side refused", self.now))

    def ring(self, element: str) -> Office:
        token = self.token(self.timers, element)
        del self.timers[token]
        self.now = max(self.now, self.due[token])
        return self._step(TimerFired(token, self.now))

    def tell(self, message: str, **payload) -> Office:
        return self._step(MessageReceived(message, payload, self.now))

    def signal(self, name: str, **payload) -> Office:
        return self._step(SignalReceived(name, payload, self.now))

    def look_again(self, **changes) -> Office:
        self.last.variables.update(changes)
        return self._step(VariablesChanged(self.now))

    def retry(self) -> Office:
        return self._step(Retried(self.last.incidents[0].token, self.now))

    def skip(self, flow_id: str | None = None) -> Office:
        return self._step(Skipped(self.last.incidents[0].token, "agreed", self.now, flow_id))

    def cancel(self) -> Office:
        return self._step(Cancelled("stopped", self.now))

    def wait(self, **span) -> Office:
        self.now += timedelta(**span)
        return self
