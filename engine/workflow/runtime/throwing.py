"""Events that are thrown inside an instance and look for who catches them: errors, escalations, signals, messages."""

from __future__ import annotations

from collections.abc import Mapping

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.bpmn import Node
from engine.workflow.events import JSON, MessageReceived
from engine.workflow.runtime.catching import activity_of, correlates, fire, may_happen
from engine.workflow.runtime.instance import UNWINDS, Instance, TokenScope


def throw_error(instance: Instance, task: Task, code: str, payload: Mapping[str, JSON]) -> bool:
    """Look for who catches the error, from the activity outwards; False when nobody does."""
    activity = activity_of(instance, task)
    if _caught_at_border(instance, activity, "error", code, payload):
        return True
    return _caught_around(instance, activity, "error", code, payload)


def escalate(instance: Instance, task: Task, code: str) -> None:
    """Tell the scopes around; what does not interrupt lets the thrower go on. Nobody listening is fine."""
    _caught_around(instance, task, "escalation", code, {})


def _caught_around(instance: Instance, task: Task, kind: str, code: str, payload: Mapping[str, JSON]) -> bool:
    """Offer it to the handlers of each scope around the thrower, then to the border of what holds the scope.

    A scope that an interrupting event subprocess has ended has no other handlers any more; one beside which an event
    subprocess runs is alive, and all its handlers catch but the one that throws.
    """
    scope, thrower = task.workflow, ""
    while True:
        host = instance.find(scope.parent_task_id) if scope.parent_task_id else None
        unwinds = host is not None and UNWINDS in host.internal_data  # only undone: it has no handlers any more
        if not unwinds and _caught_in_scope(instance, scope, kind, code, payload, thrower):
            return True
        if host is None:
            return False
        activity = activity_of(instance, host)
        if not unwinds and _caught_at_border(instance, activity, kind, code, payload):
            return True
        scope = activity.workflow
        thrower = host.task_spec.node.id if host.task_spec.node.triggered_by_event else ""


def _matching(candidates: list[Node], code: str) -> Node | None:
    exact = [node for node in candidates if node.event is not None and node.event.ref == code]
    every = [node for node in candidates if node.event is not None and (node.event.codeless or not node.event.ref)]
    return next(iter([*exact, *every]), None)


def _caught_at_border(instance: Instance, activity: Task, kind: str, code: str, payload: Mapping[str, JSON]) -> bool:
    found = _matching(instance.plan.boundaries(activity.task_spec.node, kind), code)
    if found is None:
        return False
    scope = activity.workflow
    if found.interrupting or kind == "error":
        instance.cancel_token(activity)
    _enter_with(instance, scope, found.id, payload)
    return True


def _caught_in_scope(
    instance: Instance,
    scope: TokenScope | Instance,
    kind: str,
    code: str,
    payload: Mapping[str, JSON],
    thrower: str,
) -> bool:
    owners = instance.plan.owners
    starts = [instance.elements[start].node for start in instance.plan.armed.get(scope.spec.name, ())]
    if any(owners[node.id] == thrower and _interrupts(node) for node in starts):
        return False
    found = _matching([node for node in starts if node.event_kind == kind and owners[node.id] != thrower], code)
    if found is None:
        return False
    if _interrupts(found):
        instance.clear(scope)
    _enter_with(instance, scope, owners[found.id], payload, found)
    return True


def _interrupts(node: Node) -> bool:
    return node.interrupting or node.event_kind == "error"


def _enter_with(
    instance: Instance,
    scope: TokenScope | Instance,
    element_id: str,
    payload: Mapping[str, JSON],
    catcher: Node | None = None,
) -> None:
    node = catcher or instance.elements[element_id].node
    for name in node.outputs:
        if name in payload:
            instance.assign(scope.task_tree, name, payload[name])
    instance.place(scope, element_id)


def signal(instance: Instance, name: str, payload: Mapping[str, JSON]) -> bool:
    """Let every catcher of the signal that waits now take it; True when there was one."""
    caught = False
    for task in _waiting(instance, "signal", name):
        if task.workflow.tasks.get(task.id) is task:
            fire(instance, task, payload)
            caught = True
    return caught


def receiver(instance: Instance, event: MessageReceived) -> Task | None:
    """The token that has waited longest for the message, or None when nobody waits."""
    waiting = [
        task
        for task in _waiting(instance, "message", event.name)
        if event.token in ("", task.id) and correlates(instance, task, event.key)
    ]
    return min(waiting, key=lambda task: int(task.id[1:]), default=None)


def message(instance: Instance, event: MessageReceived) -> bool:
    """Give a message to the one that has waited longest; True when somebody did wait.

    A signal is for everybody, a message for one: two receivers of one name take two messages.
    """
    first = receiver(instance, event)
    if first is None:
        return False
    fire(instance, first, event.payload)
    return True


def _waiting(instance: Instance, kind: str, name: str) -> list[Task]:
    return [
        task for scope in instance.scopes() for task in instance.tokens(scope) if _waits(instance, task, kind, name)
    ]


def _waits(instance: Instance, task: Task, kind: str, name: str) -> bool:
    event = task.task_spec.node.event
    return (
        event is not None
        and event.kind == kind
        and event.ref == name
        and task.has_state(TaskState.WAITING | TaskState.STARTED)
        and task.task_spec.catches(task)
        and may_happen(instance, task)
    )
