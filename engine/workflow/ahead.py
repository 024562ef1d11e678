"""Where a step leads: the national statuses that lie ahead of it, as far as what is known decides the way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.workflow.bpmn import Node
from engine.workflow.errors import ElementFault
from engine.workflow.events import JSON
from engine.workflow.expressions import Context, compiled, evaluate
from engine.workflow.spec import ProcessSpec
from rules.errors import RulesError

_BY_PEOPLE = frozenset({"user_task", "manual_task"})


@dataclass(frozen=True)
class Ahead:
    """A status the process can enter from a step. `direct`: no other person's step lies between."""

    status: str
    direct: bool


@dataclass(frozen=True)
class _Way:
    """How an element was come to: which variables will have been written anew by then, and whether by people."""

    unsure: frozenset[str]
    by_people: bool

    def joined(self, other: _Way) -> _Way:
        return _Way(self.unsure | other.unsure, self.by_people or other.by_people)


class _Graph:
    """The diagram with its scopes opened up: what lies in a subprocess follows on what leads into it."""

    def __init__(self, spec: ProcessSpec) -> None:
        self.nodes: dict[str, Node] = {name: element.node for name, element in spec.plan.elements.items()}
        self._starts = spec.plan.starts
        self._owners = {node.body: node for node in self.nodes.values() if node.body}
        self._before: dict[tuple[str, str], bool] = {}

    def after(self, node: Node) -> tuple[str, ...]:
        """What can follow on an element: into a subprocess, along its flows, or out of the scope that ends with it."""
        if node.body and self._starts.get(node.body):
            return self._starts[node.body]
        if node.outgoing:
            return tuple(flow.target for flow in node.outgoing)
        owner = self._owners.get(node.scope)
        return self.out_of(owner) if owner is not None else ()

    def out_of(self, owner: Node) -> tuple[str, ...]:
        """What follows on a subprocess that has ended."""
        if owner.outgoing:
            return tuple(flow.target for flow in owner.outgoing)
        around = self._owners.get(owner.scope)
        return self.out_of(around) if around is not None else ()

    def borders(self, node: Node) -> tuple[str, ...]:
        """The events on an activity's border that can take it over; what undoes it leads nowhere."""
        return tuple(name for name in node.boundaries if self.nodes[name].event_kind != "compensate")

    def is_before(self, name: str, element_id: str) -> bool:
        """Whether nothing comes to `element_id` but through `name`."""
        key = (name, element_id)
        if key not in self._before:
            self._before[key] = name == element_id or element_id not in self._reached(without=name)
        return self._before[key]

    def _reached(self, without: str) -> set[str]:
        waiting = [start for starts in self._roots() for start in starts]
        seen = {without}
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                node = self.nodes[name]
                waiting += [*self.after(node), *self.borders(node)]
        return seen - {without}

    def _roots(self) -> Iterator[tuple[str, ...]]:
        """The starts of the process and of what an event can start beside it."""
        for scope, starts in self._starts.items():
            owner = self._owners.get(scope)
            if owner is None or owner.triggered_by_event:
                yield starts


def statuses_ahead(
    spec: ProcessSpec, element_id: str, known: Mapping[str, JSON], stops: Collection[str]
) -> tuple[Ahead, ...]:
    """The statuses of `stops` that come next after the step, nearest first; each way ends at the first one.

    `known`: variables whose values are settled. What the step itself and those after it will write is not, so both
    ways out of a gateway that asks for it count. A way back to where every dossier has come from is a return, no
    way ahead.
    """
    graph = _Graph(spec)
    start = graph.nodes[element_id]
    first = _Way(frozenset(set(start.outputs) - known.keys()), by_people=False)
    ways: dict[str, _Way] = {}
    found: dict[str, bool] = {}
    waiting = [(target, first) for target in _chosen(spec, start, first, known, graph)]
    while waiting:
        name, way = waiting.pop(0)
        before = ways.get(name)
        way = way if before is None else before.joined(way)
        if way == before or graph.is_before(name, element_id):
            continue
        ways[name], node = way, graph.nodes[name]
        status = node.extension.get("status", "")
        if status in stops:
            found[status] = found.get(status, True) and not way.by_people
            continue
        after = _Way(way.unsure | set(node.outputs), way.by_people or node.kind in _BY_PEOPLE)
        waiting += [(target, after) for target in _chosen(spec, node, after, known, graph)]
        waiting += [(target, after) for target in graph.borders(node)]
    return tuple(Ahead(status, direct) for status, direct in found.items())


def _chosen(spec: ProcessSpec, node: Node, way: _Way, known: Mapping[str, JSON], graph: _Graph) -> Iterator[str]:
    """The elements that can follow: flows whose condition is false for certain are not taken."""
    if len(node.outgoing) < 2 or node.chooses:
        yield from graph.after(node)
        return
    settled = {name: value for name, value in known.items() if name not in way.unsure}
    default = None
    for flow in node.outgoing:
        if flow.id == node.default:
            default = flow.target
            continue
        answer = True if flow.condition is None else _answer(spec, flow.condition, settled)
        if answer is not False:
            yield flow.target
        if answer is True and node.kind == "exclusive_gateway":
            return
    if default is not None:
        yield default


def _answer(spec: ProcessSpec, condition: str, settled: Mapping[str, JSON]) -> bool | None:
    """Whether a condition holds by what is settled; None when it cannot be told yet."""
    try:
        if not compiled(condition, spec.plan.names).names <= settled.keys():
            return None
        value = evaluate(condition, spec.plan.names, Context(settled))
    except (ElementFault, RulesError):
        return None
    return value if isinstance(value, bool) else None
