"""The behaviour of one element: SpiffWorkflow task specs with our own token rules."""

from __future__ import annotations

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.bpmn import Flow, Node
from engine.workflow.errors import ElementFault
from engine.workflow.runtime import loops
from engine.workflow.runtime import tokens as moving
from engine.workflow.runtime.catching import arm_boundaries
from engine.workflow.runtime.instance import LEAVING, LOCALS, MEMBER_OF, ROUND, Instance, TokenScope, spec_name


class Element(BpmnTaskSpec):  # type: ignore[misc]  # SpiffWorkflow has no type information
    """An element of the diagram. Subclasses say what it does in `work`.

    SpiffWorkflow's life cycle is kept: _update (reached) → _run (working) → _on_complete (left).
    What it gets wrong is replaced: nothing is predicted, data is not merged between branches, and the
    next tokens are placed under the scope's root instead of growing a tree.
    """

    def __init__(self, wf_spec: object, node: Node) -> None:
        super().__init__(wf_spec, spec_name(node.id), lane=node.lane, inputs=[], outputs=[])
        self.node = node
        self.bpmn_id, self.bpmn_name = node.id, node.name

    def test(self) -> None:
        """Nothing to check here: lint has judged the diagram as a whole."""

    def _predict(self, my_task: Task, *args: object, **kwargs: object) -> None:
        """Never create tasks that may be needed later: k blocks of b branches would cost b^k."""

    def _update_hook(self, my_task: Task) -> bool:
        instance: Instance = my_task.workflow.top_workflow
        instance.ledger.passed.append(self.node.id)
        my_task.internal_data[ROUND] = instance.next_round(self.node.id)
        return True

    def _on_ready_hook(self, my_task: Task) -> None:
        my_task.workflow.top_workflow.queue.append(my_task)

    def _run_hook(self, my_task: Task) -> bool | None:
        if LEAVING in my_task.internal_data:
            return True
        return self.work(my_task.workflow.top_workflow, my_task)

    def work(self, instance: Instance, task: Task) -> bool | None:
        """Do what the element does. True: done, go on. None: it waits for an event from outside."""
        return True

    def _on_complete_hook(self, my_task: Task) -> None:
        try:
            self.go_on(my_task.workflow.top_workflow, my_task)
        except ElementFault as fault:
            my_task.internal_data[LEAVING] = True
            my_task._set_state(TaskState.ERROR)
            moving.report(my_task.workflow.top_workflow, my_task, fault)

    def go_on(self, instance: Instance, task: Task) -> None:
        """Leave along the flows that BPMN says."""
        moving.leave(instance, task)

    def run_safely(self, task: Task) -> None:
        """Run; a fault leaves the token where it is, as an incident."""
        try:
            task.run()
        except ElementFault as fault:
            moving.report(task.workflow.top_workflow, task, fault)

    def collects(self, flow: Flow) -> bool:
        """Tell whether a token on this flow waits here for others before the element starts."""
        return False

    def arrive(self, scope: TokenScope | Instance, flow: Flow) -> None:
        """Take a token that waits for others (joins only)."""


class Activity(Element):
    """Work: may repeat, and may have events on its border."""

    def _run_hook(self, my_task: Task) -> bool | None:
        instance: Instance = my_task.workflow.top_workflow
        if LEAVING in my_task.internal_data:
            return True
        if MEMBER_OF in my_task.internal_data:
            return self.work(instance, my_task)
        arm_boundaries(instance, my_task)
        if self.node.loop is not None:
            return loops.begin(instance, my_task)
        return self.work(instance, my_task)

    def go_on(self, instance: Instance, task: Task) -> None:
        """Leave; one instance of a repeating activity reports to the whole instead."""
        moving.write_results(instance, task)
        if MEMBER_OF in task.internal_data:
            loops.member_done(instance, task)
        else:
            moving.leave(instance, task)

    def inputs(self, instance: Instance, task: Task) -> dict[str, object]:
        """Evaluate the declared inputs."""
        return moving.inputs_of(instance, task)

    def take_locals(self, instance: Instance, task: Task) -> None:
        """Make the declared inputs variables that are seen only inside."""
        if self.node.inputs:
            task.internal_data.setdefault(LOCALS, {}).update(self.inputs(instance, task))
