"""No word of another engine vanishes: what nobody translates stands in the list, wherever it was written."""

from __future__ import annotations

import pytest
from foreign import NAMESPACES, extended, row, told, whole, words_of

from engine.workflow.dialects import translate

SEVEN = [prefix for prefix in NAMESPACES if prefix != "zeebe"]
ATTRIBUTES = [
    "assignee",
    "asyncBefore",
    "candidateUsers",
    "class",
    "collection",
    "decisionRef",
    "delegateExpression",
    "dueDate",
    "elementVariable",
    "errorCodeVariable",
    "expression",
    "formKey",
    "initiator",
    "resultVariable",
    "skipExpression",
    "terminateAll",
    "topic",
    "somethingNew",
]
PLACES = [
    "startEvent",
    "userTask",
    "serviceTask",
    "callActivity",
    "sequenceFlow",
    "multiInstanceLoopCharacteristics",
    "terminateEventDefinition",
    "endEvent",
    "process",
]


@pytest.mark.parametrize("prefix", SEVEN)
@pytest.mark.parametrize("attribute", ATTRIBUTES)
@pytest.mark.parametrize("place", PLACES)
def test_no_attribute_vanishes_wherever_it_stands(prefix, attribute, place):
    given = f'{prefix}:{attribute}="value1"'
    loop = f"<multiInstanceLoopCharacteristics {given if place == 'multiInstanceLoopCharacteristics' else ''}/>"
    body = row(
        f'<userTask id="u" {given if place == "userTask" else ""}>{loop}</userTask>',
        f'<serviceTask id="v" {given if place == "serviceTask" else ""}/>',
        f'<callActivity id="c" calledElement="q" {given if place == "callActivity" else ""}/>',
        start=f'<startEvent id="s" {given if place == "startEvent" else ""}/>',
        end=f'<endEvent id="e" {given if place == "endEvent" else ""}><terminateEventDefinition '
        f"{given if place == 'terminateEventDefinition' else ''}/></endEvent>",
    )
    xml = whole(body).decode()
    if place == "sequenceFlow":
        xml = xml.replace("<sequenceFlow ", f"<sequenceFlow {given} ", 1)
    if place == "process":
        xml = xml.replace("<process ", f"<process {given} ")
    (found,) = translate({"a.bpmn": xml.encode()})
    assert found.xml is not None
    assert [one for one in found.repairs if "value1" in one.before], (prefix, attribute, place)
    assert words_of(found.xml) == []


ELEMENTS = [
    "executionListener",
    "taskListener",
    "inputOutput",
    "in",
    "out",
    "ioMapping",
    "formData",
    "formProperty",
    "taskDefinition",
    "taskHeaders",
    "connector",
    "field",
    "properties",
    "calledDecision",
    "script",
    "loopCharacteristics",
    "somethingNew",
    "value",
]


@pytest.mark.parametrize("prefix", NAMESPACES)
@pytest.mark.parametrize("element", ELEMENTS)
@pytest.mark.parametrize(
    "place", ["userTask", "serviceTask", "subProcess", "startEvent", "endEvent", "scriptTask", "dataObject"]
)
def test_no_element_vanishes_wherever_it_stands(prefix, element, place):
    given = extended(
        f'<{prefix}:{element} id="x9" name="x9" source="=x9" target="y9" expression="=x9" decisionId="x9" type="x9">'
        f'<{prefix}:inputParameter name="n9">${{x9}}</{prefix}:inputParameter>'
        f'<{prefix}:input source="=x9" target="n9"/></{prefix}:{element}>'
    )
    shape = {"subProcess": '<startEvent id="i"/>', "scriptTask": "<script>1 + 1</script>"}.get(place, "")
    body = row() + f'<{place} id="it">{given}{shape}</{place}>'
    (found,) = translate({"a.bpmn": whole(body)})
    assert found.xml is not None
    assert [one for one in found.repairs if "9" in one.before + one.after], told(found)
    assert words_of(found.xml) == []
