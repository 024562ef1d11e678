"""Events that wait: boundaries, event subprocesses, timers, conditions; and what happens when one comes."""

from __future__ import annotations

from collections.abc import Mapping

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.bpmn import Node
from engine.workflow.errors import ElementFault
from engine.workflow.events import JSON
from engine.workflow.expressions import evaluate, holds, to_json
from engine.workflow.outcome import OpenTask
from engine.workflow.runtime.instance import ARMED, GROUP, HOST, MEMBER_OF, ROLE, TRUTH, Instance, TokenScope
from engine.workflow.runtime.timing import set_next_ring, set_timer

WAITS_WITH_TOKEN = frozenset({"message", "signal", "timer", "conditional"})
BORDER = "b"  # the border of this activity is armed


def arm_boundaries(instance: Instance, task: Task) -> None:
    """Let the events on an activity's border wait; done once, also when the activity is retried."""
    if BORDER in task.internal_data:
        return
    if not task.task_spec.node.boundaries:
        return
    for other in instance.tokens(task.workflow):
        if other.internal_data.get(HOST) == task.id:
            instance.cancel_token(other)
    for boundary_id in task.task_spec.node.boundaries:
        spec = instance.elements[boundary_id]
        if spec.node.event_kind in WAITS_WITH_TOKEN:
            waiting = instance.new_token(task.workflow, spec, **{HOST: task.id})
            waiting._set_state(TaskState.WAITING)
            arm(instance, waiting)
    task.internal_data[BORDER] = 1


def arm_event_subprocesses(instance: Instance, scope: TokenScope | Instance) -> None:
    """Let the start events of a scope's event subprocesses wait."""
    for start_id in instance.plan.armed.get(scope.spec.name, ()):
        spec = instance.elements[start_id]
        if spec.node.event_kind in WAITS_WITH_TOKEN:
            waiting = instance.new_token(scope, spec, **{ARMED: 1})
            waiting._set_state(TaskState.WAITING)
            arm(instance, waiting)


def arm(instance: Instance, task: Task) -> None:
    """Prepare a waiting event: set its timer, or note what its condition says now."""
    node: Node = task.task_spec.node
    kind = node.event_kind
    if node.by_hand:
        task.internal_data[ROLE] = "task"
        count = instance.next_round(node.id)
        instance.ledger.opened[task.id] = OpenTask(task.id, node.id, node.name, node.kind, node.lane, count)
    elif kind == "timer":
        set_timer(instance, task)
    elif kind == "conditional":
        task.internal_data[TRUTH] = False


def condition_holds(instance: Instance, task: Task) -> bool:
    """Tell whether a waiting condition just became true; a fact not known yet is not true yet."""
    try:
        now = holds(task.task_spec.node.event.expression, instance.names, instance.context(task))
    except ElementFault as fault:
        if fault.code != "condition_unknown":
            raise
        now = False
    became = now and not task.internal_data.get(TRUTH)
    task.internal_data[TRUTH] = now
    return became


def may_happen(instance: Instance, task: Task) -> bool:
    """Tell whether the event's own guard (`motcua:when`) lets it happen now; without one it always may.

    A guard that lacks a fact says no: what is not certain must not interrupt a dossier.
    """
    guard = task.task_spec.node.extension.get("when", "")
    return not guard or evaluate(guard, instance.names, instance.context(task)) is True


def correlates(instance: Instance, task: Task, key: JSON) -> bool:
    """Tell whether a message's key is the one this catcher waits for; without a rule every key will do."""
    rule = task.task_spec.node.extension.get("correlation", "")
    if not rule:
        return True
    return key is not None and bool(to_json(evaluate(rule, instance.names, instance.context(task))) == key)


def fire(instance: Instance, task: Task, payload: Mapping[str, JSON]) -> None:
    """The awaited event came: cancel what it interrupts and let its path start."""
    node: Node = task.task_spec.node
    instance.assign_outputs(task, payload)
    if node.kind == "receive_task":
        instance.ledger.close(task.id)  # nobody has to record the message any more
    if ARMED in task.internal_data:
        _start_event_subprocess(instance, task, node)
    elif node.kind == "boundary_event":
        _leave_by_border(instance, task, node)
    else:
        cancel_rivals(instance, task)
        task.complete()


def cancel_rivals(instance: Instance, task: Task) -> None:
    """After an event-based gateway the first event wins; the others no longer wait."""
    group = task.internal_data.pop(GROUP, None)
    if group is None:
        return
    for other in instance.tokens(task.workflow):
        if other is not task and other.internal_data.get(GROUP) == group:
            instance.cancel_token(other)


def _leave_by_border(instance: Instance, task: Task, node: Node) -> None:
    if node.interrupting:
        host = instance.find(task.internal_data.pop(HOST))
        if host is not None:
            instance.cancel_token(host)
        instance.place(task.workflow, node.id)
        instance.remove(task)
        return
    instance.place(task.workflow, node.id)
    _wait_again(instance, task)


def _wait_again(instance: Instance, task: Task) -> None:
    """Keep a non-interrupting event waiting; a plain timer rings once, a cycle counts down."""
    event = task.task_spec.node.event
    if task.task_spec.node.by_hand and event.kind == "conditional":
        told = {key: task.internal_data[key] for key in (HOST, ARMED) if key in task.internal_data}
        again = instance.new_token(task.workflow, task.task_spec, **told)
        again._set_state(TaskState.WAITING)
        arm(instance, again)
        instance.remove(task)
        return
    if event.kind != "timer":
        return
    if event.timer == "cycle" and set_next_ring(instance, task):
        return
    instance.remove(task)


def _start_event_subprocess(instance: Instance, task: Task, start_node: Node) -> None:
    scope = task.workflow
    owner = instance.plan.owners[start_node.id]
    if start_node.interrupting:
        instance.clear(scope, keep=task)
        instance.remove(task)
    else:
        _wait_again(instance, task)
    instance.place(scope, owner)


def activity_of(instance: Instance, task: Task) -> Task:
    """Give the token that carries the border: of a repeating activity, the whole."""
    whole = task.internal_data.get(MEMBER_OF)
    return (instance.find(whole) if whole else None) or task
