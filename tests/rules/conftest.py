"""Random decision tables and situations, and the plainest possible evaluation of them."""

import random
from datetime import date
from decimal import Decimal

import pytest

from rules.legal import Window
from rules.tables import Among, Column, DecisionTable, Interval, Output, Row, Within
from rules.tables.table import Category
from rules.text import Text

NAME = Text("mẫu", "sample")
WORDS = ("a", "b", "c", "đ")
DAY = 738_000
KINDS = ("choice", "boolean", "integer", "date", "number", "text")
HUGE = (2**62, -(2**63), 2**53 + 1)


class Chance:
    """Everything random in these tests comes from here, by a seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def table(
        self, rows=12, columns=5, policy="COLLECT", kinds=("choice", "boolean", "integer", "date", "number", "text")
    ):
        made = [self._column(number, kinds) for number in range(self.random.randint(1, columns))]
        categories = self._categories(made)
        found = []
        for number in range(self.random.randint(1, rows)):
            cells = self._cells(made, 0.6) | self._flags(categories, 0.3)
            found.append(Row(f"r{number}", cells, {"o": number}, self._window()))
        return DecisionTable("t", NAME, tuple(made), (Output("o"),), tuple(found), policy, None, tuple(categories))

    def facts(self, table):
        return {column.name: self._value(column) for column in table.columns}

    def day(self):
        return date.fromordinal(DAY + self.random.randint(-1, 21))

    def _column(self, number, kinds):
        kind = self.random.choice(kinds)
        optional = self.random.random() < 0.3
        return Column(f"k{number}", kind, NAME, WORDS if kind == "choice" else (), optional=optional)

    def _categories(self, columns):
        found = []
        for number in range(self.random.randint(0, 2)):
            rows = tuple(self._cells(columns, 0.6) | self._flags(found, 0.4) for _ in range(self.random.randint(1, 3)))
            found.append(Category(f"c{number}", rows, NAME))
        return found

    def _cells(self, columns, share):
        return {column.name: self._cell(column) for column in columns if self.random.random() < share}

    def _flags(self, categories, share):
        return {
            one.name: Among(frozenset([self.random.random() < 0.5]))
            for one in categories
            if self.random.random() < share
        }

    def _cell(self, column):
        if column.kind in ("choice", "text"):
            words = self.random.sample(WORDS, self.random.randint(1, 3))
            return Among(frozenset(words), self.random.random() < 0.2)
        if column.kind == "boolean":
            return Among(frozenset([self.random.random() < 0.5]), self.random.random() < 0.2)
        return Within(tuple(self._interval(column.kind) for _ in range(self.random.randint(1, 3))))

    def _interval(self, kind):
        low, high = sorted([self._end(kind), self._end(kind)])
        low = None if self.random.random() < 0.2 else low
        high = None if low is not None and self.random.random() < 0.2 else high
        return Interval(low, high, self.random.random() < 0.5, self.random.random() < 0.5)

    def _end(self, kind):
        if kind == "number":
            return Decimal(self.random.randint(-20, 20)) / 2
        if kind == "date":
            return DAY + self.random.randint(0, 20)
        return self.random.choice([*(self.random.randint(-5, 15) for _ in range(6)), *HUGE])

    def _window(self):
        if self.random.random() < 0.5:
            return Window()
        first, last = sorted(DAY + self.random.randint(0, 20) for _ in range(2))
        return Window(date.fromordinal(first), date.fromordinal(last))

    def _value(self, column):
        pick = self.random
        if column.optional and pick.random() < 0.3:
            return None
        if column.kind == "choice":
            return pick.choice(WORDS)
        if column.kind == "text":
            return pick.choice([*WORDS, "", "lạ", "x" * 70_000])
        if column.kind == "boolean":
            return pick.random() < 0.5
        if column.kind == "number":
            return Decimal(pick.randint(-42, 42)) / 4
        if column.kind == "date":
            return self.day()
        return pick.choice([*(pick.randint(-6, 16) for _ in range(6)), *HUGE, 2**62 + 1, 2**63, 10**30, 2**53])


def met_plainly(table, facts, on):
    """Row by row, cell by cell: what a person would do."""
    known = dict(facts)
    for one in table.categories:
        known[one.name] = any(all(cell.accepts(known[k]) for k, cell in row.items()) for row in one.rows)
    return {
        row.id
        for row in table.rows
        if row.window.covers(on) and all(cell.accepts(known[name]) for name, cell in row.cells.items())
    }


@pytest.fixture
def chance():
    """A maker of random tables and situations: `chance(seed)`."""
    return Chance


@pytest.fixture
def plainly():
    """The reference evaluation."""
    return met_plainly
