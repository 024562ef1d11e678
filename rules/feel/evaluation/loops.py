"""Everything that goes over a list: for, some, every, filters."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol

from rules.feel.operations.scope import Scope, current_run
from rules.feel.syntax import ast
from rules.feel.values.temporal import FarDate, epoch_day, from_epoch_day
from rules.feel.values.values import Range

Closure = Callable[[Scope], object]


class CompilesNodes(Protocol):
    """The compiler, as far as loops need it."""

    def compile(self, node: ast.Node) -> Closure:
        """The closure of any node."""
        ...


def iterate(value: object) -> Iterable[object] | None:
    """What ``in`` goes over: a list, a closed range of whole numbers or dates, or one value; None for null."""
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        return _of_range(value)
    return None if value is None else [value]


def _of_range(span: Range) -> Iterable[object] | None:
    found = count_between(span.low, span.high)
    if found is None:
        return None
    return _trimmed(found, span)


def _trimmed(found: Iterable[object], span: Range) -> Iterable[object]:
    for value in found:
        if (value == span.low and not span.low_included) or (value == span.high and not span.high_included):
            continue
        yield value


def count_between(low: object, high: object) -> Iterable[object] | None:
    """Whole numbers or days from low to high, up or down."""
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        return _numbers(low, high)
    if isinstance(low, (date, FarDate)) and isinstance(high, (date, FarDate)):
        first, last = epoch_day(low), epoch_day(high)
        step = 1 if first <= last else -1
        return (from_epoch_day(day) for day in range(first, last + step, step))
    return None


def _numbers(low: Decimal, high: Decimal) -> Generator[Decimal, None, None]:
    up = low <= high
    while (low <= high) if up else (low >= high):
        yield low
        low = low + 1 if up else low - 1


class _Source:
    """One compiled iterator: its name and what it goes over."""

    def __init__(self, compiler: CompilesNodes, node: ast.Iterator) -> None:
        self.name = node.name
        self.source = compiler.compile(node.source)
        self.end = None if node.end is None else compiler.compile(node.end)

    def values(self, scope: Scope) -> Iterable[object] | None:
        """The values in this scope; None when there is nothing to go over."""
        if self.end is None:
            return iterate(self.source(scope))
        return count_between(self.source(scope), self.end(scope))


class _NothingToIterateError(Exception):
    """The source of a loop is null or cannot be counted: the loop is null."""


def _walk(sources: list[_Source], scope: Scope, level: int = 0) -> Generator[Scope, None, None]:
    if level == len(sources):
        yield scope
        return
    values = sources[level].values(scope)
    if values is None:
        raise _NothingToIterateError
    tick = current_run().meter.tick
    for value in values:
        tick()
        yield from _walk(sources, Scope({sources[level].name: value}, scope), level + 1)


class _SoFar(dict[str, object]):
    """The variables of a ``for``: who reads ``partial`` gets the results up to now, not the list that still grows."""

    def __init__(self, found: list[object]) -> None:
        super().__init__(partial=found)
        self._found = found

    def __getitem__(self, name: str) -> object:
        current_run().meter.tick(len(self._found) >> 8)
        return list(self._found)


def compile_for(compiler: CompilesNodes, node: ast.For) -> Closure:
    """``for``: the list of results; ``partial`` is the list so far."""
    sources = [_Source(compiler, iterator) for iterator in node.iterators]
    result = compiler.compile(node.result)

    def run(scope: Scope) -> object:
        found: list[object] = []
        meter = current_run().meter
        try:
            for inner in _walk(sources, Scope(_SoFar(found), scope)):
                found.append(result(inner))
        except _NothingToIterateError:
            return None
        return meter.check_size(found)

    return run


def compile_quantified(compiler: CompilesNodes, node: ast.Quantified) -> Closure:
    """``some`` and ``every`` in three-valued logic."""
    sources = [_Source(compiler, iterator) for iterator in node.iterators]
    condition = compiler.compile(node.condition)
    deciding = not node.every

    def run(scope: Scope) -> object:
        unknown = False
        try:
            for inner in _walk(sources, scope):
                value = condition(inner)
                if value is deciding:
                    return deciding
                unknown = unknown or value is not (not deciding)
        except _NothingToIterateError:
            return None
        return None if unknown else not deciding

    return run


def compile_filter(compiler: CompilesNodes, node: ast.Filter) -> Closure:
    """``list[3]`` takes one element (-1 the last), ``list[condition]`` all that hold."""
    source, condition = compiler.compile(node.value), compiler.compile(node.condition)

    def run(scope: Scope) -> object:
        value = source(scope)
        if value is None:
            return None
        elements = value if isinstance(value, list) else [value]
        return filter_list(elements, condition, scope)

    return run


def filter_list(elements: list[object], condition: Closure, scope: Scope) -> object:
    """The elements for which the condition holds, or the one at the index it gives."""
    meter = current_run().meter
    if not elements:
        return None if isinstance(condition(scope), Decimal) else []
    found: list[object] = []
    for element in elements:
        meter.tick()
        verdict = condition(_element_scope(element, scope))
        if isinstance(verdict, Decimal):
            return _at(elements, verdict)
        if verdict is True:
            found.append(element)
        elif not isinstance(verdict, bool) and verdict is not None:
            return None
    return found


def _element_scope(element: object, scope: Scope) -> Scope:
    if isinstance(element, dict):
        return Scope(element if "item" in element else {**element, "item": element}, scope)
    return Scope({"item": element}, scope)


def _at(elements: list[object], index: Decimal) -> object:
    position = int(index)  # a fraction does not count, as in substring
    if position == 0 or abs(position) > len(elements):
        return None
    return elements[position - 1 if position > 0 else position]
