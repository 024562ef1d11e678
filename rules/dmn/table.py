"""Decision tables: which rows hit, and what the hit policy makes of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from rules.dmn.hit_policy import NO_ROW, SINGLE, Outcome, apply_hit_policy
from rules.dmn.model import Cell, DecisionTable, InputClause, OutputClause, Rule
from rules.dmn.model import Text as TextModel
from rules.errors import DmnEvaluationError, shown
from rules.feel import Run, Scope, current_run, kind_of, shown_value
from rules.text import Text

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

    def column(self, source: str, type_ref: str) -> Closure:
        """What a column tests, of its declared type."""
        ...

    def knows_null(self, source: str) -> bool:
        """Does the cell itself say what holds for a value that is not known?"""
        ...

    def at(self, place: Text) -> AbstractContextManager[None]:
        """What is unreadable within is told with this place."""
        ...


@dataclass(frozen=True, slots=True)
class _Input:
    """A compiled condition column; `text` is its type, for values that arrive as text."""

    label: str
    value: Closure
    allowed: Closure | None
    among: str


@dataclass(frozen=True, slots=True)
class _Test:
    """A compiled condition: its text, the closure, and whether it speaks of values that are not known."""

    text: str
    run: Closure
    knows_null: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A compiled row."""

    number: int
    name: str
    tests: tuple[_Test | None, ...]
    outputs: tuple[Closure, ...]


def column_label(clause: InputClause | OutputClause, number: int) -> str:
    """How a person finds a column: its label, else its name or expression, else its number."""
    own = clause.name if isinstance(clause, OutputClause) else " ".join(clause.expression.text.split())
    return clause.element.label or own or f"{number}"


def row_label(number: int, rule: Rule) -> str:
    """How a person finds a row: its number, with what is written beside it."""
    beside = next((note.strip() for note in (*rule.annotations, rule.element.description) if note.strip()), "")
    return f"{number} ({shown(beside)})" if beside else str(number)


def cell_place(row: str, column: str, text: str) -> Text:
    """The place of a cell in both languages."""
    cell = shown(" ".join(text.split()))
    return Text(f"dòng {row}, cột “{column}”, ô «{cell}»", f"row {row}, column “{column}”, cell “{cell}”")


def _input(compiler: CompilesCells, number: int, clause: InputClause) -> _Input:
    text, label = clause.expression.text, column_label(clause, number)
    allowed = clause.values.text.strip() if clause.values else ""
    with compiler.at(Text(f"cột “{label}”", f"column “{label}”")):
        return _Input(
            label,
            compiler.column(text, clause.expression.type_ref),
            compiler.cell(allowed) if allowed else None,
            shown(" ".join(allowed.split())),
        )


def _row(compiler: CompilesCells, number: int, rule: Rule, table: DecisionTable) -> _Row:
    name = row_label(number, rule)
    tests = tuple(
        _test(compiler, name, column_label(clause, at), cell)
        for at, (cell, clause) in enumerate(zip(rule.inputs, table.inputs, strict=False), 1)
    )
    closures = tuple(
        _outcome(compiler, name, column_label(clause, at), text, clause)
        for at, (text, clause) in enumerate(zip(rule.outputs, table.outputs, strict=False), 1)
    )
    return _Row(number, name, tests, closures)


def _test(compiler: CompilesCells, row: str, column: str, cell: Cell) -> _Test | None:
    if cell.text.strip() in {"-", ""}:
        return None
    with compiler.at(cell_place(row, column, cell.text)):
        return _Test(cell.text, compiler.cell(cell.text), compiler.knows_null(cell.text))


def _outcome(compiler: CompilesCells, row: str, column: str, text: TextModel, clause: OutputClause) -> Closure:
    place = cell_place(row, column, text.text)
    with compiler.at(place):
        return at_place(compiler.typed(compiler.feel(text.text), clause.type_ref), place)


def at_place(closure: Closure, place: Text) -> Closure:
    """The same; its problems name the place they came from."""

    def run(scope: Scope) -> object:
        current = current_run()
        mark = len(current.problems)
        value = closure(scope)
        current.place(mark, place.vi, place.en)
        return value

    return run


def _problem(message_vi: str, message_en: str) -> None:
    current_run().problems.append(DmnEvaluationError(message_vi, message_en))


def _hits(row: _Row, tested: list[Scope]) -> bool:
    """Does the row hit, by the letter of the standard?"""
    for test, scope in zip(row.tests, tested, strict=False):
        if test is not None and test.run(scope) is not True:
            return False
    return True


def _hits_surely(row: _Row, inputs: tuple[_Input, ...], tested: list[Scope], run: Run) -> bool:
    """Does the row hit? One that can neither hit nor miss is a problem, told with its cell."""
    undecided = False
    problems, start = run.problems, len(run.problems)
    for at, test in enumerate(row.tests[: len(tested)]):
        if test is None:
            continue
        mark, scope = len(problems), tested[at]
        verdict, value = test.run(scope), scope.find("?")
        if (verdict is True or verdict is False) and (value is not None or test.knows_null):
            if verdict is True:
                run.forget(mark)
                continue
            if len(problems) == mark:
                run.forget(start)
                return False
        undecided = True
        _undecided(run, mark, row, inputs[at], test, value)
    return not undecided


def _undecided(run: Run, mark: int, row: _Row, column: _Input, test: _Test, value: object) -> None:
    if len(run.problems) == mark:
        met = shown_value(value)
        run.problems.append(
            DmnEvaluationError(
                f"Không biết giá trị của “{column.label}” (null)."
                if value is None
                else f"Giá trị {met} (kiểu {kind_of(value)}) không so sánh được với điều kiện.",
                f"The value of “{column.label}” is not known (null)."
                if value is None
                else f"The value {met} (of type {kind_of(value)}) cannot be compared with the condition.",
            )
        )
    place = cell_place(row.name, column.label, test.text)
    run.place(mark, place.vi, place.en)


def _values(inputs: tuple[_Input, ...], scope: Scope) -> list[object] | None:
    """The tested values, or None if one is not among the allowed ones."""
    run = current_run()
    found: list[object] = []
    for column in inputs:
        mark = len(run.problems)
        value = column.value(scope)
        if run.strict and len(run.problems) > mark:
            run.place(mark, f"cột “{column.label}”", f"column “{column.label}”")
            return None
        checked = column.allowed is not None and value is not None
        if checked and column.allowed and column.allowed(Scope({"?": value}, scope)) is not True:
            met = shown_value(value)
            _problem(
                f"Giá trị {met} của “{column.label}” không nằm trong các giá trị cho phép: {column.among}.",
                f"The value {met} of “{column.label}” is not among the allowed values: {column.among}.",
            )
            return None
        found.append(value)
    return found


def compile_table(compiler: CompilesCells, table: DecisionTable) -> Closure:
    """The closure of a decision table."""
    inputs = tuple(_input(compiler, number, clause) for number, clause in enumerate(table.inputs, 1))
    rows = tuple(_row(compiler, number, rule, table) for number, rule in enumerate(table.rules, 1))
    names = tuple(clause.name or f"output {index}" for index, clause in enumerate(table.outputs, 1))
    default = _default(compiler, table)
    orders = tuple(
        compiler.feel(f"[{clause.values.text}]") if clause.values and clause.values.text.strip() else None
        for clause in table.outputs
    )
    first, single = table.hit_policy == "FIRST", table.hit_policy in SINGLE

    def run(scope: Scope) -> object:
        values = _values(inputs, scope)
        if values is None:
            return None
        current = current_run()
        hits: list[Outcome] = []
        tested = [Scope({"?": value}, scope) for value in values]
        for row in rows:
            current.meter.tick()
            if _hits_surely(row, inputs, tested, current) if current.strict else _hits(row, tested):
                hits.append(Outcome(row.number, [output(scope) for output in row.outputs]))
                if first:
                    break
        if not hits and default is not None:
            return default(scope)
        if not hits and single and current.strict and not current.problems:
            _no_row(inputs, values)
        ranks = [None if order is None else order(scope) for order in orders]
        return apply_hit_policy(table.hit_policy, table.aggregation, names, hits, ranks)

    return run


def _no_row(inputs: tuple[_Input, ...], values: list[object]) -> None:
    met = "; ".join(f"{column.label} = {shown_value(value)}" for column, value in zip(inputs, values, strict=True))
    told = DmnEvaluationError(f"Không dòng nào áp dụng cho: {met}.", f"No row applies to: {met}.", code=NO_ROW)
    current_run().problems.append(told)


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
