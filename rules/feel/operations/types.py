"""FEEL types: does a value conform, and how the standard converts one that does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.feel.operations.compare import kind_of
from rules.feel.operations.scope import current_run
from rules.feel.syntax.ast import TypeName
from rules.feel.syntax.lexer import normal_name
from rules.feel.values.temporal import FarDate, at_midnight
from rules.feel.values.values import Function, Range


@dataclass(frozen=True, slots=True)
class FeelType:
    """A type; ``allowed`` is the further condition an item definition puts on its values."""

    kind: str
    element: FeelType | None = None
    fields: Mapping[str, FeelType] = field(default_factory=dict)
    parameters: tuple[FeelType, ...] | None = None
    result: FeelType | None = None
    allowed: Callable[[object], bool] | None = None
    name: str = ""


ANY = FeelType("Any")
UNKNOWN = FeelType("unknown type")
_Test = Callable[[object, FeelType], bool]
_ALIASES = {
    "any": "Any",
    "feel:any": "Any",
    "Null": "null",
    "dateTime": "date and time",
    "datetime": "date and time",
    "dayTimeDuration": "days and time duration",
    "day time duration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "year month duration": "years and months duration",
    "boolean": "boolean",
    "integer": "number",
    "double": "number",
    "long": "number",
    "decimal": "number",
}
_SIMPLE = frozenset(
    {
        "Any",
        "null",
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
        "duration",
        "list",
        "context",
        "range",
        "function",
    }
)


def simple_type(name: str) -> FeelType | None:
    """A built-in type by name, with or without the feel: prefix."""
    bare = name.removeprefix("feel:").strip()
    bare = _ALIASES.get(bare, bare)
    return FeelType(bare) if bare in _SIMPLE else None


def resolve(written: TypeName, types: Mapping[str, FeelType]) -> FeelType:
    """The type behind a written name; an undeclared name is a type nothing conforms to."""
    if written.name == "context" and written.fields:
        return FeelType("context", fields={key: resolve(sub, types) for key, sub in written.fields})
    if written.name in {"list", "range"} and written.arguments:
        return FeelType(written.name, element=resolve(written.arguments[0], types))
    if written.name == "function" and written.result is not None:
        parameters = tuple(resolve(argument, types) for argument in written.arguments)
        return FeelType("function", parameters=parameters, result=resolve(written.result, types))
    declared = types.get(normal_name(written.name))
    return declared or simple_type(written.name) or UNKNOWN


def conforms(value: object, wanted: FeelType) -> bool:
    """Has the value the type, with its allowed values? Null has no type but null itself."""
    return is_instance(value, wanted, conforms) and (wanted.allowed is None or wanted.allowed(value))


def is_instance(value: object, wanted: FeelType, inner: _Test | None = None) -> bool:
    """``instance of``: the structure only, allowed values do not count. ``inner`` tests the parts."""
    if value is None:
        return wanted.kind == "null"
    return _conforms_kind(value, wanted, inner or is_instance)


def _conforms_kind(value: object, wanted: FeelType, inner: _Test) -> bool:
    kind = wanted.kind
    if kind == "Any":
        return True
    check = _CHECKS.get(kind)
    if check is not None:
        return check(value, wanted, inner)
    actual = kind_of(value)
    return actual == kind or (kind == "duration" and actual.endswith("duration"))


def _list_conforms(value: object, wanted: FeelType, inner: _Test) -> bool:
    if not isinstance(value, list):
        return False
    current_run().meter.tick()
    element = wanted.element
    return element is None or all(each is None or inner(each, element) for each in value)


def _context_conforms(value: object, wanted: FeelType, inner: _Test) -> bool:
    if not isinstance(value, dict):
        return False
    current_run().meter.tick()
    return all(key in value and (value[key] is None or inner(value[key], sub)) for key, sub in wanted.fields.items())


def _range_conforms(value: object, wanted: FeelType, inner: _Test) -> bool:
    if not isinstance(value, Range):
        return False
    element = wanted.element
    return element is None or all(end is None or inner(end, element) for end in (value.low, value.high))


def _function_conforms(value: object, wanted: FeelType, inner: _Test) -> bool:
    if not isinstance(value, Function):
        return False
    given_to = inner is conforms  # handed over, not asked for its type: what it does not declare is not held against it
    if wanted.parameters is None or (given_to and value.variadic):
        return True
    own = value.types or (ANY,) * len(value.parameters)
    if len(own) != len(wanted.parameters):
        return False
    accepts = all(
        assignable(asked, given)
        for given, asked in zip(own, wanted.parameters, strict=True)
        if isinstance(given, FeelType)
    )
    result = value.result if isinstance(value.result, FeelType) else ANY
    fits = wanted.result is None or (given_to and result.kind == "Any") or assignable(result, wanted.result)
    return accepts and fits


_CHECKS: dict[str, Callable[[object, FeelType, _Test], bool]] = {
    "list": _list_conforms,
    "context": _context_conforms,
    "range": _range_conforms,
    "function": _function_conforms,
}


def assignable(source: FeelType, target: FeelType) -> bool:
    """Does every value of ``source`` conform to ``target``?"""
    if target.kind == "Any" or source.kind == "null":
        return True
    if source.kind != target.kind:
        return False
    if target.element is not None and source.element is not None:
        return assignable(source.element, target.element)
    return all(key in source.fields and assignable(source.fields[key], sub) for key, sub in target.fields.items())


def coerce(value: object, wanted: FeelType) -> object:
    """The value as that type by the standard's conversions (list of one ↔ element, date → midnight), else null."""
    if value is None or conforms(value, wanted):
        return value
    if wanted.kind == "list":
        if isinstance(value, list):
            return _each_converted(value, wanted)
        alone = value if wanted.element is None else coerce(value, wanted.element)
        return None if alone is None or not conforms([alone], wanted) else [alone]
    if isinstance(value, list):
        return coerce(value[0], wanted) if len(value) == 1 and not isinstance(value[0], list) else None
    return _converted(value, wanted)


def _each_converted(value: list[object], wanted: FeelType) -> object:
    if wanted.element is None:
        return None
    converted = [coerce(each, wanted.element) for each in value]
    return converted if conforms(converted, wanted) and None not in converted else None


def _converted(value: object, wanted: FeelType) -> object:
    if wanted.kind == "date and time" and isinstance(value, (date, FarDate)):
        moment = at_midnight(value)
        return moment if conforms(moment, wanted) else None
    if wanted.kind == "context" and isinstance(value, dict) and wanted.fields:
        changed = {
            key: coerce(each, wanted.fields[key]) if key in wanted.fields else each for key, each in value.items()
        }
        return changed if conforms(changed, wanted) and _kept(value, changed) else None
    return None


def _kept(before: dict[str, object], after: dict[str, object]) -> bool:
    return all(after[key] is not None or value is None for key, value in before.items())
