"""How a token leaves an element, and how a fault is told."""

from __future__ import annotations

from SpiffWorkflow.task import Task

from engine.workflow.bpmn import Flow, Node
from engine.workflow.errors import ElementFault
from engine.workflow.events import JSON
from engine.workflow.expressions import Context, evaluate, holds, to_json
from engine.workflow.findings import label
from engine.workflow.outcome import Incident
from engine.workflow.runtime.instance import HOST, LEAVING, LOCALS, MEMBER_OF, UNDOES, UNWINDS, Instance
from engine.workflow.runtime.undoing import remember, resume_undo

VIA = "via"  # the flows a person chose, at a gateway or when passing over an incident


def report(instance: Instance, task: Task, fault: ElementFault) -> None:
    """Write an incident for a token that cannot go on; the token stays."""
    node: Node = task.task_spec.node
    instance.ledger.incidents[task.id] = Incident(
        node.id,
        fault.code,
        f"Bước {label(node.name, node.id)}: {fault.message_vi}",
        f"Step {label(node.name, node.id)}: {fault.message_en}",
        task.id,
    )


def leave(instance: Instance, task: Task) -> None:
    """Move a finished token on: disarm what was attached, then follow the flows that BPMN says."""
    scope, node = task.workflow, task.task_spec.node
    if scope.tasks.get(task.id) is not task:
        return
    flows = [] if UNWINDS in task.internal_data else choose(instance, task)
    task.internal_data.pop(LEAVING, None)
    for other in instance.tokens(scope) if node.boundaries else ():
        if other.internal_data.get(HOST) == task.id:
            instance.cancel_token(other)
    if node.id in instance.plan.undoable and UNWINDS not in task.internal_data:
        remember(instance, task)
    undone_for = task.internal_data.get(UNDOES)
    instance.remove(task)
    for flow in flows:
        instance.place(scope, flow.target, flow)
    if undone_for:
        resume_undo(instance, undone_for)


def choose(instance: Instance, task: Task) -> list[Flow]:
    """Choose the outgoing flows. XOR: the first that holds; OR and activities: all that hold."""
    node: Node = task.task_spec.node
    flows = node.outgoing
    via = task.internal_data.get(VIA)
    if via is not None:
        return [flow for flow in flows if flow.id in via]
    if node.chooses:
        raise ElementFault(
            "choice_missing",
            "chưa có người chọn hướng đi tiếp.",
            "nobody has chosen the way on.",
        )
    if node.kind == "parallel_gateway" or all(flow.condition is None for flow in flows):
        return flows[:1] if node.kind == "exclusive_gateway" else list(flows)
    context = instance.context(task)
    taken: list[Flow] = []
    for flow in flows:
        if flow.id != node.default and (flow.condition is None or _holds(flow, instance, context)):
            taken.append(flow)
            if node.kind == "exclusive_gateway":
                return taken
    return taken or _default(node)


def _holds(flow: Flow, instance: Instance, context: Context) -> bool:
    return holds(flow.condition or "", instance.names, context)


def _default(node: Node) -> list[Flow]:
    flows = [flow for flow in node.outgoing if flow.id == node.default]
    if not flows:
        raise ElementFault(
            "no_path",
            "không có mũi tên đi ra nào có điều kiện đúng và không có mũi tên mặc định.",
            "no outgoing flow has a true condition and there is no default flow.",
        )
    return flows


def write_results(instance: Instance, task: Task) -> None:
    """Write what an activity gives to those around it: computed from what is seen inside, kept outside of it.

    Of a repeating activity each instance writes; the variable that is collected stays with the instance.
    """
    node: Node = task.task_spec.node
    if not node.results or (node.loop is not None and MEMBER_OF not in task.internal_data):
        return
    context, own = instance.context(task), task.internal_data.get(LOCALS)
    values = {name: to_json(evaluate(source, instance.names, context)) for name, source in node.results}
    outside = instance.layers(task)[0 if own is None else 1 :]
    for name, value in values.items():
        if own is not None and node.loop is not None and name == node.loop.output_item:
            own[name] = value
        else:
            next((layer for layer in outside if name in layer), instance.variables)[name] = value


def inputs_of(instance: Instance, task: Task) -> dict[str, JSON]:
    """Evaluate an element's declared inputs, as JSON."""
    context = instance.context(task)
    return {name: to_json(evaluate(source, instance.names, context)) for name, source in task.task_spec.node.inputs}
