"""A running instance: SpiffWorkflow's workflow and tasks, kept flat so that only living tokens remain.

Every token is a SpiffWorkflow task directly under the root of its scope. Nothing is predicted, and a
task leaves the tree when it is finished, so a loop costs the same in round 5,000 as in round one.
Variables are not task data: they belong to the instance record and are handed in with every step.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.bpmn import Flow
from engine.workflow.errors import WorkflowError
from engine.workflow.events import JSON
from engine.workflow.expressions import Context, OfficeCalendar
from engine.workflow.runtime.ledger import Ledger
from engine.workflow.runtime.plan import Plan

MAX_STEPS = 10_000
MAX_TOKENS = 4_000
ROOT = "root"
LIVE = TaskState.NOT_FINISHED_MASK | TaskState.ERROR

# Keys of a task's internal data. Short, because they are stored with every token.
LOCALS = "L"  # variables seen only inside this token's activity
MEMBER_OF = "of"  # this token is one instance of a repeating activity
HOST = "host"  # the activity a waiting boundary event sits on
GROUP = "g"  # the event-based gateway whose first event wins
ARRIVED = "in"  # of a join: tokens per incoming flow
LOOP = "loop"  # progress of a repeating activity
LEAVING = "out"  # finished, but no outgoing path could be chosen
ARMED = "armed"  # the start of an event subprocess, waiting
ROUND = "n"
TIMER = "t"  # a timer runs: remaining repetitions of a cycle (None = endless)
TRUTH = "was"  # last value of a condition
STUCK = "stuck"  # a token that waits and has an incident: a starved join, a condition that cannot be asked
UNDOES = "undo"  # a compensation handler at work, for this throwing token
ROLE = "r"  # what this token told the platform: task or call
UNDO = "todo"  # of a compensation throw: what is still to be undone
UNWINDS = "back"  # a finished subprocess that is there again, to be undone
INSIDE = "ins"  # of a subprocess about to be left: what was done inside


class EndlessLoop(WorkflowError):  # noqa: N818 - a fault of the diagram, reported as an incident
    """One step moved more tokens than any real procedure needs."""

    code = "endless_loop"


class Token(Task):  # type: ignore[misc]  # SpiffWorkflow has no type information
    """A task whose changes of state are not logged: the event table keeps the history, and half a step's time."""

    def _set_state(self, value: int) -> None:
        self._state = value


class TokenScope(BpmnSubWorkflow):  # type: ignore[misc]  # SpiffWorkflow has no type information
    """A running subprocess: flat like the instance, finished tasks leave at once."""

    def _task_completed_notify(self, task: Task) -> None:
        self.top_workflow.finished(task)


class Instance(BpmnWorkflow):  # type: ignore[misc]  # SpiffWorkflow has no type information
    """One running process instance during one step."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.specs[plan.root], plan.specs, script_engine=plan.engine, deserializing=True)
        self.task_tree = Token(self, self.spec.start, state=TaskState.COMPLETED, id=ROOT)
        self.plan = plan
        self.elements = plan.elements
        self.names = plan.names
        self.counter = 0
        self.rounds: dict[str, int] = {}
        self.variables: dict[str, JSON] = {}
        self.at: datetime | None = None
        self.calendar: OfficeCalendar | None = None
        self.queue: deque[Task] = deque()
        self.ledger = Ledger()
        self.end_kind: str | None = None
        self.ended_by: list[str] = []

    def _task_completed_notify(self, task: Task) -> None:
        self.finished(task)

    # -- tokens -----------------------------------------------------------------------------------

    def new_token(self, scope: TokenScope | Instance, spec: object, **internal: JSON) -> Task:
        """Put a new task of that spec under the scope's root; its id is the token's name for good."""
        self.counter += 1
        if len(scope.tasks) > MAX_TOKENS:
            raise EndlessLoop(
                f"Một phạm vi có hơn {MAX_TOKENS} nhánh cùng chạy, sơ đồ tự nhân nhánh không có điểm dừng.",
                f"More than {MAX_TOKENS} branches run in one scope: the diagram multiplies without a stop.",
            )
        task = Token(scope, spec, scope.task_tree, state=TaskState.FUTURE, id=f"t{self.counter}")
        task.internal_data.update(internal)
        return task

    def place(self, scope: TokenScope | Instance, element_id: str, flow: Flow | None = None, **internal: JSON) -> None:
        """Let a token reach an element, along a flow or from nowhere."""
        spec = self.elements[element_id]
        if flow is not None and spec.collects(flow):
            spec.arrive(scope, flow)
            return
        task = self.new_token(scope, spec, **internal)
        spec._update(task)

    def open_scope(self, host: Task, scope_id: str) -> TokenScope:
        """Start the inside of a container activity; the host waits for it."""
        scope = TokenScope(self.subprocess_specs[scope_id], host.id, self, deserializing=True)
        scope.task_tree = Token(scope, scope.spec.start, state=TaskState.COMPLETED, id=ROOT)
        self.subprocesses[host.id] = scope
        return scope

    def tokens(self, scope: TokenScope | Instance) -> list[Task]:
        """List the living tokens of one scope, oldest first."""
        return [task for task in scope.tasks.values() if task is not scope.task_tree and task.has_state(LIVE)]

    def scopes(self) -> Iterator[TokenScope | Instance]:
        """Walk over all open scopes, outer before inner."""
        yield self
        yield from list(self.subprocesses.values())

    def find(self, token: str) -> Task | None:
        """Find a living token by its name."""
        if token == ROOT:
            return None
        for scope in self.scopes():
            task = scope.tasks.get(token)
            if task is not None:
                return task
        return None

    def finished(self, task: Task) -> None:
        """Forget a finished task; history is in the event table, not in the snapshot."""
        if task.state != TaskState.ERROR:
            self.remove(task)

    def remove(self, task: Task) -> None:
        """Take a task out of its scope's tree."""
        if task.workflow.tasks.pop(task.id, None) is not None:
            task.workflow.task_tree._children.remove(task.id)

    def cancel_token(self, task: Task) -> None:
        """Cancel a token with everything inside it and attached to it."""
        if task.workflow.tasks.get(task.id) is not task:
            return
        node = task.task_spec.node
        if node.boundaries or node.loop is not None:
            for other in list(task.workflow.tasks.values()):
                if task.id in (other.internal_data.get(HOST), other.internal_data.get(MEMBER_OF)):
                    self.cancel_token(other)
        self.close_scope(task.id)
        if task.state == TaskState.ERROR or STUCK in task.internal_data:
            self.ledger.drop_incident(task.id)
        task._set_state(TaskState.CANCELLED)
        task.task_spec._on_cancel(task)
        self.remove(task)

    def close_scope(self, token: str) -> None:
        """Cancel all that still lives inside a container's scope and drop the scope."""
        scope = self.subprocesses.get(token)
        if scope is not None:
            self.clear(scope)
            del self.subprocesses[token]
            scope.completed = True

    def clear(self, scope: TokenScope | Instance, keep: Task | None = None) -> None:
        """Cancel every token of a scope but one."""
        for task in list(scope.tasks.values()):
            if task is not scope.task_tree and task is not keep:
                self.cancel_token(task)

    # -- variables --------------------------------------------------------------------------------

    def layers(self, task: Task) -> list[dict[str, JSON]]:
        """List the variables a token sees, innermost first; the record itself comes last."""
        found: list[dict[str, JSON]] = []
        current: Task | None = task
        while current is not None:
            if LOCALS in current.internal_data:
                found.append(current.internal_data[LOCALS])
            host = current.workflow.parent_task_id
            current = self.find(host) if host else None
        return [*found, self.variables]

    def context(self, task: Task) -> Context:
        """Give the variables as FEEL sees them from this token."""
        return Context(*self.layers(task), at=self.at)

    def assign(self, task: Task, name: str, value: JSON) -> None:
        """Write a variable where it lives: in the innermost scope that declares it, else the record."""
        layers = self.layers(task)
        target = next((layer for layer in layers if name in layer), self.variables)
        target[name] = value

    def assign_outputs(self, task: Task, given: Mapping[str, JSON]) -> None:
        """Write what the element declares as outputs; anything else that was given is not kept."""
        for name in task.task_spec.node.outputs:
            if name in given:
                self.assign(task, name, given[name])

    # -- moving -----------------------------------------------------------------------------------

    def run_queue(self) -> None:
        """Move every token as far as it goes by itself; raises EndlessLoop past MAX_STEPS."""
        steps = 0
        while self.queue:
            task = self.queue.popleft()
            if task.workflow.tasks.get(task.id) is not task or not task.has_state(TaskState.READY):
                continue
            steps += 1
            if steps > MAX_STEPS:
                raise EndlessLoop(
                    f"Một bước chạy quá {MAX_STEPS} lần chuyển, sơ đồ lặp không có điểm dừng.",
                    f"One step made more than {MAX_STEPS} moves: the diagram loops without a stop.",
                )
            task.task_spec.run_safely(task)

    def next_round(self, element_id: str) -> int:
        """Count how often an element was entered."""
        self.rounds[element_id] = self.rounds.get(element_id, 0) + 1
        return self.rounds[element_id]


def spec_name(element_id: str) -> str:
    """Prefix an id, so that no id of a diagram meets SpiffWorkflow's own names (Start, End, Root)."""
    return f"n:{element_id}"
