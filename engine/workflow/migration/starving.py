"""Parallel joins that a move would leave waiting for ever: a branch was added that this dossier has passed by."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from SpiffWorkflow.task import Task

from engine.workflow.bpmn import Node, Scope
from engine.workflow.runtime import ARMED, ARRIVED, HOST, MEMBER_OF, Instance, TokenScope, reach_of


def starved(old: Instance, new: Instance, name: Callable[[str], str]) -> Iterator[tuple[Task, Node]]:
    """Each join that some token comes to and that no token can fill, unless it was so before the move; with a token."""
    before = {(scope.parent_task_id, name(join.id)) for scope in old.scopes() for _, join in _starved_in(old, scope)}
    for scope in new.scopes():
        for task, join in _starved_in(new, scope):
            if (scope.parent_task_id, join.id) not in before:
                yield task, join


def _starved_in(instance: Instance, scope: TokenScope | Instance) -> Iterator[tuple[Task, Node]]:
    """A flow into a join may get its token only from where one stands; each must be reached from somewhere."""
    nodes = {spec.node.id: spec.node for spec in instance.elements.values() if spec.node.scope == scope.spec.name}
    aside = (HOST, ARMED, MEMBER_OF)
    tokens = [task for task in instance.tokens(scope) if not any(key in task.internal_data for key in aside)]
    for join in nodes.values():
        if join.kind != "parallel_gateway" or len(join.incoming) < 2:
            continue
        if join.id not in instance.plan.areas:
            instance.plan.areas[join.id] = reach_of(join, Scope(scope.spec.name, None, nodes))
        areas = instance.plan.areas[join.id]
        waiting = [task for task in tokens if task.task_spec.node.id == join.id and ARRIVED in task.internal_data]
        arrived = {flow for task in waiting for flow in task.internal_data[ARRIVED]}
        moving = [task for task in tokens if task not in waiting]
        reached = {flow: [task for task in moving if task.task_spec.node.id in area] for flow, area in areas.items()}
        filled = [flow for flow in areas if flow in arrived or reached[flow]]
        if filled and len(filled) < len(areas):
            yield next(iter([*waiting, *(task for flow in filled for task in reached[flow])])), join
