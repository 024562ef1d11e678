"""SpiffWorkflow as its manual shows it, to measure beside it. Nothing in the platform runs on this.

Its parser, its workflow, its serializer: the whole instance is read and written around each completed task.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState


class NaivePeer:
    """One diagram of ours: its process is called `p`. Its conditions are run as Python, so it is for our own only."""

    def __init__(self, xml: bytes) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True)))
        self._spec = parser.get_spec("p")
        self._inner = parser.get_subprocess_specs("p")
        self._serializer = BpmnWorkflowSerializer()

    def start(self, data: Mapping[str, Any]) -> str:
        """Start an instance; gives it as text."""
        workflow = BpmnWorkflow(self._spec, self._inner)
        workflow.task_tree.data.update(data)
        workflow.do_engine_steps()
        return str(self._serializer.serialize_json(workflow))

    def complete(self, stored: str, element: str, outputs: Mapping[str, Any]) -> str:
        """Read the instance, complete one open task, go on, write it. Raises LookupError when the task is not open."""
        workflow = self._serializer.deserialize_json(stored)
        for task in workflow.get_tasks(state=TaskState.READY, manual=True):
            if task.task_spec.bpmn_id == element:
                break
        else:
            raise LookupError(element)
        task.data.update(outputs)
        task.run()
        workflow.do_engine_steps()
        return str(self._serializer.serialize_json(workflow))
