"""Decision tables: which rows hit, and what the hit policy makes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from rules.dmn.hit_policy import Outcome, apply_hit_policy
from rules.dmn.model import DecisionTable, InputClause, OutputClause, Rule
from rules.errors import DmnEvaluationError
from rules.feel import Scope, current_run

Closure = Callable[[Scope], object]


class CompilesCells(Protocol):
    """The compiler of boxed expressions, as far as tables need it."""

    def feel(self, source: str) -> Closure:
        """FEEL text."""
        ...

    def cell(self, source: str) -> Closure:
        """Unary tests."""
        ...

    def typed(self, closure: Closure, type_ref: str) -> Closure:
        """Converted to a type."""
        ...


@dataclass(frozen=True, slots=True)
class _Input:
    """A compiled condition column."""

    label: str
    value: Closure
    allowed: Closure | None


@dataclass(frozen=True, slots=True)
class _Row:
    """A compiled row."""

    number: int
    tests: tuple[Closure | None, ...]
    outputs: tuple[Closure, ...]


def _input(compiler: CompilesCells, clause: InputClause) -> _Input:
    text = clause.expression.text
    allowed = clause.values.text.strip() if clause.values else ""
    return _Input(
        clause.element.label or text,
        compiler.typed(compiler.feel(text), clause.expression.type_ref),
        compiler.cell(allowed) if allowed else None,
    )


def _row(compiler: CompilesCells, number: int, rule: Rule, outputs: tuple[OutputClause, ...]) -> _Row:
    tests = tuple(None if cell.text.strip() in {"-", ""} else compiler.cell(cell.text) for cell in rule.inputs)
    closures = tuple(
        compiler.typed(compiler.feel(text.text), clause.type_ref)
        for text, clause in zip(rule.outputs, outputs, strict=False)
    )
    return _Row(number, tests, closures)


def _problem(message_vi: str, message_en: str) -> None:
    current_run().problems.append(DmnEvaluationError(message_vi, message_en))


def _hits(row: _Row, values: list[object], scope: Scope) -> bool:
    for test, value in zip(row.tests, values, strict=False):
        if test is not None and test(Scope({"?": value}, scope)) is not True:
            return False
    return True


def _values(inputs: tuple[_Input, ...], scope: Scope) -> list[object] | None:
    """The tested values, or None if one is not among the allowed ones."""
    found: list[object] = []
    for column in inputs:
        value = column.value(scope)
        checked = column.allowed is not None and value is not None
        if checked and column.allowed and column.allowed(Scope({"?": value}, scope)) is not True:
            _problem(
                f"Giá trị của “{column.label}” không nằm trong các giá trị cho phép.",
                f"The value of “{column.label}” is not among the allowed values.",
            )
            return None
        found.append(value)
    return found


def compile_table(compiler: CompilesCells, table: DecisionTable) -> Closure:
    """The closure of a decision table."""
    inputs = tuple(_input(compiler, clause) for clause in table.inputs)
    rows = tuple(_row(compiler, number, rule, table.outputs) for number, rule in enumerate(table.rules, 1))
    names = tuple(clause.name or f"output {index}" for index, clause in enumerate(table.outputs, 1))
    default = _default(compiler, table)
    orders = tuple(
        compiler.feel(f"[{clause.values.text}]") if clause.values and clause.values.text.strip() else None
        for clause in table.outputs
    )

    def run(scope: Scope) -> object:
        values = _values(inputs, scope)
        if values is None:
            return None
        meter = current_run().meter
        hits: list[Outcome] = []
        for row in rows:
            meter.tick()
            if _hits(row, values, scope):
                hits.append(Outcome(row.number, [output(scope) for output in row.outputs]))
        if not hits and default is not None:
            return default(scope)
        ranks = [None if order is None else order(scope) for order in orders]
        return apply_hit_policy(table.hit_policy, table.aggregation, names, hits, ranks)

    return run


def _default(compiler: CompilesCells, table: DecisionTable) -> Closure | None:
    defaults = [clause.default for clause in table.outputs]
    if not any(default is not None and default.text.strip() for default in defaults):
        return None
    closures = [
        compiler.typed(compiler.feel(default.text if default else "null"), clause.type_ref)
        for default, clause in zip(defaults, table.outputs, strict=True)
    ]
    if len(closures) == 1:
        return closures[0]
    names = [clause.name for clause in table.outputs]
    return lambda scope: {name: closure(scope) for name, closure in zip(names, closures, strict=True)}
