"""Attributes that change what tokens do, with the values that are run; any other is refused, not overlooked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from engine.workflow.bpmn.xml import MOTCUA, children, tag_of, text_of

_NUMBER: Final = re.compile(r"""[-+]?\d+(\.\d+)?|"[^"]*\"""")
_YES_OR_NO: Final = ("true", "false", "1", "0")
_NO: Final = ("false", "0")
_YES: Final = ("true", "1")
# Without the attribute the first value holds.
_OF_NODE: Final = {
    "startQuantity": ("1",),
    "completionQuantity": ("1",),
    "eventGatewayType": ("Exclusive",),
    "parallelMultiple": _NO,
    "instantiate": _NO,  # what begins a process is drawn as a start event
    "cancelActivity": _YES_OR_NO,
    "isInterrupting": _YES_OR_NO,
}
_OF_PART: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "multiInstanceLoopCharacteristics": {"behavior": ("All",), "isSequential": ("false", "true", "0", "1")},
    "standardLoopCharacteristics": {"testBefore": ("false", "true", "0", "1")},
    "compensateEventDefinition": {"waitForCompletion": _YES},
}


def unsupported_in(element: etree._Element) -> tuple[str, ...]:
    """Each attribute of a flow node, its loop and its event that says something we do not run, as it is written."""
    return tuple(_found(element))


def _found(element: etree._Element) -> Iterator[str]:
    yield from _unusual(element, _OF_NODE)
    for part in element:
        yield from _unusual(part, _OF_PART.get(tag_of(part), {}))
    for loop in children(element, "standardLoopCharacteristics"):
        maximum = loop.get("loopMaximum")
        if maximum is not None and not (maximum.strip().isdigit() and int(maximum) > 0):
            yield f'loopMaximum="{maximum}"'

    for loop in children(element, "multiInstanceLoopCharacteristics"):
        count = text_of(next(iter(children(loop, "loopCardinality")), None)).removeprefix("=").strip()
        if _NUMBER.fullmatch(count) and not count.isdigit():
            yield f'loopCardinality "{count}"'
        given = text_of(next(iter(children(loop, "loopDataInputRef")), None))
        if given and not loop.get(f"{{{MOTCUA}}}collection") and given in _data_inputs(element):
            yield f'loopDataInputRef "{given}" (motcua:collection)'  # what is copied into it is not followed


def _data_inputs(element: etree._Element) -> set[str]:
    """The ids of an activity's own data inputs: boxes that data associations would fill."""
    holders = children(element, "ioSpecification")
    return {box.get("id") or "" for holder in holders for box in children(holder, "dataInput")}


def _unusual(element: etree._Element, usual: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for name, values in usual.items():
        if (element.get(name) or values[0]).strip() not in values:
            yield f'{name}="{element.get(name)}"'
