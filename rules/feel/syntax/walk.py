"""Looks through a tree: which names does it use, does it use ``?``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from rules.feel.syntax import ast


def _children(thing: object) -> Iterator[object]:
    if isinstance(thing, tuple):
        yield from thing
    elif isinstance(thing, (ast.Node, ast.Iterator)) and not isinstance(thing, ast.Literal):
        for each in fields(thing):
            yield getattr(thing, each.name)


def uses_question(thing: object) -> bool:
    """Does the tree look at the tested value? Inside ``in`` the mark means something else."""
    if isinstance(thing, ast.Name):
        return thing.name == "?"
    if isinstance(thing, ast.In):
        return uses_question(thing.value)
    return any(uses_question(child) for child in _children(thing))


def mentions_null(thing: object) -> bool:
    """Does null stand somewhere in the tree?"""
    if isinstance(thing, ast.Literal):
        return thing.value is None
    return any(mentions_null(child) for child in _children(thing))


def free_names(thing: object, bound: frozenset[str] = frozenset(), *, filters: bool = True) -> frozenset[str]:
    """Names the tree needs from outside; a name in a filter may also be an entry of the elements filtered."""
    if isinstance(thing, ast.Name):
        return frozenset() if thing.name in bound else frozenset({thing.name})
    if isinstance(thing, ast.Filter) and not filters:
        return free_names(thing.value, bound, filters=filters)
    bound = bound | _bound_by(thing)
    found: set[str] = set()
    for child in _children(thing):
        found |= free_names(child, bound, filters=filters)
    return frozenset(found)


def _bound_by(thing: object) -> frozenset[str]:
    if isinstance(thing, (ast.For, ast.Quantified)):
        return frozenset(iterator.name for iterator in thing.iterators) | {"partial"}
    if isinstance(thing, ast.FunctionOf):
        return frozenset(parameter.name for parameter in thing.parameters)
    if isinstance(thing, ast.ContextOf):
        return frozenset(key for key, _ in thing.entries)
    return frozenset({"item"}) if isinstance(thing, ast.Filter) else frozenset()
