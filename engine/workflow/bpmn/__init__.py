"""BPMN files into plain data, untrusted as they are; nothing is judged here."""

from __future__ import annotations

from engine.workflow.bpmn.diagram import ACTIVITIES, GATEWAYS, THROWING, Diagram, EventSpec, Flow, LoopSpec, Node, Scope
from engine.workflow.bpmn.main_process import choose_process
from engine.workflow.bpmn.reader import Reader, read_definitions
from engine.workflow.bpmn.xml import MOTCUA, children, local_ref, tag_of, text_of

__all__ = [
    "ACTIVITIES",
    "GATEWAYS",
    "MOTCUA",
    "THROWING",
    "Diagram",
    "EventSpec",
    "Flow",
    "LoopSpec",
    "Node",
    "Reader",
    "Scope",
    "children",
    "choose_process",
    "local_ref",
    "read_definitions",
    "tag_of",
    "text_of",
]
