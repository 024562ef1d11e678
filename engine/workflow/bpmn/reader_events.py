"""Reads event definitions and loop characteristics; resolves the names of messages, signals and errors."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from engine.workflow.bpmn.diagram import EventSpec, LoopSpec
from engine.workflow.bpmn.xml import MOTCUA, children, local_ref, tag_of, text_of

SUFFIX = "EventDefinition"
TIMERS = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}


class Catalogue:
    """What `definitions` declares beside the processes, by id."""

    def __init__(self, definitions: etree._Element) -> None:
        self.messages = _names(definitions, "message", "name")
        self.meanings = {
            element.get("id") or "": (element.get(f"{{{MOTCUA}}}meaning") or "").strip()
            for element in children(definitions, "message")
        }
        self.signals = _names(definitions, "signal", "name")
        self.errors = _names(definitions, "error", "errorCode")
        self.escalations = _names(definitions, "escalation", "escalationCode")
        self.codeless = {
            element.get("id") or ""
            for tag, code in (("error", "errorCode"), ("escalation", "escalationCode"))
            for element in children(definitions, tag)
            if not (element.get(code) or "").strip()
        }
        self.definitions = {
            element.get("id") or "": element for element in definitions if tag_of(element).endswith(SUFFIX)
        }


def _names(definitions: etree._Element, tag: str, attribute: str) -> dict[str, str]:
    return {
        element.get("id") or "": element.get(attribute) or element.get("name") or element.get("id") or ""
        for element in children(definitions, tag)
    }


def event_of(element: etree._Element, catalogue: Catalogue) -> EventSpec | None:
    """Read what an event (or a receive or send task) catches or throws."""
    tag = tag_of(element)
    if tag in ("receiveTask", "sendTask"):
        reference = local_ref(element.get("messageRef"))
        return _message(reference, catalogue) if reference else None
    if not tag.endswith("Event"):
        return None
    definitions = [child for child in element if tag_of(child).endswith(SUFFIX)]
    for reference_element in children(element, "eventDefinitionRef"):
        found = catalogue.definitions.get(local_ref(text_of(reference_element)))
        if found is not None:
            definitions.append(found)
    if len(definitions) > 1:
        return EventSpec("multiple")
    return _definition(definitions[0], catalogue) if definitions else EventSpec("none")


def _definition(element: etree._Element, catalogue: Catalogue) -> EventSpec:
    kind = tag_of(element).removesuffix(SUFFIX)
    if kind == "timer":
        return _timer(element)
    if kind == "conditional":
        return EventSpec(kind, expression=_feel(next(iter(children(element, "condition")), None)))
    if kind == "link":
        return EventSpec(kind, (element.get("name") or "").strip())
    if kind == "compensate":
        return EventSpec(kind, local_ref(element.get("activityRef")))
    if kind == "message":
        return _message(local_ref(element.get("messageRef")), catalogue)
    names = {
        "signal": catalogue.signals,
        "error": catalogue.errors,
        "escalation": catalogue.escalations,
    }.get(kind, {})
    reference = local_ref(element.get(f"{kind}Ref"))
    codeless = kind in ("error", "escalation") and (not reference or reference in catalogue.codeless)
    return replace(_named(kind, reference, names), codeless=codeless)


def _message(reference: str, catalogue: Catalogue) -> EventSpec:
    return replace(_named("message", reference, catalogue.messages), meaning=catalogue.meanings.get(reference, ""))


def _named(kind: str, reference: str, names: dict[str, str]) -> EventSpec:
    """What the file declares under this id; an id that it does not declare is taken as the name itself."""
    return EventSpec(kind, names.get(reference, reference), undeclared=bool(reference) and reference not in names)


def _timer(element: etree._Element) -> EventSpec:
    for child in element:
        timer = TIMERS.get(tag_of(child))
        if timer:
            return EventSpec("timer", timer=timer, expression=_feel(child))
    return EventSpec("timer")


def _feel(element: etree._Element | None) -> str:
    return text_of(element).removeprefix("=").strip()


def loop_of(element: etree._Element) -> LoopSpec | None:
    """Read standard loop or multi-instance; the collection is FEEL, the item the name seen inside."""
    for child in element:
        if tag_of(child) == "standardLoopCharacteristics":
            maximum = (child.get("loopMaximum") or "").strip()
            return LoopSpec(
                "standard",
                condition=_feel(next(iter(children(child, "loopCondition")), None)),
                test_before=(child.get("testBefore") or "") in ("true", "1"),
                maximum=int(maximum) if maximum.isdigit() else None,
            )
        if tag_of(child) == "multiInstanceLoopCharacteristics":
            return _multi_instance(child)
    return None


def _multi_instance(element: etree._Element) -> LoopSpec:
    def reference(name: str) -> str:
        return text_of(next(iter(children(element, name)), None))

    def named(name: str) -> str:
        found = next(iter(children(element, name)), None)
        return "" if found is None else found.get("name") or found.get("id") or ""

    return LoopSpec(
        "sequential" if (element.get("isSequential") or "") in ("true", "1") else "parallel",
        cardinality=_feel(next(iter(children(element, "loopCardinality")), None)),
        collection=(element.get(f"{{{MOTCUA}}}collection") or reference("loopDataInputRef")).strip(),
        item=element.get(f"{{{MOTCUA}}}item") or named("inputDataItem"),
        output_collection=element.get(f"{{{MOTCUA}}}collect") or reference("loopDataOutputRef"),
        output_item=element.get(f"{{{MOTCUA}}}collected") or named("outputDataItem"),
        condition=_feel(next(iter(children(element, "completionCondition")), None)),
    )
