"""Builds the executable plan of a diagram: SpiffWorkflow process specs holding our task specs."""

from __future__ import annotations

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from engine.workflow.bpmn import Diagram, Node, Scope
from engine.workflow.errors import ElementFault
from engine.workflow.runtime.element import Element
from engine.workflow.runtime.elements import (
    Border,
    Catch,
    Container,
    Decision,
    EventGateway,
    Gateway,
    PersonsChoice,
    Script,
    Service,
    Throw,
    Work,
)
from engine.workflow.runtime.joins import reach_of
from engine.workflow.runtime.plan import Plan

SPECS: dict[str, type[Element]] = {
    "user_task": Work,
    "manual_task": Work,
    "receive_task": Work,
    "service_task": Service,
    "send_task": Service,
    "business_rule_task": Decision,
    "script_task": Script,
    "sub_process": Container,
    "transaction": Container,
    "call_activity": Container,
    "start_event": Border,
    "boundary_event": Border,
    "end_event": Throw,
    "intermediate_throw_event": Throw,
    "intermediate_catch_event": Catch,
    "exclusive_gateway": Gateway,
    "inclusive_gateway": Gateway,
    "parallel_gateway": Gateway,
    "event_based_gateway": EventGateway,
}


class NoPython(PythonScriptEngine):  # type: ignore[misc]  # SpiffWorkflow has no type information
    """SpiffWorkflow's default engine runs Python from the model; ours refuses every call."""

    def evaluate(self, task: object, expression: str, external_context: object = None) -> object:
        """Never evaluate: FEEL is evaluated by the elements themselves."""
        raise self._refusal(expression)

    def execute(self, task: object, script: str, external_context: object = None) -> object:
        """Never execute."""
        raise self._refusal(script)

    def call_service(self, task: object, **kwargs: object) -> object:
        """Never call: services are rows for a worker."""
        raise self._refusal("service")

    @staticmethod
    def _refusal(what: str) -> ElementFault:
        return ElementFault(
            "no_python",
            f"Sơ đồ không được chạy mã Python («{what[:40]}»); chỉ dùng FEEL.",
            f"A diagram may not run Python (“{what[:40]}”); use FEEL only.",
        )


def build_plan(diagram: Diagram, names: frozenset[str]) -> Plan:
    """Make the plan of a diagram that lint has accepted."""
    plan = Plan(diagram.process_id, names, NoPython())
    for scope in diagram.scopes.values():
        _add_scope(plan, scope)
    for scope in diagram.scopes.values():
        for node in scope.nodes.values():
            _add_tables(plan, diagram, scope, node)
    plan.undoable = frozenset(node.id for node in diagram.nodes() if diagram.can_be_undone(node))
    plan.conditional = any(node.event_kind == "conditional" for node in diagram.nodes())
    plan.order = tuple(sorted(plan.elements))
    return plan


def _add_scope(plan: Plan, scope: Scope) -> None:
    process = BpmnProcessSpec(scope.id)
    for node in scope.nodes.values():
        plan.elements[node.id] = (PersonsChoice if node.chooses else SPECS[node.kind])(process, node)
    for node in scope.nodes.values():
        for flow in node.outgoing:
            plan.elements[node.id].connect(plan.elements[flow.target])
    plan.specs[scope.id] = process
    starts = scope.of_kind("start_event")
    called = scope.owner is None and scope.id != plan.root  # begins by its plain start, whatever else may begin it
    plan.starts[scope.id] = tuple(node.id for node in starts if not called or node.event_kind == "none")


def _add_tables(plan: Plan, diagram: Diagram, scope: Scope, node: Node) -> None:
    if node.kind == "inclusive_gateway" and len(node.incoming) > 1:
        plan.reach[node.id] = reach_of(node, scope)
    if node.triggered_by_event and node.body:
        starts = plan.starts[node.body]
        plan.armed[scope.id] = (*plan.armed.get(scope.id, ()), *starts)
        plan.owners.update(dict.fromkeys(starts, node.id))
        if any(plan.elements[start].node.event_kind == "compensate" for start in starts):
            plan.undoing[scope.id] = node.id
    for boundary in plan.boundaries(node, "compensate"):
        if boundary.handler:
            plan.handlers[node.id] = boundary.handler
    if node.body:
        plan.containers[node.id] = _inside(diagram, node.body)


def _inside(diagram: Diagram, scope_id: str) -> tuple[str, ...]:
    found: list[str] = []
    waiting, seen = [scope_id], {scope_id}
    while waiting:
        for node in diagram.scopes[waiting.pop()].nodes.values():
            found.append(node.id)
            if node.body and node.body not in seen:
                seen.add(node.body)
                waiting.append(node.body)
    return tuple(found)
