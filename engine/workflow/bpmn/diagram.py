"""The diagram as read: plain data between the XML and the executable specification."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

ACTIVITIES = frozenset(
    {
        "user_task",
        "manual_task",
        "service_task",
        "send_task",
        "receive_task",
        "business_rule_task",
        "script_task",
        "call_activity",
        "sub_process",
        "transaction",
        "ad_hoc_sub_process",
    }
)
CONTAINERS = frozenset({"sub_process", "transaction", "call_activity", "ad_hoc_sub_process"})
THROWING = frozenset({"send_task", "intermediate_throw_event", "end_event"})
GATEWAYS = frozenset(
    {
        "exclusive_gateway",
        "inclusive_gateway",
        "parallel_gateway",
        "event_based_gateway",
        "complex_gateway",
    }
)


@dataclass(frozen=True)
class Flow:
    """A sequence flow. `condition` is FEEL, or None when the flow has none."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None = None
    language: str = ""


@dataclass(frozen=True)
class EventSpec:
    """What an event waits for or throws."""

    kind: str  # none message signal timer error escalation conditional link terminate compensate cancel multiple
    ref: str = ""  # message/signal/link name, error or escalation code, compensated activity
    timer: str = ""  # date | duration | cycle
    expression: str = ""  # of a timer or a condition
    codeless: bool = False  # an error or escalation without a code: caught, it is any; `ref` is only its name
    undeclared: bool = False  # `ref` is an id that the file declares nowhere
    meaning: str = ""  # of a message: what it does (engine.domain.meanings), as declared


@dataclass(frozen=True)
class LoopSpec:
    """How often an activity repeats: standard loop, or multi-instance one after the other or at once."""

    kind: str  # standard | sequential | parallel
    cardinality: str = ""
    collection: str = ""
    item: str = ""
    output_collection: str = ""
    output_item: str = ""
    condition: str = ""
    test_before: bool = False
    maximum: int | None = None


@dataclass
class Node:
    """A flow node. `lane` is the lane's key; `body` the scope inside a container."""

    id: str
    tag: str
    kind: str
    name: str
    scope: str
    lane: str | None = None
    documentation: str = ""
    extension: dict[str, str] = field(default_factory=dict)
    inputs: tuple[tuple[str, str], ...] = ()
    outputs: tuple[str, ...] = ()
    meanings: tuple[tuple[str, str], ...] = ()  # of outputs: variable and what it takes, as declared
    results: tuple[tuple[str, str], ...] = ()  # written around it when it is done: variable and its FEEL
    event: EventSpec | None = None
    loop: LoopSpec | None = None
    default: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    triggered_by_event: bool = False
    for_compensation: bool = False
    body: str | None = None
    called: str = ""
    script: str = ""
    script_language: str = ""
    languages: tuple[str, ...] = ()  # of its times, conditions and repetitions, where one is named and matters
    incoming: list[Flow] = field(default_factory=list)
    outgoing: list[Flow] = field(default_factory=list)
    boundaries: list[str] = field(default_factory=list)
    unsupported: tuple[str, ...] = ()  # attributes with a meaning that is not run
    chooses: str = ""  # of a gateway whose flows have no condition: a person picks "one" of them, or "some"
    by_hand: bool = False  # of a waiting event that does not say when it happens: a person tells
    handlers: list[str] = field(default_factory=list)  # of a compensation boundary: what its associations lead to

    @property
    def handler(self) -> str | None:
        """Of a compensation boundary: the activity that undoes."""
        return self.handlers[0] if self.handlers else None

    @property
    def event_kind(self) -> str:
        """The kind of the event definition; "none" for a plain event or no event at all."""
        return self.event.kind if self.event else "none"


@dataclass
class Scope:
    """A process, or the inside of a subprocess: its nodes by id, and where it sits."""

    id: str
    owner: Node | None  # the subprocess around it; None for a process
    nodes: dict[str, Node] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Node]:
        """List the nodes of that kind in document order."""
        return [node for node in self.nodes.values() if node.kind == kind]


@dataclass
class Diagram:
    """One executable process with everything inside and everything it calls."""

    process_id: str
    name: str
    scopes: dict[str, Scope] = field(default_factory=dict)
    executable: bool = True  # False: drawn for people, so what it leaves open is done by people

    @property
    def root(self) -> Scope:
        """The process itself."""
        return self.scopes[self.process_id]

    def nodes(self) -> Iterator[Node]:
        """Walk over all nodes of all scopes."""
        for scope in self.scopes.values():
            yield from scope.nodes.values()

    def can_be_undone(self, node: Node) -> bool:
        """Tell whether something undoes an activity once it is done: a handler on its border, or somewhere inside."""
        waiting, seen = [node], {node.id}
        while waiting:
            one = waiting.pop()
            scope = self.scopes.get(one.scope)
            border = [scope.nodes[name] for name in one.boundaries] if scope else []
            if any(event.event_kind == "compensate" for event in border):
                return True
            inside = self.scopes[one.body].nodes.values() if one.body in self.scopes else ()
            if any(other.kind == "start_event" and other.event_kind == "compensate" for other in inside):
                return True
            fresh = [other for other in inside if other.id not in seen]
            seen.update(other.id for other in fresh)
            waiting.extend(fresh)
        return False
