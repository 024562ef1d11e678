"""Proves the decision tables of DMN models as the platform's own tables are proven."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from itertools import islice
from typing import Final

from rules.dmn import DecisionTable, Model, ModelProblem, defect, judge_model
from rules.errors import RulesError
from rules.feel import DaysTimeDuration, YearsMonthsDuration, compile_expression, free_names
from rules.proofs.constants import NotConstantError, constant, read_condition
from rules.tables import Among, Cell, Column, Dimension, OverBudgetError, Space, Within, column_dimension
from rules.text import Text

_MOST: Final = 20
_SINGLE: Final = ("UNIQUE", "ANY", "FIRST", "PRIORITY")
_WHOLE: Final = ("integer", "long", "int", "short")
_HINTS: Final[Mapping[str, Text]] = {
    "overlap": Text("Thu hẹp điều kiện của một trong hai dòng.", "Narrow the condition of one of the two rows."),
    "gap": Text("Thêm dòng cho tình huống này, hoặc kết quả mặc định.", "Add a row for it, or a default result."),
    "unreachable": Text("Sửa điều kiện, đổi thứ tự hoặc bỏ dòng.", "Correct the condition, move the row or remove it."),
    "incomplete": Text("Tách bảng thành các bảng nhỏ hơn.", "Divide the table into smaller ones."),
}


def judge_whole(model: Model) -> tuple[ModelProblem, ...]:
    """Everything wrong with a model, and what can be proven of its tables."""
    found = judge_model(model)
    return (*found, *prove_model(model)) if not any(one.severity == "error" for one in found) else found


def prove_model(model: Model) -> Iterator[ModelProblem]:
    """Overlaps of UNIQUE and ANY tables (errors); gaps, and rows that never answer (warnings)."""
    named = [(one.name, one.expression) for one in model.definitions.decisions]
    named_logic = [(one.name, one.logic) for one in model.definitions.knowledge_models]
    for name, logic in (*named, *named_logic):
        for table in _tables(logic):
            yield from _Proof(model, name, table).findings()


def _tables(thing: object) -> Iterator[DecisionTable]:
    if isinstance(thing, DecisionTable):
        yield thing
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _tables(each)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for each in fields(thing):
            yield from _tables(getattr(thing, each.name))


@dataclass(frozen=True)
class _Side:
    """A column as one dimension: its kind, how a person names it, and each row's condition."""

    name: str
    kind: str
    dimension: Dimension


class _Proof:
    """What can be proven of one table."""

    def __init__(self, model: Model, name: str, table: DecisionTable) -> None:
        self.model, self.name, self.table = model, name, table
        self.rows: list[int] = []
        """The rows whose conditions are constants; only they can be proven."""

    def findings(self) -> Iterator[ModelProblem]:
        """What was found; nothing when the columns depend on one another or hold other kinds of values."""
        try:
            sides = self._sides()
        except NotConstantError:
            return
        space = Space([side.dimension for side in sides], len(self.rows))
        names = {side.name: side for side in sides}
        yield from self._dead(space)
        yield from self._overlaps(space, names)
        if self.table.hit_policy in _SINGLE and len(self.rows) == len(self.table.rules):
            yield from self._gaps(space, names)

    def _sides(self) -> list[_Side]:
        self._independent()
        cells: list[list[Cell | None]] = []
        kinds: list[set[str]] = [set() for _ in self.table.inputs]
        for number, rule in enumerate(self.table.rules, 1):
            try:
                read = [read_condition(cell.text, self.model.lexicon) for cell in rule.inputs]
            except NotConstantError:
                continue
            self.rows.append(number)
            cells.append([cell for cell, _ in read])
            for known, (_, found) in zip(kinds, read, strict=True):
                known |= found
        sides = [self._side(at, [row[at] for row in cells], kinds[at]) for at in range(len(self.table.inputs))]
        if len({side.name for side in sides}) < len(sides):
            raise NotConstantError
        return sides

    def _independent(self) -> None:
        """Raise unless each column is about something else: what is true of one must say nothing of another."""
        seen: set[str] = set()
        for clause in self.table.inputs:
            try:
                names = free_names(compile_expression(clause.expression.text, names=self.model.lexicon).tree)
            except RulesError:
                raise NotConstantError from None
            if names & seen:
                raise NotConstantError
            seen |= names

    def _side(self, at: int, cells: Sequence[Cell | None], kinds: set[str]) -> _Side:
        if len(kinds) > 1:
            raise NotConstantError
        clause = self.table.inputs[at]
        written = clause.expression.type_ref
        declared = self.model.types.named(written).kind
        kind = next(iter(kinds), "boolean" if declared == "boolean" else "text")
        name = clause.element.label or " ".join(clause.expression.text.split())
        if kind not in ("text", "boolean"):
            cells = [Within(()) if isinstance(cell, Among) else cell for cell in cells]  # only null meets these
        words = self._words(clause.values.text) if clause.values and kind == "text" else ()
        proven = "integer" if kind in ("days", "months") or (written.lower() in _WHOLE and kind == "number") else kind
        column = Column(name, proven, Text(name, name), words)
        return _Side(name, kind, column_dimension(column, cells))

    def _words(self, text: str) -> tuple[str, ...]:
        try:
            value = constant(compile_expression(f"[{text}]", names=self.model.lexicon).tree)
        except (RulesError, NotConstantError):
            return ()
        return tuple(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else ()

    def _dead(self, space: Space) -> Iterator[ModelProblem]:
        never = set(space.unreachable())
        for at in sorted(never):
            told = Text(f"không giá trị nào thỏa mãn dòng {self.rows[at]}.", f"no value meets row {self.rows[at]}.")
            yield self._problem("unreachable", told, "warning")
        if self.table.hit_policy != "FIRST":
            return
        for at in range(space.count):
            try:
                hidden = at not in never and not space.gaps(alive=(1 << at) - 1, within=at, limit=1)
            except OverBudgetError:
                return
            if hidden:
                row = self.rows[at]
                told = Text(
                    f"dòng {row} không bao giờ được dùng: các dòng trước đã chiếm hết.",
                    f"row {row} never answers: the rows before it take everything.",
                )
                yield self._problem("unreachable", told, "warning")

    def _overlaps(self, space: Space, sides: Mapping[str, _Side]) -> Iterator[ModelProblem]:
        policy = self.table.hit_policy
        if policy not in ("UNIQUE", "ANY"):
            return
        meeting = (pair for pair in space.overlaps() if policy == "UNIQUE" or self._differ(pair[0], pair[1]))
        for one, other, example in islice(meeting, _MOST):
            shown = _shown(example, sides)
            told = Text(
                f"dòng {self.rows[one]} và dòng {self.rows[other]} cùng đúng khi {shown}; bảng là {policy}.",
                f"rows {self.rows[one]} and {self.rows[other]} both hit for {shown}; the table is {policy}.",
            )
            yield self._problem("overlap", told, "error")

    def _differ(self, one: int, other: int) -> bool:
        """Are the results of two rows constants, and not the same?"""
        results = [
            [self._result(text.text) for text in self.table.rules[self.rows[at] - 1].outputs] for at in (one, other)
        ]
        return results[0] != results[1] and None not in (*results[0], *results[1])

    def _result(self, text: str) -> object:
        try:
            return constant(compile_expression(text, names=self.model.lexicon).tree)
        except (RulesError, NotConstantError):
            return None

    def _gaps(self, space: Space, sides: Mapping[str, _Side]) -> Iterator[ModelProblem]:
        if any(clause.default is not None and clause.default.text.strip() for clause in self.table.outputs):
            return
        try:
            disjoint = next(space.overlaps(), None) is None
            found = space.gaps_between(_MOST) if disjoint else space.gaps(limit=_MOST)
        except OverBudgetError:
            told = Text("bảng quá lớn để chứng minh hết.", "the table is too large to prove entirely.")
            yield self._problem("incomplete", told, "warning")
            return
        for example in found:
            shown = _shown(example, sides)
            yield self._problem(
                "gap", Text(f"không dòng nào đúng khi {shown}.", f"no row hits for {shown}."), "warning"
            )

    def _problem(self, code: str, told: Text, severity: str) -> ModelProblem:
        return defect(f"dmn_{code}", self.name, told, _HINTS[code], severity)


def _shown(example: Mapping[str, object], sides: Mapping[str, _Side]) -> str:
    return ", ".join(f"{name} = {_value(value, sides[name].kind)}" for name, value in example.items())


def _value(value: object, kind: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if kind == "days" and isinstance(value, int):
        return str(DaysTimeDuration(value))
    if kind == "months" and isinstance(value, int):
        return str(YearsMonthsDuration(value))
    return f'"{value}"' if isinstance(value, str) else str(value)
