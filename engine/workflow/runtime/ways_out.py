"""What an official can do about an incident: try again, pass over, or send the token elsewhere."""

from __future__ import annotations

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.bpmn import Flow, Node
from engine.workflow.errors import UnknownToken, WrongEvent
from engine.workflow.events import Retried, Skipped
from engine.workflow.findings import label
from engine.workflow.runtime import catching
from engine.workflow.runtime.instance import (
    ARMED,
    ARRIVED,
    HOST,
    LEAVING,
    MEMBER_OF,
    ROLE,
    STUCK,
    UNDOES,
    Instance,
)
from engine.workflow.runtime.loops import PASSED
from engine.workflow.runtime.tokens import VIA

_NO_GOAL = frozenset({"start_event", "boundary_event"})


def living(instance: Instance, token: str) -> Task:
    """The token; raises UnknownToken when it is no longer there."""
    task = instance.find(token)
    if task is None:
        raise UnknownToken(token)
    return task


def retried(instance: Instance, event: Retried) -> bool:
    """Try a token with an incident again. What fails again is told again."""
    task = living(instance, event.token)
    if STUCK in task.internal_data:
        del task.internal_data[STUCK]
        instance.ledger.drop_incident(task.id)
    elif task.state != TaskState.ERROR:
        _again_at_rest(instance, task)
    elif LEAVING in task.internal_data:
        task.complete()
    else:
        task._set_state(TaskState.READY)
        instance.queue.append(task)
    return True


def _again_at_rest(instance: Instance, task: Task) -> None:
    """A step that never ended was taken back as a whole: its task is still open, its timer rings again."""
    node: Node = task.task_spec.node
    catches = getattr(task.task_spec, "catches", None)
    if node.event_kind == "timer" and not node.by_hand and catches is not None and catches(task):
        catching.fire(instance, task, {})
    elif ROLE not in task.internal_data:
        raise WrongEvent("Bước này không có sự cố.", "This step has no incident.")


def skipped(instance: Instance, event: Skipped) -> bool:
    """Pass over an incident along one outgoing flow, or send the token elsewhere."""
    task = living(instance, event.token)
    if task.state != TaskState.ERROR and STUCK not in task.internal_data:
        raise WrongEvent("Bước này không có sự cố.", "This step has no incident.")
    if event.to is not None:
        _send(instance, task, event.to)
    elif MEMBER_OF in task.internal_data:
        _pass_member(instance, task, event.flow_id)
    elif STUCK in task.internal_data:
        _pass_waiting(instance, task, event.flow_id)
    else:
        chosen = _chosen(task, event.flow_id)
        if chosen is not None:
            task.internal_data[VIA] = [chosen.id]
        task.complete()
    return True


def _chosen(task: Task, flow_id: str | None) -> Flow | None:
    flows: list[Flow] = task.task_spec.node.outgoing
    if not flows:
        return None
    wanted = flow_id or (flows[0].id if len(flows) == 1 else "")
    chosen = next((flow for flow in flows if flow.id == wanted), None)
    if chosen is None:
        raise WrongEvent(
            "Hãy chọn mũi tên đi tiếp trong các mũi tên ra của bước này.",
            "Choose the flow to go on by among the outgoing flows of this step.",
        )
    return chosen


def _pass_member(instance: Instance, member: Task, flow_id: str | None) -> None:
    """One of several repetitions counts as done; with a flow named the whole of them is left along it."""
    whole = instance.find(member.internal_data[MEMBER_OF])
    if flow_id is None or whole is None:
        member.internal_data[PASSED] = 1
        member.complete()
        return
    chosen = _chosen(whole, flow_id)
    for other in instance.tokens(whole.workflow):
        if other.internal_data.get(MEMBER_OF) == whole.id:
            instance.cancel_token(other)
    whole.internal_data[VIA] = [] if chosen is None else [chosen.id]
    whole.complete()


def _pass_waiting(instance: Instance, task: Task, flow_id: str | None) -> None:
    """A starved join goes on with what has arrived; a watcher whose condition cannot be asked no longer watches."""
    if ARRIVED in task.internal_data:
        all_of_them = flow_id is None and task.task_spec.node.kind == "parallel_gateway"
        chosen = None if all_of_them else _chosen(task, flow_id)
        del task.internal_data[STUCK]
        instance.ledger.drop_incident(task.id)
        task.task_spec.start_joined(instance, task, **({} if chosen is None else {VIA: [chosen.id]}))
    elif HOST in task.internal_data or ARMED in task.internal_data:
        instance.cancel_token(task)
    else:
        chosen = _chosen(task, flow_id)
        del task.internal_data[STUCK]
        instance.ledger.drop_incident(task.id)
        task.internal_data[VIA] = [] if chosen is None else [chosen.id]
        catching.cancel_rivals(instance, task)
        task.complete()


def _send(instance: Instance, task: Task, to: str) -> None:
    """Take the token away, with all that hangs on it, and let it arrive at another element of its scope."""
    spec = instance.elements.get(to)
    node: Node | None = None if spec is None else spec.node
    if node is None or not may_be_sent_to(node, task.workflow.spec.name):
        raise WrongEvent(
            f"Không thể đưa hồ sơ tới «{to}»; hãy chọn một bước cùng tiến trình (hoặc cùng tiến trình con).",
            f"The dossier cannot be sent to “{to}”; choose a step of the same process or subprocess.",
        )
    if MEMBER_OF in task.internal_data or UNDOES in task.internal_data:
        shown = label(task.task_spec.node.name, task.task_spec.node.id)
        raise WrongEvent(
            f"{shown} là một trong nhiều lượt lặp hoặc một bước hoàn tác; hãy thử lại hoặc bỏ qua.",
            f"{shown} is one of several repetitions, or undoes something; try again or pass over.",
        )
    scope = task.workflow
    instance.cancel_token(task)
    instance.place(scope, to)


def may_be_sent_to(node: Node, scope: str) -> bool:
    """Tell whether a token of that scope may be sent to an element: not to what begins by an event or undoes."""
    return (
        node.scope == scope
        and node.kind not in _NO_GOAL
        and not node.triggered_by_event
        and not node.for_compensation
        and node.event_kind != "link"
    )
