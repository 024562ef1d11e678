"""Events and flows: keys of messages, codes, what a signal carries, terminate ends that reach further."""

from __future__ import annotations

from typing import Final

from lxml import etree

from engine.workflow.bpmn import children, local_ref, tag_of
from engine.workflow.dialects import juel
from engine.workflow.dialects.repairs import Repairs
from engine.workflow.dialects.vocabulary import of_flowable, vendor_word
from engine.workflow.dialects.words import attributes, feel_of, take, take_parts, write

_CATCHING: Final = frozenset({"intermediateCatchEvent", "boundaryEvent", "receiveTask", "startEvent"})
_CODE: Final = ("class", "delegateExpression", "expression", "type", "topic")
_VALUES: Final = (
    "errorCodeVariable",
    "errorMessageVariable",
    "escalationCodeVariable",
    "variableName",
    "variableEvents",
    "endDate",
    "businessCalendarName",
)
_REFERRING: Final = frozenset({"message", "signal", "error", "escalation"})
_LISTENERS: Final = ("executionListener", "taskListener", "eventListener", "executionListeners", "taskListeners")


def listeners(element: etree._Element, repairs: Repairs) -> None:
    """Code beside the steps."""
    for part in take_parts(element, *_LISTENERS):
        inner = [one for one in part if vendor_word(one.tag)] or [part]
        for one in inner:
            repairs.decide("listener", element, vendor_word(one.tag), attributes(one))


def ends(element: etree._Element, repairs: Repairs) -> None:
    """An end event that terminates more than its scope; at the top of a process that is the same."""
    for sign in children(element, "terminateEventDefinition"):
        for local in ("terminateAll", "terminateMultiInstance"):
            word, value = take(sign, local)
            if not word or value == "false":
                continue
            parent = element.getparent()
            if local == "terminateAll" and parent is not None and tag_of(parent) == "process":
                repairs.translated(element, word, value, "terminate")
            else:
                repairs.decide("moves_tokens", element, word, value)


def signs(element: etree._Element, repairs: Repairs) -> None:
    """What stands on an event definition: variables for codes, when a condition is asked, what a signal carries."""
    for sign in element:
        if not tag_of(sign).endswith("EventDefinition"):
            continue
        for local in _VALUES:
            word, value = take(sign, local)
            if word:
                repairs.decide("moves_values", element, word, value)
        for local in _CODE:
            word, value = take(sign, local)
            if word:
                repairs.decide("code_by_hand", element, word, value)
        _sign_parts(element, sign, repairs)


def _sign_parts(element: etree._Element, sign: etree._Element, repairs: Repairs) -> None:
    for part in take_parts(sign, "in", "out"):
        repairs.decide("mapping_by_hand", element, vendor_word(part.tag), attributes(part))
    for part in take_parts(sign, "field", "connector", "taskDefinition"):
        repairs.decide("code_by_hand", element, vendor_word(part.tag), attributes(part))


def correlations(definitions: etree._Element, repairs: Repairs) -> None:
    """The key that a message must fit, written at the message by Zeebe, goes to every event that waits for it."""
    for message in children(definitions, "message"):
        for part in take_parts(message, "subscription"):
            before = part.get("correlationKey") or ""
            source = feel_of(before, message, "zeebe:correlationKey", repairs) if before else None
            if source is None:
                repairs.decide("correlation_open", message, "zeebe:correlationKey", before)
                continue
            for waiting in _waiting_for(definitions, message.get("id") or ""):
                if write(waiting, "correlation", source):
                    repairs.translated(waiting, "zeebe:correlationKey", before, f"motcua:correlation={source}")


def _waiting_for(definitions: etree._Element, message: str) -> list[etree._Element]:
    found = []
    for element in definitions.iter():
        if tag_of(element) not in _CATCHING:
            continue
        references = [element.get("messageRef"), *(sign.get("messageRef") for sign in element)]
        parent = element.getparent()
        begins = tag_of(element) == "startEvent" and parent is not None and tag_of(parent) == "process"
        if message in map(local_ref, references) and not begins:
            found.append(element)
    return found


def names(definitions: etree._Element, repairs: Repairs) -> None:
    """A name of a message, signal, error or escalation that is only known when it runs."""
    for tag in ("message", "signal", "error", "escalation"):
        for declared in children(definitions, tag):
            for attribute in ("name", "errorCode", "escalationCode"):
                value = declared.get(attribute) or ""
                if juel.is_juel(value) or (tag in ("message", "signal") and value.startswith("=")):
                    repairs.decide("moves_tokens", declared, f"{tag} {attribute}", value)
            word, value = take(declared, "scope")
            if word and value == "processInstance":
                repairs.decide("moves_tokens", declared, word, value)
            elif word:
                repairs.left_out(declared, word, value)


def undeclared(definitions: etree._Element, repairs: Repairs) -> None:
    """Flowable takes a reference that nothing declares for the code or the name itself; here it is declared."""
    if not of_flowable(definitions):
        return
    known = {part.get("id") for part in definitions}
    for sign in list(definitions.iter()):
        kind = tag_of(sign).removesuffix("EventDefinition")
        reference = local_ref(sign.get(f"{kind}Ref"))
        if kind not in _REFERRING or not reference or reference in known:
            continue
        known.add(reference)
        made = etree.Element(f"{{{etree.QName(definitions).namespace}}}{kind}", id=reference, name=reference)
        if kind in ("error", "escalation"):
            made.set(f"{kind}Code", reference)
        definitions.insert(0, made)
        repairs.translated(made, f"{kind}Ref", reference, f"<{kind} id={reference}>")


def texts(element: etree._Element, repairs: Repairs) -> None:
    """Words for people that hold an expression."""
    value = element.get("name") or ""
    if juel.is_juel(value):
        repairs.decide("text_with_expression", element, "name", value)
