"""What each kind of event does to an instance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.bpmn import Node
from engine.workflow.errors import ElementFault, WrongEvent
from engine.workflow.events import (
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
)
from engine.workflow.findings import label
from engine.workflow.runtime import catching, throwing, ways_out
from engine.workflow.runtime.instance import LEAVING, ROLE, Instance
from engine.workflow.runtime.tokens import VIA, report

NOTICE = "n"  # tokens of notices begin so; nobody waits for their answer


def _awaits(task: Task, role: str) -> None:
    if task.internal_data.get(ROLE) != role or LEAVING in task.internal_data:
        raise WrongEvent(
            f"Bước «{task.task_spec.node.name or task.task_spec.node.id}» không chờ sự kiện này.",
            f"Step “{task.task_spec.node.name or task.task_spec.node.id}” does not wait for this event.",
        )


def _complete(instance: Instance, task: Task, outputs: Any) -> bool:
    instance.assign_outputs(task, outputs)
    catching.cancel_rivals(instance, task)
    task.complete()
    return True


def task_completed(instance: Instance, event: TaskCompleted) -> bool:
    """A person finished an open task."""
    task = ways_out.living(instance, event.token)
    _awaits(task, "task")
    node: Node = task.task_spec.node
    if node.chooses:
        task.internal_data[VIA] = _picked(node, event.flows)
    elif event.flows:
        raise WrongEvent(
            f"Bước {label(node.name, node.id)} không cho chọn mũi tên đi tiếp.",
            f"Step {label(node.name, node.id)} offers no choice of a way on.",
        )
    if node.by_hand:
        catching.fire(instance, task, event.outputs)
        return True
    return _complete(instance, task, event.outputs)


def _picked(node: Node, flows: Sequence[str]) -> list[str]:
    """The flows a person picked, in the order of the diagram; raises WrongEvent for none, too many or foreign ones."""
    known = [flow.id for flow in node.outgoing]
    shown = label(node.name, node.id)
    if not flows or not set(flows) <= set(known) or (node.chooses == "one" and len(set(flows)) > 1):
        ways = ", ".join(f"«{flow.name or flow.id}»" for flow in node.outgoing)
        number_vi, number_en = ("đúng một", "exactly one") if node.chooses == "one" else ("ít nhất một", "at least one")
        raise WrongEvent(
            f"Hãy chọn {number_vi} hướng đi tiếp ở {shown}: {ways}.",
            f"Choose {number_en} way on at {shown}: {ways}.",
        )
    return [flow for flow in known if flow in flows]


def job_finished(instance: Instance, event: JobFinished) -> bool:
    """A connector or decision answered; the answer to a notice changes nothing."""
    if event.token.startswith(NOTICE):
        return False
    task = ways_out.living(instance, event.token)
    _awaits(task, "call")
    return _complete(instance, task, event.outputs)


def job_failed(instance: Instance, event: JobFailed) -> bool:
    """A connector refused for good: an error event catches it, else an incident stays."""
    if event.token.startswith(NOTICE):
        return False
    task = ways_out.living(instance, event.token)
    _awaits(task, "call")
    payload = {"error_code": event.error_code, "error_message": event.message}
    if throwing.throw_error(instance, task, event.error_code, payload):
        return True
    task._set_state(TaskState.ERROR)
    report(instance, task, ElementFault(event.error_code, event.message, event.message))
    return True


def timer_fired(instance: Instance, event: TimerFired) -> bool:
    """A timer is due."""
    task = ways_out.living(instance, event.token)
    node: Node = task.task_spec.node
    if node.event_kind != "timer" or node.by_hand or not task.task_spec.catches(task):
        _awaits(task, "timer")
    catching.fire(instance, task, {})
    return True


def message_received(instance: Instance, event: MessageReceived) -> bool:
    """A message came from outside."""
    return throwing.message(instance, event)


def signal_received(instance: Instance, event: SignalReceived) -> bool:
    """A signal came from outside."""
    return throwing.signal(instance, event.name, event.payload)


def variables_changed(instance: Instance, event: VariablesChanged) -> bool:
    """Conditions look again while the instance settles."""
    return True


def cancelled(instance: Instance, event: Cancelled) -> bool:
    """Stop everything."""
    instance.clear(instance)
    instance.end_kind = "cancelled"
    return True


HANDLERS: dict[type, Callable[[Instance, Any], bool]] = {
    TaskCompleted: task_completed,
    JobFinished: job_finished,
    JobFailed: job_failed,
    TimerFired: timer_fired,
    MessageReceived: message_received,
    SignalReceived: signal_received,
    VariablesChanged: variables_changed,
    Retried: ways_out.retried,
    Skipped: ways_out.skipped,
    Cancelled: cancelled,
}
