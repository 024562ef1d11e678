"""Turns the XML of a diagram into plain data: scopes, nodes, flows. It judges nothing; lint does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from engine.workflow.bpmn.diagram import CONTAINERS, Diagram, Flow, Node, Scope
from engine.workflow.bpmn.reader_events import Catalogue, event_of, loop_of
from engine.workflow.bpmn.reader_flows import connect, undone_by
from engine.workflow.bpmn.unsupported import unsupported_in
from engine.workflow.bpmn.xml import MOTCUA, children, local_ref, read, tag_of, text_of
from engine.workflow.findings import Finding, finding_of

FLOW_NODES = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "scriptTask",
        "callActivity",
        "subProcess",
        "transaction",
        "adHocSubProcess",
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
        "exclusiveGateway",
        "inclusiveGateway",
        "parallelGateway",
        "eventBasedGateway",
        "complexGateway",
    }
)
PASSIVE = frozenset(
    [
        "documentation",
        "extensionElements",
        "auditing",
        "monitoring",
        "ioSpecification",
        "ioBinding",
        "property",
        "laneSet",
        "sequenceFlow",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "association",
        "group",
        "textAnnotation",
        "artifact",
        "resourceRole",
        "performer",
        "humanPerformer",
        "potentialOwner",
        "correlationSubscription",
        "supports",
        "supportedInterfaceRef",
        "incoming",
        "outgoing",
        "dataInputAssociation",
        "dataOutputAssociation",
        "multiInstanceLoopCharacteristics",
        "standardLoopCharacteristics",
        "loopCharacteristics",
        "completionCondition",
    ]
)
"""What may stand in a process beside its flow nodes: it says something about them and is not itself run."""
KINDS = {"task": "manual_task"}  # an untyped task is work that somebody does by hand
EXTENSION_PREFIX = f"{{{MOTCUA}}}"


def snake(tag: str) -> str:
    """Spell a BPMN tag as we name kinds: userTask → user_task."""
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", tag).lower()


def key_of_lane(lane: etree._Element) -> str:
    """Give the key a lane is mapped by in procedure.yaml: `motcua:role`, else its id without `lane_`."""
    return lane.get(f"{EXTENSION_PREFIX}role") or (lane.get("id") or "").removeprefix("lane_")


class Reader:
    """Reads the processes of one `definitions` element."""

    def __init__(self, definitions: etree._Element) -> None:
        self.definitions = definitions
        self.catalogue = Catalogue(definitions)
        self.processes = {process.get("id") or "": process for process in children(definitions, "process")}
        self.findings: list[Finding] = []
        self.unnamed = 0

    def diagram(self, process_id: str) -> Diagram:
        """Read one process with everything nested in it."""
        process = self.processes[process_id]
        diagram = Diagram(process_id, process.get("name") or self.pool_name(process_id))
        diagram.executable = is_executable(process)
        self.read_process(diagram, process_id)
        return diagram

    def read_process(self, diagram: Diagram, process_id: str) -> None:
        """Add a process (the main one or a called one) as scopes of the diagram."""
        process = self.processes[process_id]
        lanes = self._lanes(process)
        waiting: list[tuple[etree._Element, str, Node | None]] = [(process, process_id, None)]
        drawn: list[tuple[etree._Element, Scope]] = []
        while waiting:
            container, scope_id, owner = waiting.pop(0)
            scope = Scope(scope_id, owner)
            diagram.scopes[scope_id] = scope
            drawn.append((container, scope))
            for element in container:
                tag = tag_of(element)
                if tag in FLOW_NODES:
                    node = self._node(element, scope, lanes)
                    if node.kind in CONTAINERS - {"call_activity"}:
                        node.body = f"{node.id}/body"
                        waiting.append((element, node.body, node))
                elif tag and tag not in PASSIVE:
                    self._unknown(element, tag)
        flows = [(self._flow(element), scope) for container, scope in drawn for element in flows_in(container)]
        self.findings.extend(connect(flows, [scope for _, scope in drawn], self.definitions))
        for _, scope in drawn:
            self._attach(scope)
        undone_by(self.definitions, [scope for _, scope in drawn])

    def participants(self) -> list[etree._Element]:
        """List the pools of all collaborations."""
        drawings = children(self.definitions, "collaboration")
        return [pool for drawing in drawings for pool in children(drawing, "participant")]

    def pool_name(self, process_id: str) -> str:
        """Give the name on a process's pool; "" when it has none."""
        pools = (pool for pool in self.participants() if local_ref(pool.get("processRef")) == process_id)
        return next((pool.get("name") or "" for pool in pools), "")

    def _lanes(self, process: etree._Element) -> dict[str, str]:
        found: dict[str, str] = {}
        for lane in process.iter(f"{{{process.nsmap.get(process.prefix)}}}lane"):
            for reference in children(lane, "flowNodeRef"):
                found[text_of(reference)] = key_of_lane(lane)  # document order: the inner lane comes last
        return found

    def _node(self, element: etree._Element, scope: Scope, lanes: Mapping[str, str]) -> Node:
        tag = tag_of(element)
        node_id = element.get("id") or self._new_id(tag)
        if node_id in scope.nodes:
            self._twice(node_id, element.get("name") or "")
        node = Node(node_id, tag, KINDS.get(tag, snake(tag)), element.get("name") or "", scope.id)
        node.lane = lanes.get(node_id) or (scope.owner.lane if scope.owner else None)
        self._details(node, element)
        scope.nodes[node_id] = node
        return node

    def _details(self, node: Node, element: etree._Element) -> None:
        node.documentation = text_of(next(iter(children(element, "documentation")), None))
        node.extension = _extension(element)
        node.inputs = tuple(
            (given.get("name") or "", feel_text(given.get("value") or text_of(given)))
            for holder in (element, *children(element, "extensionElements"))
            for given in holder.findall(f"{EXTENSION_PREFIX}input")
        )
        node.meanings, node.results = _meanings(element), _results(element)
        listed = (word.strip() for word in node.extension.get("outputs", "").split(","))
        node.outputs = tuple(dict.fromkeys(word for word in (*listed, *(name for name, _ in node.meanings)) if word))
        node.event = event_of(element, self.catalogue)
        node.loop = loop_of(element)
        node.default = element.get("default")
        node.attached_to = local_ref(element.get("attachedToRef")) or None
        flag = element.get("cancelActivity") or element.get("isInterrupting") or "true"
        node.interrupting = flag.strip() not in ("false", "0")
        node.triggered_by_event = (element.get("triggeredByEvent") or "") in ("true", "1")
        node.for_compensation = (element.get("isForCompensation") or "") in ("true", "1")
        node.called = local_ref(element.get("calledElement"))
        node.script = text_of(next(iter(children(element, "script")), None))
        node.script_language = (element.get("scriptFormat") or "").strip()
        node.languages = tuple(_languages(element))
        node.unsupported = unsupported_in(element)

    def _attach(self, scope: Scope) -> None:
        for node in scope.nodes.values():
            host = scope.nodes.get(node.attached_to or "")
            if node.kind == "boundary_event" and host is not None:
                host.boundaries.append(node.id)

    def _flow(self, element: etree._Element) -> Flow:
        condition = next(iter(children(element, "conditionExpression")), None)
        text = text_of(condition)
        language = "" if condition is None else condition.get("language") or ""
        return Flow(
            element.get("id") or self._new_id("sequenceFlow"),
            element.get("name") or "",
            local_ref(element.get("sourceRef")),
            local_ref(element.get("targetRef")),
            feel_text(text) if text else None,
            language,
        )

    def _new_id(self, tag: str) -> str:
        self.unnamed += 1
        return f"{tag}__{self.unnamed}"

    def _twice(self, element: str, name: str) -> None:
        self.findings.append(finding_of("duplicate_id", element, name, ref=element))

    def _unknown(self, element: etree._Element, tag: str) -> None:
        found, name = element.get("id") or tag, element.get("name") or ""
        self.findings.append(finding_of("unsupported_element", found, name, kind=tag))


def is_executable(process: etree._Element) -> bool:
    """Tell whether the process is marked to be run by a machine."""
    return (process.get("isExecutable") or "").strip() in ("true", "1")


def flows_in(container: etree._Element) -> list[etree._Element]:
    """List the sequence flows written in a process or subprocess."""
    return children(container, "sequenceFlow")


def feel_text(text: str) -> str:
    """Drop the leading "=" by which some editors mark FEEL."""
    return text.removeprefix("=").strip()


def _languages(element: etree._Element) -> Iterator[str]:
    """The languages named by expressions of its times, conditions and repetitions (BPMN 2.0.2 §8.4.6).

    A number, a date or a time of ISO 8601 says the same in each of them.
    """
    for part in element:
        if isinstance(part.tag, str) and etree.QName(part).localname in _WITH_EXPRESSIONS:
            for expression in part.iter():
                language = expression.get("language") or expression.get("expressionLanguage") or ""
                if language and not _PLAIN.fullmatch(text_of(expression)):
                    yield language


_WITH_EXPRESSIONS = frozenset(
    {
        "timerEventDefinition",
        "conditionalEventDefinition",
        "multiInstanceLoopCharacteristics",
        "standardLoopCharacteristics",
    }
)
_PLAIN = re.compile(r"\s*(\d+|true|false|[PR][\w/:.+-]*|\d{4}-[\w:.+-]+)\s*")


def _extension(element: etree._Element) -> dict[str, str]:
    found = {
        name[len(EXTENSION_PREFIX) :]: value
        for name, value in element.attrib.items()
        if isinstance(name, str) and isinstance(value, str) and name.startswith(EXTENSION_PREFIX)
    }
    for holder in children(element, "extensionElements"):
        for child in holder:
            tag = child.tag
            if isinstance(tag, str) and tag.startswith(EXTENSION_PREFIX) and not child.get("name"):
                found.setdefault(tag[len(EXTENSION_PREFIX) :], text_of(child))
    return found


def _meanings(element: etree._Element) -> tuple[tuple[str, str], ...]:
    """The outputs that take something of a declared meaning: `<motcua:output name="…" meaning="…"/>`."""
    given = (one for one in _outputs(element) if one.get("value") is None)
    return tuple(((one.get("name") or "").strip(), (one.get("meaning") or "").strip()) for one in given)


def _results(element: etree._Element) -> tuple[tuple[str, str], ...]:
    """What is written around an activity when it is done: `<motcua:output name="…" value="FEEL"/>`."""
    given = ((one.get("name") or "", one.get("value")) for one in _outputs(element))
    return tuple((name.strip(), feel_text(value)) for name, value in given if value is not None)


def _outputs(element: etree._Element) -> list[etree._Element]:
    holders = children(element, "extensionElements")
    return [one for holder in holders for one in holder.findall(f"{EXTENSION_PREFIX}output")]


def read_definitions(xml: bytes) -> Reader:
    """Parse hardened and prepare for reading; raises ModelRefused."""
    return Reader(read(xml))
