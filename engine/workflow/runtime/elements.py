"""The kinds of elements: what each of them does when a token reaches it."""

from __future__ import annotations

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.bpmn import Flow, Node
from engine.workflow.events import JSON
from engine.workflow.expressions import evaluate, to_json
from engine.workflow.outcome import DecisionCall, MessageThrown, OpenTask, ServiceCall
from engine.workflow.runtime import catching, throwing, undoing
from engine.workflow.runtime.element import Activity, Element
from engine.workflow.runtime.instance import ARMED, ARRIVED, GROUP, HOST, ROLE, ROUND, STUCK, Instance, TokenScope
from engine.workflow.runtime.plan import choices_of
from engine.workflow.runtime.tokens import inputs_of


class Work(Activity):
    """A step somebody does: it opens and waits to be completed."""

    def work(self, instance: Instance, task: Task) -> bool | None:
        """Open the task for people; what it is given is seen inside, where its results are made of it."""
        node: Node = self.node
        if node.results:
            self.take_locals(instance, task)
        task.internal_data[ROLE] = "task"
        opened = OpenTask(task.id, node.id, node.name, node.kind, node.lane, task.internal_data[ROUND])
        instance.ledger.opened[task.id] = opened
        return None

    def catches(self, task: Task) -> bool:
        """A receive task takes its message while it is open."""
        return self.node.kind == "receive_task" and task.internal_data.get(ROLE) == "task"

    def _on_cancel(self, my_task: Task) -> None:
        ledger = my_task.workflow.top_workflow.ledger
        role = my_task.internal_data.get(ROLE)
        if role == "task":
            ledger.close(my_task.id)
        elif role == "call":
            ledger.cancel_call(my_task.id)


class Service(Work):
    """A service or send task: a connector is called; without one it is work for people."""

    def work(self, instance: Instance, task: Task) -> bool | None:
        """Ask for the call and wait for its answer, unless it is only a notice."""
        node: Node = self.node
        kind = node.extension.get("connector", "")
        inputs = self.inputs(instance, task)
        if node.results:
            self.take_locals(instance, task)
        if kind and node.extension.get("wait") == "false":
            instance.ledger.notices.append(ServiceCall(f"n{task.id[1:]}", node.id, kind, inputs, waits=False))
            return True
        if kind:
            task.internal_data[ROLE] = "call"
            instance.ledger.calls[task.id] = ServiceCall(task.id, node.id, kind, inputs)
            return None
        if node.kind == "send_task" and node.event is not None:
            instance.ledger.thrown.append(MessageThrown(node.id, node.event.ref, inputs))
            return True
        return super().work(instance, task)


class Decision(Work):
    """A business rule task: a decision table is asked."""

    def work(self, instance: Instance, task: Task) -> bool | None:
        """Ask for the decision; without a table named it is work for people."""
        reference = self.node.extension.get("decision", "")
        if not reference:
            return super().work(instance, task)
        task.internal_data[ROLE] = "call"
        inputs = self.inputs(instance, task)
        if self.node.results:
            self.take_locals(instance, task)
        instance.ledger.decisions[task.id] = DecisionCall(task.id, self.node.id, reference, inputs)
        return None


class Script(Activity):
    """A script task: one FEEL expression, its value goes to the declared outputs."""

    def work(self, instance: Instance, task: Task) -> bool | None:
        """Evaluate; one output takes the value, several take the entries of a context."""
        value = to_json(evaluate(self.node.script, instance.names, instance.context(task)))
        if len(self.node.outputs) == 1 and not (isinstance(value, dict) and self.node.outputs[0] in value):
            instance.assign(task, self.node.outputs[0], value)
        elif isinstance(value, dict):
            instance.assign_outputs(task, value)
        return True


class Container(Activity):
    """A subprocess or called process: waits until all inside has come to an end."""

    def work(self, instance: Instance, task: Task) -> bool | None:
        """Open the inside and start it."""
        self.take_locals(instance, task)
        scope_id = self.node.body or ""
        scope = instance.open_scope(task, scope_id)
        start_scope(instance, scope)
        return None


def start_scope(instance: Instance, scope: TokenScope | Instance, start: str | None = None) -> None:
    """Let the event subprocesses wait, then put a token on the start."""
    catching.arm_event_subprocesses(instance, scope)
    for start_id in (start,) if start else instance.plan.starts[scope.spec.name]:
        instance.place(scope, start_id)


class Catch(Element):
    """An intermediate event: waits for a message, a signal, a time or a condition."""

    def work(self, instance: Instance, task: Task) -> bool | None:
        """Wait; a condition that already holds does not wait."""
        kind = self.node.event_kind
        if kind in ("none", "link"):
            return True
        catching.arm(instance, task)
        return None

    def catches(self, task: Task) -> bool:
        """Every waiting event catches."""
        return True

    def _on_cancel(self, my_task: Task) -> None:
        instance: Instance = my_task.workflow.top_workflow
        if my_task.internal_data.get(ROLE) == "task":
            instance.ledger.close(my_task.id)
        elif self.node.event_kind == "timer" and self.has_timer(my_task):
            instance.ledger.cancel_timer(my_task.id)

    def has_timer(self, task: Task) -> bool:
        """A waiting timer event has a row in the timer table."""
        return True


class Border(Catch):
    """A start or boundary event: waiting it is a mere watcher; placed, it has happened."""

    def work(self, instance: Instance, task: Task) -> bool | None:
        """It has happened already: go on."""
        return True

    def catches(self, task: Task) -> bool:
        """Only the watcher catches, not the token that is already on its way."""
        return bool(task.has_state(TaskState.WAITING))

    def has_timer(self, task: Task) -> bool:
        """Only a watcher has one; it carries its host or the mark of an event subprocess."""
        return HOST in task.internal_data or ARMED in task.internal_data


class Throw(Element):
    """An intermediate or end event that sends, signals, escalates, fails, undoes or stops."""

    def work(self, instance: Instance, task: Task) -> bool | None:
        """Do what the event's sign says; an end event also notes that it was reached."""
        node, scope = self.node, task.workflow
        reference = node.event.ref if node.event else ""
        if node.kind == "end_event" and ends_the_whole(instance, scope):
            instance.ended_by.append(node.id)
        action = getattr(self, f"_throw_{node.event_kind}", None)
        return True if action is None else action(instance, task, reference)

    def _throw_message(self, instance: Instance, task: Task, reference: str) -> bool:
        kind = self.node.extension.get("connector", "")
        inputs = inputs_of(instance, task)
        if kind:
            call = ServiceCall(f"n{task.id[1:]}", self.node.id, kind, inputs, waits=False)
            instance.ledger.notices.append(call)
        else:
            instance.ledger.thrown.append(MessageThrown(self.node.id, reference, inputs))
        return True

    def _throw_signal(self, instance: Instance, task: Task, reference: str) -> bool:
        throwing.signal(instance, reference, inputs_of(instance, task))
        return True

    def _throw_escalation(self, instance: Instance, task: Task, reference: str) -> bool:
        throwing.escalate(instance, task, reference)
        return True

    def _throw_compensate(self, instance: Instance, task: Task, reference: str) -> bool | None:
        return undoing.compensate(instance, task, reference)

    def _throw_cancel(self, instance: Instance, task: Task, reference: str) -> bool | None:
        return undoing.cancel_transaction(instance, task)

    def _throw_terminate(self, instance: Instance, task: Task, reference: str) -> bool:
        instance.clear(task.workflow, keep=task)
        if task.workflow is instance:
            instance.end_kind = "terminated"
        return True

    def _throw_error(self, instance: Instance, task: Task, reference: str) -> bool:
        if not throwing.throw_error(instance, task, reference, inputs_of(instance, task)):
            if self.node.id not in instance.ended_by:
                instance.ended_by.append(self.node.id)
            instance.clear(instance)
            instance.end_kind = "error"
        return True


def ends_the_whole(instance: Instance, scope: TokenScope | Instance) -> bool:
    """Tell whether an end here is an end of the process: at its top, or in an event subprocess of it."""
    while scope is not instance:
        host = instance.find(scope.parent_task_id)
        if host is None or not host.task_spec.node.triggered_by_event:
            return False
        scope = host.workflow
    return True


class Gateway(Element):
    """A parallel, exclusive or inclusive gateway: joins collect, splits choose while leaving."""

    @property
    def joins(self) -> bool:
        """Several flows come in and their tokens wait for each other."""
        return self.node.kind in ("parallel_gateway", "inclusive_gateway") and len(self.node.incoming) > 1

    def collects(self, flow: Flow) -> bool:
        """A join counts the tokens of each incoming flow, so rounds of a loop never mix."""
        return self.joins

    def arrive(self, scope: TokenScope | Instance, flow: Flow) -> None:
        """Count the token; a parallel join starts when every incoming flow has brought one."""
        instance: Instance = scope.top_workflow
        waiting = next((t for t in instance.tokens(scope) if t.task_spec is self and ARRIVED in t.internal_data), None)
        if waiting is None:
            waiting = instance.new_token(scope, self, **{ARRIVED: {}})
            waiting._set_state(TaskState.WAITING)
        elif waiting.internal_data.pop(STUCK, None):
            instance.ledger.drop_incident(waiting.id)
        counts = waiting.internal_data[ARRIVED]
        counts[flow.id] = counts.get(flow.id, 0) + 1
        if self.node.kind == "parallel_gateway" and len(counts) == len(self.node.incoming):
            self.start_joined(instance, waiting)

    def start_joined(self, instance: Instance, waiting: Task, **internal: JSON) -> None:
        """Take one token of every flow that has one, and let one token go on."""
        counts = waiting.internal_data[ARRIVED]
        left = {flow: count - 1 for flow, count in counts.items() if count > 1}
        scope = waiting.workflow
        if left:
            waiting.internal_data[ARRIVED] = left
        else:
            instance.remove(waiting)
        self._update(instance.new_token(scope, self, **internal))


class PersonsChoice(Gateway):
    """An exclusive or inclusive gateway without conditions: it waits until a person picks the way on."""

    def work(self, instance: Instance, task: Task) -> bool | None:
        """Open the choice for people of its lane."""
        node: Node = self.node
        task.internal_data[ROLE] = "task"
        choices = choices_of(instance.plan, node)
        opened = OpenTask(task.id, node.id, node.name, node.kind, node.lane, task.internal_data[ROUND], choices)
        instance.ledger.opened[task.id] = opened
        return None

    def _on_cancel(self, my_task: Task) -> None:
        if my_task.internal_data.get(ROLE) == "task":
            my_task.workflow.top_workflow.ledger.close(my_task.id)


class EventGateway(Element):
    """An event-based gateway: the events behind it wait together, the first one wins."""

    def go_on(self, instance: Instance, task: Task) -> None:
        """Let every event behind the gateway wait, as rivals."""
        scope = task.workflow
        instance.remove(task)
        for flow in self.node.outgoing:
            instance.place(scope, flow.target, flow, **{GROUP: task.id})
