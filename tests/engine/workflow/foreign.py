"""Diagrams of other engines, written in a line, and what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from lxml import etree
from office import MORNING

from engine.workflow.dialects import Translated, translate
from engine.workflow.simulation import Stage, act
from engine.workflow.spec import load_process

NAMESPACES = {
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "operaton": "http://operaton.org/schema/1.0/bpmn",
    "flowable": "http://flowable.org/bpmn",
    "activiti": "http://activiti.org/bpmn",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
HEAD = f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {XSI} {DECLARED} targetNamespace="t">'


def whole(inside: str, beside: str = "", process: str = "p") -> bytes:
    return f'{HEAD}{beside}<process id="{process}" isExecutable="true">{inside}</process></definitions>'.encode()


def row(*elements: str, start: str = "", end: str = "") -> str:
    """These elements one after the other, from a start to an end."""
    listed = [start or '<startEvent id="s"/>', *elements, end or '<endEvent id="e"/>']
    ids = [etree.fromstring(f"<x {DECLARED}>{one}</x>")[0].get("id") for one in listed]
    flows = "".join(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(ids))
    return "".join(listed) + flows


def alone(inside: str, beside: str = "") -> Translated:
    (found,) = translate({"a.bpmn": whole(inside, beside)})
    assert found.xml is not None
    return found


def told(found: Translated, kind: str = "") -> list[tuple[str, str]]:
    """(code, word) of the lines of the list."""
    return [(one.code, one.word) for one in found.repairs if not kind or one.kind == kind]


def extended(inside: str) -> str:
    return f"<extensionElements>{inside}</extensionElements>"


def begun(found: Translated, variables: dict[str, Any] | None = None, process: str = "p") -> Stage:
    assert found.xml is not None
    return Stage(load_process(found.xml, process_id=process), variables or {}, MORNING)


def do(stage: Stage, *steps: dict[str, Any]) -> Stage:
    for step in steps:
        assert act(stage, step) is None
    return stage


def open_in(stage: Stage) -> list[str]:
    return sorted(task.element_id for task in stage.tasks.values())


def words_of(xml: bytes, prefixes: Iterable[str] = NAMESPACES) -> list[str]:
    """Every word of another engine that still stands in a file."""
    uris = {NAMESPACES[prefix] for prefix in prefixes}
    found = []
    for element in etree.fromstring(xml).iter():
        names = [element.tag, *element.attrib]
        found += [name for name in names if etree.QName(name).namespace in uris]
    return found
