"""BPMN files into plain data, untrusted as they are; nothing is judged here."""

from __future__ import annotations

from engine.workflow.bpmn.diagram import ACTIVITIES, GATEWAYS, Diagram, EventSpec, Flow, LoopSpec, Node, Scope
from engine.workflow.bpmn.main_process import choose_process
from engine.workflow.bpmn.reader import Reader, read_definitions

__all__ = [
    "ACTIVITIES",
    "GATEWAYS",
    "Diagram",
    "EventSpec",
    "Flow",
    "LoopSpec",
    "Node",
    "Reader",
    "Scope",
    "choose_process",
    "read_definitions",
]
