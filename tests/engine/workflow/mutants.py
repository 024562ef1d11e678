"""Mutants of a diagram: attributes and elements dropped, doubled, renamed, swapped or emptied, by seed."""

from __future__ import annotations

from random import Random

from lxml import etree

from engine.workflow.bpmn.xml import BPMN

TAGS = (
    *("task", "userTask", "serviceTask", "scriptTask", "subProcess", "callActivity", "sequenceFlow", "lane", "process"),
    *("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway"),
    *("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"),
    *("messageEventDefinition", "timerEventDefinition", "terminateEventDefinition", "errorEventDefinition"),
    *("linkEventDefinition", "compensateEventDefinition", "conditionalEventDefinition", "conditionExpression"),
)
VALUES = ("", "x", "true", "false", "-1", "99999999999", "p", "\u202ex", "a" * 3000, "=1", "{}", "R/PT0S", "P1D")


class Mutation:
    """Some random changes to one diagram."""

    def __init__(self, xml: bytes, seed: object) -> None:
        self.random = Random(str(seed))
        self.root = etree.fromstring(xml)
        for _ in range(self.random.randint(1, 4)):
            places = [one for one in self.root.iter(f"{{{BPMN}}}*") if one is not self.root]
            if places:
                change = self.random.choice(
                    (self.drop, self.double, self.rename, self.swap, self.write, self.move, self.ends)
                )
                change(self.random.choice(places))

    def xml(self) -> bytes:
        return etree.tostring(self.root)

    def drop(self, element: etree._Element) -> None:
        if element.attrib and self.random.random() < 0.5:
            del element.attrib[self.random.choice(list(element.attrib))]
        else:
            element.getparent().remove(element)

    def double(self, element: etree._Element) -> None:
        copy = etree.fromstring(etree.tostring(element))
        if self.random.random() < 0.5 and copy.get("id"):
            copy.set("id", copy.get("id") + "2")
        element.getparent().append(copy)

    def rename(self, element: etree._Element) -> None:
        element.tag = f"{{{BPMN}}}{self.random.choice(TAGS)}"

    def swap(self, element: etree._Element) -> None:
        others = [one for one in self.root.iter(element.tag) if one is not element]
        if others and element.attrib:
            other, name = self.random.choice(others), self.random.choice(list(element.attrib))
            mine, theirs = element.get(name), other.get(name)
            for one, value in ((element, theirs), (other, mine)):
                if value is not None:
                    one.set(name, value)

    def write(self, element: etree._Element) -> None:
        if element.attrib and self.random.random() < 0.7:
            element.set(self.random.choice(list(element.attrib)), self.random.choice(VALUES))
        else:
            element.text = self.random.choice(VALUES)

    def move(self, element: etree._Element) -> None:
        homes = [one for one in self.root.iter(f"{{{BPMN}}}subProcess", f"{{{BPMN}}}process") if one is not element]
        if homes and not any(home in element.iterdescendants() for home in homes):
            self.random.choice(homes).append(element)

    def ends(self, element: etree._Element) -> None:
        """Send a flow somewhere else."""
        flows = list(self.root.iter(f"{{{BPMN}}}sequenceFlow"))
        ids = [one.get("id") for one in self.root.iter(f"{{{BPMN}}}*") if one.get("id")]
        if flows and ids:
            self.random.choice(flows).set(self.random.choice(("sourceRef", "targetRef")), self.random.choice(ids))
