"""Decisions that require themselves, over however many others."""

from __future__ import annotations

from collections.abc import Iterator

from rules.dmn.checks.problems import ModelProblem, defect
from rules.dmn.model import Decision, Definitions, KnowledgeModel
from rules.text import Text


def circles(definitions: Definitions) -> Iterator[ModelProblem]:
    """Each circle of requirements once."""
    graph: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    for element in with_logic(definitions):
        wanted = (one for one in element.requirements if one.tag != "authorityRequirement")
        graph[element.element.id] = tuple(one.href.rpartition("#")[2] for one in wanted)
        names[element.element.id] = element.name
    told: set[frozenset[str]] = set()
    for start in graph:
        circle = _circle(graph, start)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            shown = " → ".join(names[each] for each in (*circle, start))
            yield defect(
                "dmn_circle",
                names[start],
                Text(
                    f"các quyết định đòi hỏi lẫn nhau thành vòng: {shown}.", f"decisions require one another: {shown}."
                ),
                Text("Bỏ một mũi tên của vòng.", "Remove one arrow of the circle."),
            )


def _circle(graph: dict[str, tuple[str, ...]], start: str) -> tuple[str, ...]:
    """The shortest way from an element back to itself; empty when there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for target in graph.get(way[-1], ()):
            if target == start:
                return way
            if target not in seen:
                seen.add(target)
                ways.append((*way, target))
    return ()


def with_logic(definitions: Definitions) -> tuple[Decision | KnowledgeModel, ...]:
    """The elements that have an expression."""
    return (*definitions.decisions, *definitions.knowledge_models)
