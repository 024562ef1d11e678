"""Moves an instance until it rests: automatic steps, joins, conditions, scopes that have come to an end."""

from __future__ import annotations

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.errors import ElementFault
from engine.workflow.runtime import catching, joins
from engine.workflow.runtime.instance import ARMED, STUCK, Instance, TokenScope
from engine.workflow.runtime.tokens import report
from engine.workflow.runtime.undoing import keep_inside


def settle(instance: Instance) -> None:
    """Go on until every token waits for something outside, or the instance is over."""
    while True:
        instance.run_queue()
        if joins.start_ready_joins(instance) or _fire_condition(instance) or _close_scope(instance):
            continue
        break
    for join in joins.stuck_joins(instance):
        if STUCK not in join.internal_data:
            join.internal_data[STUCK] = 1
            report(instance, join, _stuck())


def _stuck() -> ElementFault:
    return ElementFault(
        "join_starved",
        "chờ nhánh sẽ không bao giờ tới; không còn bước nào đang chạy trong phạm vi này.",
        "it waits for a branch that can never come; nothing else is running in this scope.",
    )


def _fire_condition(instance: Instance) -> bool:
    if not instance.plan.conditional:
        return False
    for scope in instance.scopes():
        for task in instance.tokens(scope):
            node = task.task_spec.node
            waits = node.event_kind == "conditional" and not node.by_hand and task.task_spec.catches(task)
            if waits and _became_true(instance, task):
                catching.fire(instance, task, {})
                return True
    return False


def _became_true(instance: Instance, task: Task) -> bool:
    if not task.has_state(TaskState.WAITING | TaskState.STARTED):
        return False
    try:
        became = catching.condition_holds(instance, task)
    except ElementFault as fault:
        if STUCK not in task.internal_data:  # told once, however often it is asked again
            task.internal_data[STUCK] = 1
            report(instance, task, fault)
        return False
    if task.internal_data.pop(STUCK, None):
        instance.ledger.drop_incident(task.id)
    return became


def _close_scope(instance: Instance) -> bool:
    """Complete the innermost container in which nothing lives any more."""
    for scope in reversed(list(instance.subprocesses.values())):
        if _is_over(instance, scope):
            host = instance.find(scope.parent_task_id)
            assert host is not None  # noqa: S101 - a scope is dropped together with its host
            keep_inside(instance, scope, host)
            instance.close_scope(host.id)
            _give_back(instance, host)
            host.complete()
            return True
    return False


def _give_back(instance: Instance, host: Task) -> None:
    """Hand declared outputs of a container from its inside to the outside; its results are still made of the inside."""
    inside = host.internal_data.pop("L", {}) if "of" not in host.internal_data else {}
    for name in host.task_spec.node.outputs:
        if name in inside:
            instance.assign(host, name, inside[name])
    if host.task_spec.node.results and inside:
        host.internal_data["L"] = inside


def _is_over(instance: Instance, scope: TokenScope | Instance) -> bool:
    return all(ARMED in task.internal_data for task in instance.tokens(scope))


def is_over(instance: Instance) -> bool:
    """Tell whether nothing lives in the instance any more."""
    return _is_over(instance, instance)
