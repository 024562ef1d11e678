"""Turns the XML of a diagram into plain data: scopes, nodes, flows. It judges nothing; lint does."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from engine.workflow.diagram import CONTAINERS, Diagram, Flow, Node, Scope
from engine.workflow.finding import Finding, ModelRefused
from engine.workflow.reader_events import Catalogue, event_of, loop_of
from engine.workflow.xml import MOTCUA, children, local_ref, read, tag_of, text_of

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
        diagram = Diagram(process_id, process.get("name") or self._pool_name(process_id))
        self.read_process(diagram, process_id)
        return diagram

    def read_process(self, diagram: Diagram, process_id: str) -> None:
        """Add a process (the main one or a called one) as scopes of the diagram."""
        process = self.processes[process_id]
        lanes = self._lanes(process)
        waiting: list[tuple[etree._Element, str, Node | None]] = [(process, process_id, None)]
        while waiting:
            container, scope_id, owner = waiting.pop(0)
            scope = Scope(scope_id, owner)
            diagram.scopes[scope_id] = scope
            for element in container:
                if tag_of(element) in FLOW_NODES:
                    node = self._node(element, scope, lanes)
                    if node.kind in CONTAINERS - {"call_activity"}:
                        node.body = f"{node.id}/body"
                        waiting.append((element, node.body, node))
            self._connect(container, scope)

    def _pool_name(self, process_id: str) -> str:
        for collaboration in children(self.definitions, "collaboration"):
            for participant in children(collaboration, "participant"):
                if local_ref(participant.get("processRef")) == process_id:
                    return participant.get("name") or ""
        return ""

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
        node.outputs = tuple(word.strip() for word in node.extension.get("outputs", "").split(",") if word.strip())
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

    def _connect(self, container: etree._Element, scope: Scope) -> None:
        for element in children(container, "sequenceFlow"):
            flow = self._flow(element)
            source, target = scope.nodes.get(flow.source), scope.nodes.get(flow.target)
            if source is None or target is None:
                self._loose(flow)
                continue
            source.outgoing.append(flow)
            target.incoming.append(flow)
        for node in scope.nodes.values():
            host = scope.nodes.get(node.attached_to or "")
            if node.kind == "boundary_event" and host is not None:
                host.boundaries.append(node.id)
        for element in children(container, "association"):
            source = scope.nodes.get(local_ref(element.get("sourceRef")))
            target = scope.nodes.get(local_ref(element.get("targetRef")))
            if source is not None and target is not None and source.event_kind == "compensate":
                source.handler = target.id

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
        self.findings.append(
            Finding(
                "duplicate_id",
                "error",
                element,
                name,
                f"Hai phần tử cùng mang mã «{element}».",
                f"Two elements carry the id “{element}”.",
                "Đặt cho mỗi phần tử một mã riêng.",
                "Give each element an id of its own.",
            )
        )

    def _loose(self, flow: Flow) -> None:
        self.findings.append(
            Finding(
                "loose_flow",
                "error",
                flow.id,
                flow.name,
                f"Mũi tên «{flow.name or flow.id}» không nối hai phần tử cùng một tiến trình.",
                f"The arrow “{flow.name or flow.id}” does not join two elements of the same process.",
                "Nối lại mũi tên; giữa hai pool hãy dùng luồng thông điệp.",
                "Connect the arrow again; between two pools draw a message flow.",
            )
        )


def feel_text(text: str) -> str:
    """Drop the leading "=" by which some editors mark FEEL."""
    return text.removeprefix("=").strip()


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


def choose_process(reader: Reader, process_id: str | None) -> str:
    """Pick the one process to run: the named, the executable, or the only one with content."""
    if process_id is not None:
        if process_id in reader.processes:
            return process_id
        raise _no_choice(
            "process_missing",
            f"Tệp không có tiến trình «{process_id}».",
            f"The file has no process “{process_id}”.",
        )
    drawn = [key for key, process in reader.processes.items() if any(tag_of(e) in FLOW_NODES for e in process)]
    executable = [key for key in drawn if (reader.processes[key].get("isExecutable") or "") in ("true", "1")]
    if len(executable) == 1:
        return executable[0]
    if not executable and len(drawn) == 1:
        return drawn[0]
    if not drawn:
        raise _no_choice(
            "no_process",
            "Sơ đồ không có tiến trình nào có nội dung.",
            "The diagram has no process with content.",
        )
    names = ", ".join(f"«{reader._pool_name(key) or key}»" for key in executable or drawn)
    raise _no_choice(
        "several_processes",
        f"Có nhiều tiến trình ({names}) mà không rõ tiến trình nào được chạy.",
        f"There are several processes ({names}) and it is not clear which one is to run.",
    )


def _no_choice(code: str, vi: str, en: str) -> ModelRefused:
    hint_vi = "Đánh dấu đúng một tiến trình là isExecutable; các bên khác để pool rỗng."
    hint_en = "Mark exactly one process as isExecutable; draw the other parties as empty pools."
    return ModelRefused([Finding(code, "error", "", "", vi, en, hint_vi, hint_en)])


def read_definitions(xml: bytes) -> Reader:
    """Parse hardened and prepare for reading; raises ModelRefused."""
    return Reader(read(xml))
