"""Steps of machines: scripts, decisions, calls of processes, and the code that others call."""

from __future__ import annotations

from typing import Final

from lxml import etree

from engine.workflow.bpmn import children, local_ref, text_of
from engine.workflow.dialects import juel
from engine.workflow.dialects.juel import UntranslatableError
from engine.workflow.dialects.people import Company
from engine.workflow.dialects.repairs import Repairs
from engine.workflow.dialects.vocabulary import vendor_word
from engine.workflow.dialects.words import (
    add_mapping,
    attributes,
    feel_of,
    take,
    take_parts,
    write,
)

_BARE: Final = frozenset({"juel", "javascript", "ecmascript", "groovy", "js"})


def asks_a_table(element: etree._Element) -> bool:
    """Flowable asks a decision table by a service task of the type dmn."""
    return any(str(name).endswith("}type") and value == "dmn" for name, value in element.attrib.items())


def service(element: etree._Element, repairs: Repairs) -> etree._Element:
    """A step of a machine: an expression with a result is a FEEL script; all other code is work by hand."""
    word, value = take(element, "expression")
    result = _result(element)
    if word and result:
        source = _quietly(value)
        if source is not None:
            made = _as_script(element, source, result)
            repairs.translated(made, word, f"{value} → {result}", f"script {source}")
            return made
    told = [(word, value)] if word else []
    told += [
        taken
        for local in ("class", "delegateExpression", "type", "topic", "operationRef")
        for taken in [take(element, local)]
        if taken[0]
    ]
    told += [
        (vendor_word(part.tag), attributes(part))
        for part in take_parts(element, "taskDefinition", "connector", "field", "errorEventDefinition", "http-inputs")
    ]
    for word, value in told:
        repairs.decide("code_by_hand", element, word, value)
    if result:
        write(element, "outputs", result)
        repairs.decide("mapping_of_person", element, "resultVariable", result, result)
    return element


def _result(element: etree._Element) -> str:
    for local in ("resultVariable", "resultVariableName"):
        _, value = take(element, local)
        if value:
            return value
    return ""


def _quietly(text: str) -> str | None:
    try:
        return juel.to_feel(text) if juel.is_juel(text) else None
    except UntranslatableError:
        return None


def renamed(element: etree._Element, tag: str) -> etree._Element:
    """The same element under another name of BPMN, in its place."""
    namespace = etree.QName(element).namespace
    made = etree.Element(f"{{{namespace}}}{tag}", dict(element.attrib), nsmap=element.nsmap)
    made.text, made.tail = element.text, element.tail
    for child in list(element):
        made.append(child)
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, made)
    return made


def _as_script(element: etree._Element, source: str, result: str) -> etree._Element:
    made = renamed(element, "scriptTask")
    for attribute in ("implementation", "operationRef", "messageRef", "scriptFormat"):
        made.attrib.pop(attribute, None)
    for old in children(made, "script"):
        made.remove(old)
    script = etree.SubElement(made, f"{{{etree.QName(made).namespace}}}script")
    script.text = source
    write(made, "outputs", result)
    return made


def script(element: etree._Element, repairs: Repairs) -> etree._Element:
    """A script of one expression becomes FEEL; any other is done by hand, its text kept as documentation."""
    result = _result(element)
    for part in take_parts(element, "script"):  # Zeebe's own
        source = feel_of(part.get("expression") or "", element, "zeebe:script", repairs)
        result = part.get("resultVariable") or result
        if source is not None and result:
            repairs.translated(element, "zeebe:script", attributes(part), f"{result}={source}")
            return _as_script(element, source, result)
        return _by_hand(element, attributes(part), vendor_word(part.tag), result, repairs)
    word, resource = take(element, "resource")
    text = next((text_of(one) for one in children(element, "script")), "") or resource
    language = (element.get("scriptFormat") or "").strip().lower()
    if language in ("", "feel") and not juel.is_juel(text) and not resource:
        if result:
            write(element, "outputs", result)
            repairs.translated(element, "resultVariable", result, f"motcua:outputs={result}")
        return element
    source = _script_source(text, language) if result else None
    if source is not None:
        made = _as_script(element, source, result)
        repairs.translated(made, f"script ({language or 'juel'})", f"{text} → {result}", source)
        return made
    return _by_hand(element, text, word or language, result, repairs)


def _script_source(text: str, language: str) -> str | None:
    try:
        if juel.is_juel(text):
            return juel.to_feel(text)
        return juel.bare_to_feel(text) if language in _BARE else None
    except UntranslatableError:
        return None


def _by_hand(element: etree._Element, text: str, word: str, result: str, repairs: Repairs) -> etree._Element:
    for old in children(element, "script"):
        element.remove(old)
    element.attrib.pop("scriptFormat", None)
    made = renamed(element, "task")
    note = etree.Element(f"{{{etree.QName(made).namespace}}}documentation")
    note.text = f"{word}: {text}"
    made.insert(len(children(made, "documentation")), note)
    if result:
        write(made, "outputs", result)
    repairs.decide("script_by_hand", made, word or "script", text)
    return made


def decision(element: etree._Element, company: Company, repairs: Repairs) -> None:
    """A decision table is asked: by its id, with the data it asks for; its answer goes to one variable."""
    word, reference = take(element, "decisionRef")
    shape, how = take(element, "mapDecisionResult")
    result = _result(element)
    for part in take_parts(element, "calledDecision"):
        word, reference = "zeebe:calledDecision", part.get("decisionId") or ""
        result, how = part.get("resultVariable") or result, "singleEntry"
    for part in take_parts(element, "field"):
        if part.get("name") == "decisionTableReferenceKey":
            take(element, "type")
            word, reference = vendor_word(part.tag), text_of(part) or part.get("stringValue") or ""
        else:
            repairs.decide("unknown_word", element, vendor_word(part.tag), attributes(part))
    if reference:
        _table(element, word, reference, company, repairs)
    if result:
        write(element, "outputs", result)
        repairs.translated(element, "resultVariable", result, f"motcua:outputs={result}")
        if how not in ("singleEntry", "singleResult"):
            repairs.decide("result_shape", element, shape or "mapDecisionResult", how or "resultList", result)


def _table(element: etree._Element, word: str, reference: str, company: Company, repairs: Repairs) -> None:
    if juel.is_juel(reference) or reference.startswith("="):
        repairs.decide("expression_foreign", element, word, reference)
        return
    write(element, "decision", reference)
    repairs.translated(element, word, reference, f"motcua:decision={reference}")
    for name in company.decisions.get(reference, ()):
        add_mapping(element, "input", name, name)
    if reference not in company.decisions:
        repairs.decide("decision_not_given", element, word, reference)


def _call_of_zeebe(element: etree._Element, repairs: Repairs) -> None:
    for part in take_parts(element, "calledElement"):
        reference = part.get("processId") or ""
        if reference and not reference.startswith("="):
            element.set("calledElement", reference)
            repairs.translated(element, "zeebe:calledElement", attributes(part), f"calledElement={reference}")
            if part.get("propagateAllChildVariables") == "false":
                repairs.decide("called_sees_all", element, "zeebe:calledElement", attributes(part))
        elif reference:
            repairs.decide("called_open", element, "zeebe:calledElement", reference)


def call(element: etree._Element, company: Company, repairs: Repairs) -> None:
    """The called process: named by the standard's attribute, by Zeebe's element, or only when it runs."""
    _call_of_zeebe(element, repairs)
    word, value = take(element, "caseRef")
    if word:
        repairs.decide("called_open", element, word, value)
    reference = element.get("calledElement") or ""
    if juel.is_juel(reference):
        constant = _quietly(reference)
        if constant and constant.startswith('"'):
            element.set("calledElement", constant.strip('"'))
            repairs.translated(element, "calledElement", reference, constant)
        else:
            repairs.decide("called_open", element, "calledElement", reference)
    elif reference and local_ref(reference) not in company.processes:
        del element.attrib["calledElement"]
        repairs.decide("called_not_given", renamed(element, "task"), "calledElement", reference, "task")
