"""Events that are thrown inside an instance: errors, escalations, signals, compensation, cancellation."""

from __future__ import annotations

from collections.abc import Mapping

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.bpmn import Node
from engine.workflow.events import JSON, MessageReceived
from engine.workflow.runtime.catching import activity_of, correlates, fire, may_happen
from engine.workflow.runtime.instance import UNDO, UNDOES, Instance, TokenScope

CANCELS = "cancels"  # this compensation ends a cancelled transaction


def throw_error(instance: Instance, task: Task, code: str, payload: Mapping[str, JSON]) -> bool:
    """Look for who catches the error, from the activity outwards; False when nobody does."""
    activity: Task | None = activity_of(instance, task)
    skip = ""
    if activity is not None and _caught_at_border(instance, activity, "error", code, payload):
        return True
    while activity is not None:
        scope = activity.workflow
        if _caught_in_scope(instance, scope, "error", code, payload, skip):
            return True
        host = instance.find(scope.parent_task_id) if scope.parent_task_id else None
        if host is None:
            return False
        activity = activity_of(instance, host)
        skip = host.task_spec.node.id
        if _caught_at_border(instance, activity, "error", code, payload):
            return True
    return False


def escalate(instance: Instance, task: Task, code: str) -> None:
    """Tell the scopes around; what does not interrupt lets the thrower go on. Nobody listening is fine."""
    scope, skip = task.workflow, ""
    while True:
        if _caught_in_scope(instance, scope, "escalation", code, {}, skip):
            return
        host = instance.find(scope.parent_task_id) if scope.parent_task_id else None
        if host is None:
            return
        activity = activity_of(instance, host)
        if _caught_at_border(instance, activity, "escalation", code, {}):
            return
        scope, skip = activity.workflow, host.task_spec.node.id


def _matching(candidates: list[Node], code: str) -> Node | None:
    exact = [node for node in candidates if node.event is not None and node.event.ref == code]
    every = [node for node in candidates if node.event is not None and not node.event.ref]
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
    skip: str,
) -> bool:
    starts = [instance.elements[start].node for start in instance.plan.armed.get(scope.spec.name, ())]
    owners = instance.plan.owners
    usable = [node for node in starts if node.event_kind == kind and owners[node.id] != skip]
    found = _matching(usable, code)
    if found is None or skip in owners.values():
        return False
    if found.interrupting or kind == "error":
        instance.clear(scope)
    _enter_with(instance, scope, owners[found.id], payload, found)
    return True


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


def compensate(instance: Instance, task: Task, activity: str) -> bool | None:
    """Undo what was done in this scope, the last first; the thrower waits until all is undone."""
    done: list[str] = task.workflow.data.get("done", [])
    wanted = {activity, *instance.plan.containers.get(activity, ())} if activity else set(done)
    todo = [element for element in done if element in wanted]
    task.workflow.data["done"] = [element for element in done if element not in wanted]
    if not todo:
        return True
    task.internal_data[UNDO] = todo
    _undo_next(instance, task)
    return None


def resume_undo(instance: Instance, thrower_token: str) -> None:
    """One activity is undone; go on with the one before it, or let the thrower go on."""
    thrower = instance.find(thrower_token)
    if thrower is None:
        return
    if thrower.internal_data[UNDO]:
        _undo_next(instance, thrower)
    elif thrower.internal_data.get(CANCELS):
        leave_cancelled(instance, thrower)
    else:
        thrower.complete()


def _undo_next(instance: Instance, thrower: Task) -> None:
    activity = thrower.internal_data[UNDO].pop()
    instance.place(thrower.workflow, instance.plan.handlers[activity], None, **{UNDOES: thrower.id})


def cancel_transaction(instance: Instance, task: Task) -> bool | None:
    """Undo the transaction and leave it by its cancel event."""
    task.internal_data[CANCELS] = 1
    if compensate(instance, task, "") is None:
        return None
    leave_cancelled(instance, task)
    return True


def leave_cancelled(instance: Instance, task: Task) -> None:
    """Interrupt the transaction and go on from its cancel boundary."""
    host = instance.find(task.workflow.parent_task_id)
    if host is None:
        return
    activity = activity_of(instance, host)
    scope = activity.workflow
    boundary = next(iter(instance.plan.boundaries(activity.task_spec.node, "cancel")), None)
    instance.cancel_token(activity)
    if boundary is not None:
        instance.place(scope, boundary.id)
