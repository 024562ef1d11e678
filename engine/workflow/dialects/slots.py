"""The places of BPMN itself that hold an expression: conditions, timers, counts; and the conditions of a gateway."""

from __future__ import annotations

from typing import Final

from lxml import etree

from engine.workflow.bpmn import children, local_ref, tag_of, text_of
from engine.workflow.dialects import juel
from engine.workflow.dialects.camunda_feel import camunda_feel
from engine.workflow.dialects.cron import cycle_of, is_cron
from engine.workflow.dialects.juel import UntranslatableError
from engine.workflow.dialects.repairs import Repairs
from engine.workflow.dialects.words import remove

_TIMERS: Final = frozenset({"timeDate", "timeDuration", "timeCycle"})
_OTHERS: Final = frozenset({"condition", "loopCardinality", "completionCondition", "loopCondition"})
_BARE: Final = frozenset({"javascript", "ecmascript", "groovy", "juel", "js"})
"""Languages whose plain comparisons read as JUEL does."""


def slots(process: etree._Element, repairs: Repairs) -> None:
    """Translate every expression that stands in a place of BPMN's own."""
    for element in list(process.iter()):
        tag = tag_of(element)
        if tag in _TIMERS:
            _timer(element, tag, repairs)
        elif tag in _OTHERS:
            _slot(element, tag, repairs)
    for flow in _flows(process):
        for condition in children(flow, "conditionExpression"):
            _condition(process, flow, condition, repairs)


def _flows(process: etree._Element) -> list[etree._Element]:
    return [element for element in process.iter() if tag_of(element) == "sequenceFlow"]


def bare_gateways(process: etree._Element, repairs: Repairs) -> None:
    """Gateways without any condition: Camunda 7 and Flowable take all ways at an inclusive, the first at an exclusive.

    Here a person chooses at both, so the inclusive one gets conditions that hold, and the exclusive one is told.
    """
    for gateway in process.iter():
        tag = tag_of(gateway)
        if tag not in ("exclusiveGateway", "inclusiveGateway"):
            continue
        leaving = [flow for flow in _flows(process) if local_ref(flow.get("sourceRef")) == gateway.get("id")]
        if len(leaving) < 2 or any(children(flow, "conditionExpression") for flow in leaving):
            continue
        told = ", ".join(flow.get("name") or flow.get("id") or "" for flow in leaving)
        if tag == "exclusiveGateway":
            repairs.decide("first_way_taken", gateway, tag, told)
            continue
        for flow in leaving:
            if flow.get("id") is None or flow.get("id") != gateway.get("default"):
                condition = etree.SubElement(flow, f"{{{etree.QName(flow).namespace}}}conditionExpression")
                condition.text = "true"
        repairs.translated(gateway, tag, told, "true")


def language_of(element: etree._Element) -> str:
    """The language an expression declares, in small letters; "" for none and for those of the standard."""
    language = (element.get("language") or element.get("expressionLanguage") or "").strip().lower()
    return "" if language.startswith(("http://www.omg.org/spec/", "feel")) else language


def feel_in(element: etree._Element) -> str | None:
    """The FEEL of an expression that is not FEEL yet; None when it is. Raises UntranslatableError."""
    source, language = text_of(element), language_of(element)
    if juel.is_juel(source):
        return juel.to_feel(source)
    if language in _BARE and source:
        return juel.bare_to_feel(source)
    if source.startswith("="):
        return camunda_feel(source[1:].strip())
    return None


def put(element: etree._Element, source: str) -> None:
    """Write FEEL where another expression stood."""
    for inner in list(element):
        element.remove(inner)
    element.text = source
    for name in ("language", "expressionLanguage"):
        element.attrib.pop(name, None)


def _slot(element: etree._Element, tag: str, repairs: Repairs) -> None:
    before = text_of(element)
    try:
        after = feel_in(element)
    except UntranslatableError:
        repairs.decide("expression_foreign", element, tag, before)
        if tag == "completionCondition":  # without it all of them must be done, which loses nothing
            remove(element)
        return
    if after is not None:
        put(element, after)
        repairs.translated(element, tag, before, after)


def _timer(element: etree._Element, tag: str, repairs: Repairs) -> None:
    before = text_of(element)
    if is_cron(before):
        cycle = cycle_of(before)
        if cycle:
            put(element, cycle)
            repairs.translated(element, tag, before, cycle)
        else:
            repairs.decide("cycle_cron", element, tag, before)
        return
    _slot(element, tag, repairs)


def _condition(process: etree._Element, flow: etree._Element, condition: etree._Element, repairs: Repairs) -> None:
    before = text_of(condition)
    try:
        after = feel_in(condition)
    except UntranslatableError:
        _ask_a_person(process, flow, before, repairs)
        return
    if after is not None:
        put(condition, after)
        repairs.translated(flow, "conditionExpression", before, after)


def _label(text: str) -> str:
    return " ".join(text.replace("${", "").replace("#{", "").replace("}", "").split())[:80]


def _ask_a_person(process: etree._Element, flow: etree._Element, before: str, repairs: Repairs) -> None:
    """A gateway with one condition that has no FEEL is asked of a person as a whole; an activity has no such choice."""
    source = local_ref(flow.get("sourceRef"))
    gateway = next((one for one in process.iter() if tag_of(one) and one.get("id") == source), None)
    if gateway is None or tag_of(gateway) not in ("exclusiveGateway", "inclusiveGateway"):
        repairs.decide("expression_foreign", flow, "conditionExpression", before)
        return
    leaving = [one for one in _flows(process) if local_ref(one.get("sourceRef")) == source]
    told = []
    for one in leaving:
        for condition in children(one, "conditionExpression"):
            text = text_of(condition)
            told.append(text)
            if not (one.get("name") or "").strip():
                one.set("name", _label(text))  # what the person reads instead
            one.remove(condition)
    gateway.attrib.pop("default", None)
    repairs.decide("condition_by_person", gateway, "conditionExpression", "; ".join(told))
