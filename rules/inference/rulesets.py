"""Translating a decision table into rulesets that durable_rules evaluates correctly.

Only what was measured safe is used: `=`, `≠`, `<`, `≤`, `>`, `≥` on bounded integers, `=` and `≠` on words and
booleans, `or` over the words of one cell. No negation, no arithmetic, no joins. Decimals and numbers beyond
the bound are compared first and handed over as booleans. Strings no cell mentions become one word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from rules.tables import Among, Cell, DecisionTable, Interval, Within, window_cell

# At most 60 nodes may be true at once and 513 siblings hang the engine for ever; forty rules stay clear of both.
RULES_PER_SET = 40
# Beyond this many alternatives of one row (several lists of intervals) the cells are compared beforehand.
_MOST_ALTERNATIVES = 8
# Values are clamped here; every bound in a condition is smaller, so no comparison changes. 2^63 would wrap.
BOUND = 2**61
DAY = "day"
OTHER = "␀other"
UNKNOWN = "␀unknown"
SENTINEL = "␀sentinel"

Condition = dict[str, object]
Definition = dict[str, dict[str, object]]


@dataclass(frozen=True)
class Ruleset:
    """One small ruleset: its definition, and what a rule of that name tells when it fires."""

    name: str
    definition: Definition
    tells: Mapping[str, str]


@dataclass(frozen=True)
class Field:
    """How one column is handed to the engine."""

    name: str
    column: str
    kind: str
    words: frozenset[object]


@dataclass(frozen=True)
class Test:
    """A cell compared beforehand, handed over as the boolean `name`."""

    name: str
    column: str
    cell: Cell


class Compiled:
    """The rulesets of a table, stratum by stratum, and the messages they are asked with."""

    def __init__(self, table: DecisionTable) -> None:
        self.table = table
        self._tests: dict[tuple[str, Cell], Test] = {}
        cells = [row.cells for row in table.rows] + [row for one in table.categories for row in one.rows]
        self._fields = {
            name: Field(f"c{number}", name, kind, _words(cells, name))
            for number, (name, kind) in enumerate(table.kinds.items())
        }
        self.strata = tuple(self._strata())
        self.rows = tuple(self._rulesets("rows", self._row_rules()))

    def message(self, facts: Mapping[str, object], day: int) -> dict[str, object]:
        """The one fact asserted for a decision; every field any rule reads is present."""
        message: dict[str, object] = {"s": 1, DAY: max(-BOUND, min(BOUND, day))}
        for field in self._fields.values():
            value = facts.get(field.column)
            if field.kind == "boolean":
                message[field.name] = UNKNOWN if value is None else ("true" if value else "false")
            elif field.kind in ("choice", "text"):
                message[field.name] = value if value in field.words else UNKNOWN if value is None else OTHER
            else:
                number = value if isinstance(value, int) else 0
                message[field.name] = max(-BOUND, min(BOUND, number))
                message[f"k{field.name}"] = 0 if value is None else 1
        for test in self._tests.values():
            message[test.name] = 1 if test.cell.accepts(facts.get(test.column)) else 0
        return message

    def _strata(self) -> Iterator[tuple[Ruleset, ...]]:
        """Categories by depth: one whose rows speak of a category comes after it."""
        depths: dict[str, int] = {}
        for category in self.table.categories:
            used = {name for row in category.rows for name in row}
            depths[category.name] = 1 + max((depths[name] for name in used if name in depths), default=0)
        for depth in sorted(set(depths.values())):
            rules = [
                (category.name, conditions)
                for category in self.table.categories
                if depths[category.name] == depth
                for row in category.rows
                for conditions in self._alternatives(row)
            ]
            yield tuple(self._rulesets(f"category{depth}", iter(rules)))

    def _row_rules(self) -> Iterator[tuple[str, list[Condition]]]:
        for row in self.table.rows:
            window = window_cell(row.window)
            days = _compare(DAY, window.intervals[0]) if window else []
            for conditions in self._alternatives(row.cells):
                yield row.id, [*conditions, *days]

    def _rulesets(self, name: str, rules: Iterator[tuple[str, list[Condition]]]) -> Iterator[Ruleset]:
        pending = list(rules)
        for start in range(0, max(len(pending), 1), RULES_PER_SET):
            yield _ruleset(f"{name}{start}", pending[start : start + RULES_PER_SET])

    def _alternatives(self, cells: Mapping[str, Cell]) -> Iterator[list[Condition]]:
        """The conjunctions that together mean the row: one for each choice of intervals."""
        parts = [self._choices(name, cell) for name, cell in cells.items()]
        count = 1
        for part in parts:
            count *= len(part)
        if count > _MOST_ALTERNATIVES:
            yield [{self._test(name, cell).name: 1} for name, cell in cells.items()]
            return
        for chosen in product(*parts):
            yield sorted((one for conditions in chosen for one in conditions), key=_selectivity)

    def _choices(self, column: str, cell: Cell) -> list[list[Condition]]:
        field = self._fields[column]
        if isinstance(cell, Among):
            return _word_choices(field, cell)
        if field.kind == "number" or not _bounded(cell):
            return [[{self._test(column, cell).name: 1}]]
        return [[{f"k{field.name}": 1}, *_compare(field.name, interval)] for interval in cell.intervals]

    def _test(self, column: str, cell: Cell) -> Test:
        key = (column, cell)
        if key not in self._tests:
            self._tests[key] = Test(f"t{len(self._tests)}", column, cell)
        return self._tests[key]


def _words(rows: Sequence[Mapping[str, Cell]], column: str) -> frozenset[object]:
    found: set[object] = set()
    for cells in rows:
        cell = cells.get(column)
        if isinstance(cell, Among):
            found |= cell.words
    return frozenset(found)


def _word_choices(field: Field, cell: Among) -> list[list[Condition]]:
    words = sorted(("true" if word else "false") if isinstance(word, bool) else word for word in cell.words)
    if cell.negated:
        return [[{"$neq": {field.name: word}} for word in words]]
    if not words:
        return []
    return [[{field.name: words[0]} if len(words) == 1 else {"$or": [{field.name: word} for word in words]}]]


def _compare(field: str, interval: Interval) -> list[Condition]:
    if interval.low is not None and interval.low == interval.high and not (interval.low_open or interval.high_open):
        return [{field: interval.low}]
    found: list[Condition] = []
    if interval.low is not None:
        found.append({"$gt" if interval.low_open else "$gte": {field: interval.low}})
    if interval.high is not None:
        found.append({"$lt" if interval.high_open else "$lte": {field: interval.high}})
    return found


def _bounded(cell: Within) -> bool:
    ends = [end for one in cell.intervals for end in (one.low, one.high) if end is not None]
    return all(isinstance(end, int) and abs(end) < BOUND for end in ends)


def _selectivity(condition: Condition) -> int:
    """Equalities before lists before comparisons: the engine tests conditions in this order."""
    operator = next(iter(condition))
    return {"$or": 1, "$neq": 2}.get(operator, 3 if operator.startswith("$") else 0)


def _ruleset(name: str, rules: Sequence[tuple[str, list[Condition]]]) -> Ruleset:
    definition: Definition = {"r_sentinel": _rule([])}
    tells = {"r_sentinel": SENTINEL}
    for number, (told, conditions) in enumerate(rules):
        definition[f"r_{number}"] = _rule(conditions)
        tells[f"r_{number}"] = told
    return Ruleset(name, definition, tells)


def _rule(conditions: list[Condition]) -> dict[str, object]:
    """A rule over one fact. The first condition always holds, so the `and` is never empty."""
    return {"all": [{"m": {"$and": [{"s": 1}, *conditions]}}]}
