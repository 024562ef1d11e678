"""Built-ins on contexts, and the two on truth and identity."""

from __future__ import annotations

from rules.feel.builtins.registry import builtin
from rules.feel.operations.compare import equal, kind_of
from rules.feel.syntax.lexer import normal_name
from rules.feel.values.temporal import FeelDateTime, FeelTime

Context = dict[str, object]


@builtin("not", "negand: any")
def _not(value: object) -> object:
    return not value if isinstance(value, bool) else None


@builtin("is", "value1?: any", "value2?: any")
def _is(left: object = None, right: object = None) -> object:
    if kind_of(left) != kind_of(right):
        return False
    # The same moment in another zone is equal, but it is not the same value.
    if isinstance(left, (FeelTime, FeelDateTime)):
        return left == right
    return equal(left, right) is True


@builtin("get value", "m: context", "key: string")
def _get_value(context: Context, key: str) -> object:
    return context.get(normal_name(key))


@builtin("get value", "context: context", "key: string")
def _get_value_context(context: Context, key: str) -> object:
    return context.get(normal_name(key))


@builtin("get entries", "m: context")
def _get_entries(context: Context) -> object:
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("get entries", "context: context")
def _get_entries_context(context: Context) -> object:
    return _get_entries(context)


@builtin("context", "entries: list")
def _context(entries: list[object]) -> object:
    made: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or "key" not in entry or "value" not in entry:
            return None
        key = entry["key"]
        if not isinstance(key, str) or normal_name(key) in made:
            return None
        made[normal_name(key)] = entry["value"]
    return made


@builtin("context put", "context: context", "key: string", "value: any")
def _context_put(context: Context, key: str, value: object) -> object:
    return {**context, normal_name(key): value}


@builtin("context put", "context: context", "keys: list", "value: any")
def _context_put_deep(context: Context, keys: list[object], value: object) -> object:
    if not keys or not isinstance(keys[0], str):
        return None
    key = normal_name(keys[0])
    if len(keys) == 1:
        return {**context, key: value}
    inner = context.get(key)
    if inner is not None and not isinstance(inner, dict):
        return None
    changed = _context_put_deep(inner or {}, keys[1:], value)
    return None if changed is None else {**context, key: changed}


@builtin("context merge", "contexts: list")
def _context_merge(contexts: list[object]) -> object:
    merged: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            return None
        merged.update(context)
    return merged
