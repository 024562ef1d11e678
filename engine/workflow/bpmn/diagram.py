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
    incoming: list[Flow] = field(default_factory=list)
    outgoing: list[Flow] = field(default_factory=list)
    boundaries: list[str] = field(default_factory=list)
    unsupported: tuple[str, ...] = ()  # attributes with a meaning that is not run
    chooses: str = ""  # of a gateway whose flows have no condition: a person picks "one" of them, or "some"
    by_hand: bool = False  # of a waiting event that does not say when it happens: a person tells
    handler: str | None = None  # of a compensation boundary: the activity that undoes

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
