"""SpiffWorkflow as it comes, for tests that show where we differ and why."""

from __future__ import annotations

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState


class Upstream:
    def __init__(self, xml: bytes, **data) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(xml))
        self.workflow = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
        self.workflow.task_tree.data.update(data)
        self.workflow.do_engine_steps()

    @property
    def open(self) -> list[str]:
        ready = self.workflow.get_tasks(state=TaskState.READY, manual=True)
        return sorted(task.task_spec.bpmn_id for task in ready)

    def do(self, element: str, **data) -> Upstream:
        ready = self.workflow.get_tasks(state=TaskState.READY, manual=True)
        task = next(task for task in ready if task.task_spec.bpmn_id == element)
        task.data.update(data)
        task.run()
        self.workflow.do_engine_steps()
        return self

    @property
    def over(self) -> bool:
        return self.workflow.is_completed()

    @property
    def data(self) -> dict:
        return self.workflow.last_task.data
