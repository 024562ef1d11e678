"""The course a dossier takes when all goes well: which elements lie on every way to a good end."""

from __future__ import annotations

from collections.abc import Mapping

from engine.workflow.bpmn import Node
from engine.workflow.spec import ProcessSpec


def unavoidable(spec: ProcessSpec, status: str) -> frozenset[str]:
    """The elements no dossier can pass by that ends with this status; all of them when no way to such an end is drawn.

    What lies inside a subprocess counts as the subprocess does; an event subprocess lies on no way.
    """
    nodes = {name: element.node for name, element in spec.plan.elements.items()}
    root = {name: node for name, node in nodes.items() if node.scope == spec.process_id}
    goals = {name for name, node in root.items() if node.kind == "end_event" and node.extension.get("status") == status}
    if not goals & _reached(root, without=""):
        return frozenset(nodes)
    needed = {name for name in root if not goals & _reached(root, without=name)}
    bodies = {node.body for name, node in root.items() if name in needed and node.body}
    return frozenset(needed | {name for name, node in nodes.items() if node.scope in bodies})


def _reached(root: Mapping[str, Node], without: str) -> set[str]:
    """Every element a token can come to from a start event when one is taken out with the events on its border."""
    waiting = [name for name, node in root.items() if node.kind == "start_event" and name != without]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name == without or name not in root:
            continue
        seen.add(name)
        node = root[name]
        waiting += [*(flow.target for flow in node.outgoing), *node.boundaries]
    return seen
