"""The only expression language of diagrams: FEEL. No Python ever comes from a model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final

from engine.workflow.errors import ElementFault
from engine.workflow.events import JSON
from engine.workflow.expressions.iso8601 import OFFICE_ZONE
from rules.errors import RulesError
from rules.feel import Expression, compile_expression, from_feel, to_feel

_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"')


class Context(Mapping[str, object]):
    """Variables as FEEL sees them; a value is converted when an expression first asks for it."""

    def __init__(self, *layers: Mapping[str, JSON], at: datetime | None = None) -> None:
        """Take the layers from the innermost scope outwards; the inner hides the outer. `at`: what now() says."""
        self._layers = layers
        self.now = None if at is None else at.astimezone(OFFICE_ZONE)
        self._made: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if name not in self._made:
            layer = next((layer for layer in self._layers if name in layer), None)
            if layer is None:
                raise KeyError(name)
            self._made[name] = to_feel(layer[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter({name for layer in self._layers for name in layer})

    def __len__(self) -> int:
        return len({name for layer in self._layers for name in layer})


@lru_cache(maxsize=4096)
def compiled(source: str, names: frozenset[str]) -> Expression:
    """Compile once per process; raises the rules floor's FeelSyntaxError with its sentence."""
    return compile_expression(source, names=names)


def unknown_functions(source: str, names: frozenset[str]) -> list[str]:
    """Which of the names an expression needs from outside it calls like a function: FEEL has no such one."""
    plain = _QUOTED.sub('""', source)
    calls = ((name, r"\s+".join(map(re.escape, name.split()))) for name in sorted(names))
    return [name for name, pattern in calls if re.search(rf"(?<![\w.]){pattern}\s*\(", plain)]


def evaluate(source: str, names: frozenset[str], context: Context) -> object:
    """Evaluate to a FEEL value; any error becomes an ElementFault with both sentences."""
    try:
        return compiled(source, names).evaluate(context, now=context.now)
    except RulesError as error:
        raise ElementFault(
            "expression_failed",
            f"Biểu thức «{source}» không tính được: {error.message_vi}",
            f"The expression “{source}” could not be evaluated: {error.message_en}",
        ) from error


def holds(source: str, names: frozenset[str], context: Context) -> bool:
    """Tell whether a condition is true. A fact not known (null) is a fault: a gateway must not guess."""
    value = evaluate(source, names, context)
    if isinstance(value, bool):
        return value
    if value is None:
        raise ElementFault(
            "condition_unknown",
            f"Điều kiện «{source}» chưa có đủ dữ liệu để trả lời đúng hay sai.",
            f"The condition “{source}” lacks a fact, so it is neither true nor false.",
        )
    raise ElementFault(
        "not_a_condition",
        f"Điều kiện «{source}» cho kết quả không phải đúng/sai.",
        f"The condition “{source}” gives neither true nor false.",
    )


def to_json(value: object) -> JSON:
    """Turn a FEEL value into what JSON can hold; a value that is none (a function) is a fault."""
    try:
        return from_feel(value, rounded=True)
    except (RulesError, TypeError, ValueError) as error:
        raise ElementFault(
            "not_a_value",
            f"Kết quả của biểu thức không lưu được: {error}.",
            f"The result of the expression cannot be kept: {error}.",
        ) from error
