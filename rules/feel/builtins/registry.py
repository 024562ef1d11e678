"""How a built-in is declared: its name, its parameters by name and type, and the conversions before the call."""

from __future__ import annotations

import decimal
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rules.feel.operations.scope import current_run
from rules.feel.operations.types import ANY, FeelType, coerce, simple_type
from rules.feel.syntax.lexer import normal_name
from rules.feel.values.values import Function


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: ``name: type``; ``name?: type`` may be left out, ``type?`` may be null, ``*name`` takes many."""

    name: str
    type: FeelType
    optional: bool
    nullable: bool
    variadic: bool


@dataclass(frozen=True, slots=True)
class Overload:
    """One way to call a built-in."""

    parameters: tuple[Parameter, ...]
    body: Callable[..., object]

    def accepts(self, count: int) -> bool:
        """May it be called with that many arguments?"""
        if self.parameters and self.parameters[-1].variadic:
            return count >= len(self.parameters)
        required = sum(not parameter.optional for parameter in self.parameters)
        return required <= count <= len(self.parameters)

    def ready(self, positional: Sequence[object]) -> list[object] | None:
        """The arguments converted to their types, or None if one does not fit."""
        converted: list[object] = []
        for index, value in enumerate(positional):
            parameter = self.parameters[min(index, len(self.parameters) - 1)]
            usable = coerce(value, parameter.type)
            if usable is None and not parameter.nullable:
                return None
            if usable is None and value is not None:
                return None
            converted.append(usable)
        return converted

    def arrange(self, named: dict[str, object]) -> list[object] | None:
        """Named arguments in order; None if a name is unknown or missing."""
        names = [parameter.name for parameter in self.parameters]
        if not named.keys() <= set(names):
            return None
        if any(not parameter.optional and parameter.name not in named for parameter in self.parameters):
            return None
        last = max((index for index, name in enumerate(names) if name in named), default=-1)
        return [named.get(name) for name in names[: last + 1]]


class _Builtin:
    """All overloads of one name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.overloads: list[Overload] = []

    def call(self, positional: Sequence[object]) -> object:
        """By position: the first overload that fits; null if none does."""
        for overload in self.overloads:
            if overload.accepts(len(positional)):
                ready = overload.ready(positional)
                if ready is not None:
                    return _guarded(overload.body, ready)
        return None

    def call_named(self, named: dict[str, object]) -> object:
        """By name. Forms may share their names, as before(point, range) and before(range, point): the order tells."""
        written = list(named)
        for overload in sorted(self.overloads, key=lambda one: [each.name for each in one.parameters] != written):
            arranged = overload.arrange(named)
            ready = None if arranged is None else overload.ready(arranged)
            if ready is not None:
                return _guarded(overload.body, ready)
        return None


def _guarded(body: Callable[..., object], arguments: list[object]) -> object:
    meter = current_run().meter
    meter.tick()
    try:
        return meter.check_size(body(*arguments))
    except (decimal.DecimalException, OverflowError):
        return None


_DECLARED: dict[str, _Builtin] = {}
BUILTINS: dict[str, Function] = {}
"""Every built-in by name; filled while the modules of this package load, then only read."""


def _parameter(written: str) -> Parameter:
    name, _, kind = (part.strip() for part in written.partition(":"))
    variadic, optional = name.startswith("*"), name.endswith("?")
    nullable = kind.endswith("?") or kind == "any"
    wanted = ANY if kind.rstrip("?") == "any" else simple_type(kind.rstrip("?")) or ANY
    return Parameter(normal_name(name.strip("*?")), wanted, optional, nullable, variadic)


def builtin(name: str, *parameters: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Declare a built-in; several declarations of one name are overloads, tried in order."""

    def declare(body: Callable[..., object]) -> Callable[..., object]:
        entry = _DECLARED.setdefault(name, _Builtin(name))
        entry.overloads.append(Overload(tuple(_parameter(written) for written in parameters), body))
        first = entry.overloads[0].parameters
        BUILTINS[name] = Function(
            name,
            tuple(parameter.name for parameter in first),
            entry.call,
            tuple(parameter.type for parameter in first),
            None,
            entry.call_named,
            variadic=True,
        )
        return body

    return declare
