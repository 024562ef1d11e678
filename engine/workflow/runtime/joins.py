"""When an inclusive join may start: when no token still on its way can reach an empty entrance.

This is the rule of BPMN 2.0.2 §13.4.3: a token counts against the join if it can reach an incoming flow
without a token, and cannot reach one that already has a token, without passing the join itself.
"""

from __future__ import annotations

from collections import deque

from SpiffWorkflow.task import Task

from engine.workflow.bpmn import Node, Scope
from engine.workflow.runtime.instance import ARMED, ARRIVED, HOST, MEMBER_OF, UNDOES, Instance


def reach_of(join: Node, scope: Scope) -> dict[str, frozenset[str]]:
    """For every incoming flow of a join: the elements from which a token can still come along it."""
    return {flow.id: _before(join, flow.source, scope) for flow in join.incoming}


def _before(join: Node, source: str, scope: Scope) -> frozenset[str]:
    seen, waiting = {source}, deque([source])
    while waiting:
        node = scope.nodes[waiting.popleft()]
        if node.id == join.id:
            continue
        earlier = [flow.source for flow in node.incoming]
        if node.kind == "boundary_event" and node.attached_to:
            earlier.append(node.attached_to)
        for element in earlier:
            if element not in seen:
                seen.add(element)
                waiting.append(element)
    return frozenset(seen)


def start_ready_joins(instance: Instance) -> bool:
    """Start one inclusive join that waits in vain for more tokens; True when there was one."""
    if not instance.plan.reach:
        return False
    for scope in instance.scopes():
        tokens = instance.tokens(scope)
        for task in tokens:
            waits = ARRIVED in task.internal_data and task.task_spec.node.kind == "inclusive_gateway"
            if waits and _enabled(instance, task, tokens):
                task.task_spec.start_joined(instance, task)
                return True
    return False


def _enabled(instance: Instance, join: Task, tokens: list[Task]) -> bool:
    node: Node = join.task_spec.node
    reach = instance.plan.reach[node.id]
    counts = join.internal_data[ARRIVED]
    empty = [reach[flow.id] for flow in node.incoming if flow.id not in counts]
    filled = [reach[flow.id] for flow in node.incoming if flow.id in counts]
    for task in tokens:
        if task is join or not _on_the_way(task):
            continue
        place = task.task_spec.node.id
        if any(place in area for area in empty) and not any(place in area for area in filled):
            return False
    return True


def _on_the_way(task: Task) -> bool:
    """Watchers on a border, armed starts, members of a repetition and undo work are not flow tokens."""
    return not any(key in task.internal_data for key in (HOST, ARMED, MEMBER_OF, UNDOES))


def stuck_joins(instance: Instance) -> list[Task]:
    """List the joins of scopes in which nothing else lives: they wait for tokens that cannot come."""
    found: list[Task] = []
    for scope in instance.scopes():
        living = [task for task in instance.tokens(scope) if ARMED not in task.internal_data]
        if living and all(ARRIVED in task.internal_data for task in living):
            found.extend(living)
    return found
