"""Built-ins that make lists of lists."""

from __future__ import annotations

import functools
from decimal import Decimal

from rules.feel.builtins.registry import builtin
from rules.feel.operations.compare import equal
from rules.feel.operations.scope import current_run
from rules.feel.values.values import Function


def same(left: object, right: object) -> bool:
    """Equal for the list functions; counts as one step of work."""
    current_run().meter.tick()
    return equal(left, right) is True


def _place(values: list[object], position: Decimal, extra: int = 0) -> int | None:
    """Index from 0 of a position from 1 (or from -1 backwards), without its fraction; None beyond the list."""
    index = int(position)
    if index == 0 or index > len(values) + extra or -index > len(values):
        return None
    return index - 1 if index > 0 else len(values) + index


@builtin("list contains", "list: list", "element: any")
def _list_contains(values: list[object], element: object) -> object:
    return any(same(value, element) for value in values)


@builtin("sublist", "list: list", "start position: number", "length?: number")
def _sublist(values: list[object], start: Decimal, length: Decimal | None = None) -> object:
    first = _place(values, start)
    if first is None:
        return None
    if length is None:
        return values[first:]
    size = int(length)
    return None if size < 1 or first + size > len(values) else values[first : first + size]


@builtin("append", "list: list", "*item: any")
def _append(values: list[object], *added: object) -> object:
    return [*values, *added]


@builtin("concatenate", "*list: list")
def _concatenate(*lists: list[object]) -> object:
    return [value for values in lists for value in values]


@builtin("insert before", "list: list", "position: number", "newItem: any")
def _insert_before(values: list[object], position: Decimal, added: object) -> object:
    index = _place(values, position)
    return None if index is None else [*values[:index], added, *values[index:]]


@builtin("remove", "list: list", "position: number")
def _remove(values: list[object], position: Decimal) -> object:
    index = _place(values, position)
    return None if index is None else [*values[:index], *values[index + 1 :]]


@builtin("list replace", "list: list", "position: number", "newItem: any")
def _list_replace(values: list[object], position: Decimal, added: object) -> object:
    index = _place(values, position)
    return None if index is None else [*values[:index], added, *values[index + 1 :]]


@builtin("list replace", "list: list", "match: function", "newItem: any")
def _list_replace_matching(values: list[object], match: Function, added: object) -> object:
    if len(match.parameters) != 2:
        return None
    replaced: list[object] = []
    for value in values:
        verdict = match.invoke([value, added])
        if not isinstance(verdict, bool):
            return None
        replaced.append(added if verdict else value)
    return replaced


@builtin("reverse", "list: list")
def _reverse(values: list[object]) -> object:
    return values[::-1]


@builtin("index of", "list: list", "match: any")
def _index_of(values: list[object], match: object) -> object:
    return [Decimal(index) for index, value in enumerate(values, 1) if same(value, match)]


@builtin("distinct values", "list: list")
def distinct(values: list[object]) -> object:
    """Each value once, in the order of their first appearance."""
    found: list[object] = []
    seen: set[object] = set()
    for value in values:
        if isinstance(value, (Decimal, str, bool)):
            key = (type(value), value)
            if key not in seen:
                seen.add(key)
                found.append(value)
        elif not any(same(value, other) for other in found):
            found.append(value)
    return found


@builtin("union", "*list: list")
def _union(*lists: list[object]) -> object:
    return distinct([value for values in lists for value in values])


@builtin("flatten", "list: list")
def _flatten(values: list[object]) -> object:
    flat: list[object] = []
    for value in values:
        current_run().meter.tick()
        if isinstance(value, list):
            inner = _flatten(value)
            flat.extend(inner if isinstance(inner, list) else [])
        else:
            flat.append(value)
    return flat


class _NoOrderError(Exception):
    """The order function gave no truth value."""


@builtin("sort", "list: list", "precedes: function")
def _sort(values: list[object], precedes: Function) -> object:
    if len(precedes.parameters) != 2 and not precedes.variadic:
        return None

    def order(left: object, right: object) -> int:
        verdict = precedes.invoke([left, right])
        if not isinstance(verdict, bool):
            raise _NoOrderError
        if verdict:
            return -1
        return 1 if precedes.invoke([right, left]) is True else 0

    try:
        return sorted(values, key=functools.cmp_to_key(order))
    except _NoOrderError:
        return None
