"""Groups of other engines as proposed lanes: here the lane says who works."""

from __future__ import annotations

import re

from lxml import etree

from engine.workflow.bpmn import children, tag_of, text_of
from engine.workflow.dialects.people import Company
from engine.workflow.dialects.repairs import Repairs
from engine.workflow.dialects.vocabulary import ours


def propose_lanes(process: etree._Element, company: Company, repairs: Repairs) -> None:
    """Put each task of one group into a lane of that name, unless a lane has it already."""
    placed = {text_of(one) for lane in _lanes(process) for one in children(lane, "flowNodeRef")}
    inside = {element.get("id"): element for element in process.iter() if tag_of(element) and element.get("id")}
    for task, (element, word, group) in company.groups.items():
        if inside.get(task) is None:
            continue
        if task in placed:
            repairs.decide("assignment", element, word, group)
            continue
        lane = _lane_of(process, group)
        reference = etree.SubElement(lane, f"{{{etree.QName(process).namespace}}}flowNodeRef")
        reference.text = task
        repairs.decide("lane_proposed", element, word, group, group)


def _lanes(process: etree._Element) -> list[etree._Element]:
    return [element for element in process.iter() if tag_of(element) == "lane"]


def _lane_of(process: etree._Element, group: str) -> etree._Element:
    key = ours("role")
    found = next((lane for lane in _lanes(process) if group in (lane.get(key), lane.get("name"))), None)
    if found is not None:
        return found
    namespace = etree.QName(process).namespace
    sets = children(process, "laneSet")
    if sets:
        holder = sets[0]
    else:
        holder = etree.Element(f"{{{namespace}}}laneSet", id=f"{process.get('id')}_lanes")
        process.insert(len(children(process, "documentation")) + len(children(process, "extensionElements")), holder)
    lane = etree.SubElement(holder, f"{{{namespace}}}lane")
    lane.set("id", f"{process.get('id')}_lane_{re.sub(r'[^A-Za-z0-9_]', '_', group)}")
    lane.set("name", group)
    lane.set(key, group)
    return lane
