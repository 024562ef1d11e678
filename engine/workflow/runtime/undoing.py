"""Compensation (BPMN 2.0.2 §13.5.5): what was done is undone, the last first, with the data it was done with.

A scope keeps a record of each activity that came to its end and can be undone: its id, or an entry with the variables
that only it saw (`L`), what was done inside (`d`), or one entry for each of its instances (`m`). To undo a subprocess
that has no handler of its own its scope is opened again, as it was, and what was done inside is undone there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.runtime.catching import activity_of
from engine.workflow.runtime.instance import (
    INSIDE,
    LOCALS,
    LOOP,
    MEMBER_OF,
    UNDO,
    UNDOES,
    UNWINDS,
    Instance,
    TokenScope,
)

CANCELS = "cancels"  # this compensation ends a cancelled transaction
BUSY = "busy"  # of a compensation: how many handlers are at work now
DONE = "done"  # of a scope: the record of what can be undone

Entry = Any  # the id of an activity, or an object as told above


def remember(instance: Instance, task: Task) -> None:
    """Note that an activity came to its end, if it can be undone."""
    entry = entry_of(instance, task)
    if entry is not None:
        task.workflow.data.setdefault(DONE, []).append(entry)


def entry_of(instance: Instance, task: Task) -> Entry | None:
    """What is to be kept of a finished activity, or of one of its instances; None when nothing can undo it."""
    node, data = task.task_spec.node, task.internal_data
    member = MEMBER_OF in data
    if node.loop is not None and not member:
        parts = data.get(LOOP, {}).get("undo", [])
        return {"e": node.id, "m": parts, "p": int(node.loop.kind == "parallel")} if parts else None
    if node.id in instance.plan.handlers:
        return {"e": node.id, "L": data[LOCALS]} if member else node.id
    if INSIDE not in data:
        return None
    inside = data.pop(INSIDE)
    return {"e": node.id, **inside}


def keep_inside(instance: Instance, scope: TokenScope, host: Task) -> None:
    """A subprocess is over: keep what was done inside, for as long as it can still be undone from outside."""
    if UNWINDS in host.internal_data or host.task_spec.node.id in instance.plan.handlers:
        return
    done = scope.data.get(DONE, [])
    if done or scope.spec.name in instance.plan.undoing:
        seen = dict(host.internal_data.get(LOCALS, {}))
        host.internal_data[INSIDE] = {"d": done, **({"L": seen} if seen else {})}


def compensate(instance: Instance, task: Task, activity: str) -> bool | None:
    """Undo what was done in the scopes the thrower sees, the last first; it waits until all is undone."""
    todo: list[list[Entry]] = []
    for scope in _seen_from(instance, task):
        done: list[Entry] = scope.data.get(DONE, [])
        wanted = [entry for entry in done if _is_of(instance, entry, activity)]
        if wanted:
            scope.data[DONE] = [entry for entry in done if entry not in wanted]
            todo = [*([scope.parent_task_id or "", entry] for entry in wanted), *todo]
    if not todo:
        return True
    task.internal_data[UNDO] = todo
    _undo_next(instance, task)
    return None


def _seen_from(instance: Instance, task: Task) -> list[TokenScope | Instance]:
    """The thrower's own scope, and from within an event subprocess the scope around it too."""
    scope: TokenScope | Instance = task.workflow
    found = [scope]
    while scope is not instance:
        host = instance.find(scope.parent_task_id)
        if host is None or not host.task_spec.node.triggered_by_event:
            break
        scope = host.workflow
        found.append(scope)
    return found


def _is_of(instance: Instance, entry: Entry, activity: str) -> bool:
    element = entry if isinstance(entry, str) else entry["e"]
    # A record from before subprocesses kept their own holds the activities inside by themselves.
    inside = instance.plan.containers.get(activity, ()) if isinstance(entry, str) else ()
    return not activity or element == activity or element in inside


def resume_undo(instance: Instance, thrower_token: str) -> None:
    """One activity is undone; go on with the one before it, or let the thrower go on."""
    thrower = instance.find(thrower_token)
    if thrower is None:
        return
    data = thrower.internal_data
    data[BUSY] = data.get(BUSY, 1) - 1
    if data[BUSY] > 0:
        return
    if data[UNDO]:
        _undo_next(instance, thrower)
    elif data.get(CANCELS):
        leave_cancelled(instance, thrower)
    elif UNWINDS not in data:  # a subprocess opened again comes to its end like any other
        thrower.complete()


def _undo_next(instance: Instance, thrower: Task) -> None:
    todo: list[Any] = thrower.internal_data[UNDO]
    item = todo.pop()
    where, entry = item if isinstance(item, list) else (thrower.workflow.parent_task_id or "", item)
    parts = [entry]
    if not isinstance(entry, str) and "m" in entry:
        parts = entry["m"] if entry["p"] else entry["m"][-1:]
        if not entry["p"] and len(entry["m"]) > 1:
            todo.append([where, {**entry, "m": entry["m"][:-1]}])
    thrower.internal_data[BUSY] = len(parts)
    for part in parts:
        _undo(instance, instance.subprocesses[where] if where else instance, part, thrower)


def _undo(instance: Instance, scope: TokenScope | Instance, entry: Entry, thrower: Task) -> None:
    element = entry if isinstance(entry, str) else entry["e"]
    internal: dict[str, Any] = {UNDOES: thrower.id}
    if not isinstance(entry, str) and "L" in entry:
        internal[LOCALS] = dict(entry["L"])
    handler = instance.plan.handlers.get(element)
    if handler is not None:
        instance.place(scope, handler, None, **internal)
    else:
        _open_again(instance, scope, element, entry["d"], internal)


def _open_again(
    instance: Instance, scope: TokenScope | Instance, element: str, done: Iterable[Entry], internal: dict[str, Any]
) -> None:
    """Let a finished subprocess be there again as it was: what was done inside is undone inside."""
    host = instance.new_token(scope, instance.elements[element], **internal, **{UNWINDS: 1})
    host._set_state(TaskState.STARTED)
    inner = instance.open_scope(host, host.task_spec.node.body)
    inner.data[DONE] = list(done)
    own = instance.plan.undoing.get(inner.spec.name)
    if own is not None:
        instance.place(inner, own)
        return
    host.internal_data[UNDO] = [[host.id, entry] for entry in done]
    inner.data[DONE] = []
    _undo_next(instance, host)


def cancel_transaction(instance: Instance, task: Task) -> bool | None:
    """Stop what still runs in the transaction, undo what was done, and leave it by its cancel event."""
    instance.clear(task.workflow, keep=task)
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
