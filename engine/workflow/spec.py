"""The way in for diagrams: check them, or load them as an executable, cached specification."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.domain.meanings import MEANINGS, Meaning
from engine.workflow.bpmn import THROWING, Diagram, Node, choose_process, read_definitions
from engine.workflow.checks import Remarks, add_called, lint, normalise, too_large
from engine.workflow.dialects import foreign_words, runs_elsewhere
from engine.workflow.findings import Finding, ModelRefused
from engine.workflow.outcome import Choice
from engine.workflow.runtime import Plan, build_plan, choices_of

START_NAMES = (
    "channel",
    "delivery_method",
    "procedure_code",
    "dossier_id",
    "dossier_code",
    "applicant_name",
    "applicant_phone",
    "owner_name",
    "copies",
    "fee_vnd",
    "receiver",
)
"""Variables the platform gives every dossier at its start."""


@dataclass(frozen=True, kw_only=True)
class ElementInfo:
    """What screens and other floors may know of an element.

    `chooses`: a person picks "one" or "some" of the `choices` here, because the diagram gives no condition.
    `by_hand`: an event of which a person tells when it has happened. `message`: the name of the message it catches or
    throws, with what that was declared to do; `meanings`: likewise of its outputs, by variable.
    """

    id: str
    kind: str
    name: str
    lane: str | None
    documentation: str
    extension: Mapping[str, str]
    outputs: tuple[str, ...]
    inputs: tuple[tuple[str, str], ...] = ()
    scope: str = ""
    event: str = "none"
    attached_to: str | None = None
    chooses: str = ""
    choices: tuple[Choice, ...] = ()
    by_hand: bool = False
    message: str = ""
    message_meaning: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ProcessSpec:
    """An accepted diagram, ready to run. `hash` names its content; snapshots are bound to it."""

    hash: str
    process_id: str
    name: str
    xml: bytes
    elements: Mapping[str, ElementInfo]
    warnings: tuple[Finding, ...]
    plan: Plan = field(repr=False)

    @property
    def lanes(self) -> tuple[str, ...]:
        """The keys of all lanes that hold an element, in order of first use."""
        return tuple(dict.fromkeys(info.lane for info in self.elements.values() if info.lane))

    @property
    def throws_messages(self) -> bool:
        """Whether an element throws a message that no connector carries: it travels within the dossier."""
        return any(
            info.message and info.kind in THROWING and not info.extension.get("connector")
            for info in self.elements.values()
        )

    def message_that(self, meaning: Meaning) -> str | None:
        """The name this diagram gives to the message that does this; None when it listens to no such thing.

        A diagram that declares no meaning of any message is one from before they were declared: names told it all.
        """
        known = {info.message: info.message_meaning for info in self.elements.values() if info.message}
        if not any(known.values()):
            return next((name for name in MEANINGS[meaning].before if name in known), None)
        return next((name for name, declared in known.items() if declared == meaning), None)

    def as_variables(self, told: Mapping[Meaning, Any]) -> dict[str, Any]:
        """What is told under its meaning, under the names that steps of the diagram give to it."""
        named = [(name, meaning) for info in self.elements.values() for name, meaning in info.meanings.items()]
        if not any(info.message_meaning for info in self.elements.values()):
            named += [(name, meaning) for meaning in told for name in MEANINGS[meaning].before]
        return {name: value for name, declared in named for meaning, value in told.items() if declared == meaning}


CACHE_SIZE = 256
CHECK_SECONDS = 1.2
_cache: OrderedDict[str, ProcessSpec] = OrderedDict()
_lock = threading.Lock()


def load_process(
    xml: bytes, *, process_id: str | None = None, called: Mapping[str, bytes] | None = None
) -> ProcessSpec:
    """Load a diagram for execution: read hardened, normalise, judge, build; cached by content.

    `called` holds the files of processes named by call activities, by process id.
    Raises ModelRefused with all findings when anything in it cannot be run right.
    """
    others = dict(called or {})
    key = content_hash(xml, process_id, others)
    with _lock:
        found = _cache.get(key)
        if found is not None:
            _cache.move_to_end(key)
            return found
    spec = _load(xml, process_id, others, key)
    with _lock:
        _cache[key] = spec
        while len(_cache) > CACHE_SIZE:
            _cache.popitem(last=False)
    return spec


def content_hash(xml: bytes, process_id: str | None, called: Mapping[str, bytes]) -> str:
    """Name a diagram together with all it calls by its content."""
    digest = hashlib.sha256()
    parts = [xml, (process_id or "").encode()]
    for key in sorted(called):
        parts.extend((key.encode(), called[key]))
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _load(xml: bytes, process_id: str | None, called: Mapping[str, bytes], key: str) -> ProcessSpec:
    diagram, remarks = judge(xml, process_id, called)
    if any(finding.severity == "error" for finding in remarks.findings):
        raise ModelRefused(remarks.findings)
    plan = build_plan(diagram, remarks.names)
    elements = {node.id: _info(node, choices_of(plan, node)) for node in diagram.nodes()}
    return ProcessSpec(key, diagram.process_id, diagram.name, xml, elements, tuple(remarks.findings), plan)


def judge(
    xml: bytes, process_id: str | None, called: Mapping[str, bytes], seconds: float | None = None
) -> tuple[Diagram, Remarks]:
    """Read, normalise and lint one process with all it calls; raises ModelRefused when it cannot be read.

    `seconds` limits the judging of a stranger's file; a published diagram is loaded however long it takes.
    """
    reader = read_definitions(xml)
    chosen, said = choose_process(reader, process_id)
    diagram = reader.diagram(chosen)
    missing = add_called(diagram, reader, called)
    remarks = Remarks(names_of(diagram), seconds)
    remarks.findings.extend(said)
    remarks.findings.extend(reader.findings)
    remarks.findings.extend(missing)
    runs = diagram.executable or runs_elsewhere(reader.processes[chosen])
    refused = seconds is not None and runs  # what is published already goes on as it did
    remarks.findings.extend(foreign_words(reader.definitions, "error" if refused else "warning"))
    if not too_large(diagram, remarks):
        normalise(diagram, remarks)
        lint(diagram, remarks)
    return diagram, remarks


def names_of(diagram: Diagram) -> frozenset[str]:
    """Gather the variable names a diagram declares, so that FEEL knows those with spaces."""
    names = set(START_NAMES)
    for node in diagram.nodes():
        names.update(node.outputs)
        names.update(name for name, _ in (*node.inputs, *node.results))
        if node.loop is not None:
            names.update((node.loop.item, node.loop.output_item, node.loop.output_collection))
    return frozenset(name for name in names if name)


def _info(node: Node, choices: tuple[Choice, ...]) -> ElementInfo:
    return ElementInfo(
        id=node.id,
        kind=node.kind,
        name=node.name,
        lane=node.lane,
        documentation=node.documentation,
        extension=dict(node.extension),
        outputs=node.outputs,
        inputs=node.inputs,
        scope=node.scope,
        event=node.event_kind,
        attached_to=node.attached_to,
        chooses=node.chooses,
        choices=choices,
        by_hand=node.by_hand,
        message=node.event.ref if node.event and node.event.kind == "message" else "",
        message_meaning=node.event.meaning if node.event else "",
        meanings=dict(node.meanings),
    )


def check_model(
    xml: bytes, *, called: Mapping[str, bytes] | None = None, process_id: str | None = None
) -> tuple[Finding, ...]:
    """Judge a diagram without running it. Never raises: what cannot be read is itself a finding."""
    try:
        _, remarks = judge(xml, process_id, called or {}, CHECK_SECONDS)
    except ModelRefused as refused:
        return refused.findings
    return tuple(remarks.findings)
