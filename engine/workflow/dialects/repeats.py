"""Repetitions: the list, the name of one, and where the results go."""

from __future__ import annotations

from lxml import etree

from engine.workflow.bpmn import children, text_of
from engine.workflow.dialects.repairs import Repairs
from engine.workflow.dialects.words import add_mapping, attributes, feel_of, take, take_parts, write


def repeats(loop: etree._Element, repairs: Repairs) -> None:
    """Translate what other engines write on multi-instance characteristics."""
    _of_seven(loop, repairs)
    for part in take_parts(loop, "loopCharacteristics"):
        _of_zeebe(loop, part, repairs)
    for part in take_parts(loop, "variableAggregation"):
        repairs.decide("moves_values", loop, "variableAggregation", attributes(part))
    if children(loop, "completionCondition") and (loop.get("isSequential") or "") in ("true", "1"):
        condition = text_of(children(loop, "completionCondition")[0])
        if "ActiveInstances" in condition:  # one is at work there when it is asked, none here
            repairs.decide("expression_foreign", loop, "completionCondition", condition)


def _of_seven(loop: etree._Element, repairs: Repairs) -> None:
    word, value = take(loop, "collection")
    if word:
        source = feel_of(value, loop, word, repairs)
        if source is not None and write(loop, "collection", source):
            repairs.translated(loop, word, value, f"motcua:collection={source}")
    word, value = take(loop, "elementVariable")
    if word and write(loop, "item", value):
        repairs.translated(loop, word, value, f"motcua:item={value}")
    word, value = take(loop, "elementIndexVariable")
    if word:
        repairs.decide("moves_values", loop, word, value, "loopCounter - 1")


def _of_zeebe(loop: etree._Element, part: etree._Element, repairs: Repairs) -> None:
    for local, name in (("inputCollection", "collection"), ("outputCollection", "collect")):
        value = part.get(local)
        if not value:
            continue
        source = feel_of(value, loop, f"zeebe:{local}", repairs)
        if source is not None and write(loop, name, source):
            repairs.translated(loop, f"zeebe:{local}", value, f"motcua:{name}={source}")
    if part.get("inputElement") and write(loop, "item", part.get("inputElement") or ""):
        repairs.translated(loop, "zeebe:inputElement", part.get("inputElement") or "", "motcua:item")
    output = (part.get("outputElement") or "").removeprefix("=").strip()
    if output.isidentifier() and write(loop, "collected", output):
        repairs.translated(loop, "zeebe:outputElement", output, f"motcua:collected={output}")
    elif output:
        _computed_output(loop, part, output, repairs)


def _computed_output(loop: etree._Element, part: etree._Element, output: str, repairs: Repairs) -> None:
    """A result that is computed: a variable of each repetition takes it, and that one is collected."""
    activity = loop.getparent()
    source = feel_of(f"={output}", loop, "zeebe:outputElement", repairs)
    if activity is None or source is None:
        return
    name = f"{part.get('outputCollection') or 'result'}_element"
    write(loop, "collected", name)
    add_mapping(activity, "output", name, source)
    repairs.translated(loop, "zeebe:outputElement", output, f"motcua:output {name}={source}")
