"""The canonical decision table: rows with validity windows and citations, in immutable versions."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from rules.errors import Fact, FactsError, shown_names
from rules.legal import ALWAYS, LegalBasis, Window
from rules.tables.cells import Cell, write_cell
from rules.text import Text

COLUMN_KINDS = ("choice", "text", "boolean", "integer", "number", "date")
HIT_POLICIES = ("UNIQUE", "FIRST", "PRIORITY", "ANY", "RULE ORDER", "OUTPUT ORDER", "COLLECT")
AGGREGATORS = (None, "+", "<", ">", "#")

_TYPES: Mapping[str, tuple[type, ...]] = {
    "choice": (str,),
    "text": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, Decimal),
    "date": (date,),
}


@dataclass(frozen=True, slots=True)
class Column:
    """An input of the table: its type, its words or bounds, and how a person reads it."""

    name: str
    kind: str
    label: Text
    words: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    optional: bool = False

    def as_fact(self) -> Fact:
        """The form in which an error asks for it."""
        return Fact(self.name, self.kind, self.label.vi, self.label.en, self.words)

    def normalise(self, value: object) -> object:
        """The value as the engines see it: NFC text, day ordinals, exact numbers; None when not known.

        Raises FactsError when the value is not of this column's kind, words or bounds.
        """
        if value is None and self.optional:
            return None
        if type(value) is str and value.isascii() and value in self.words:
            return value
        fits = isinstance(value, _TYPES[self.kind]) and (self.kind == "boolean" or not isinstance(value, bool))
        if isinstance(value, str):
            value = unicodedata.normalize("NFC", value)
            fits = fits and (not self.words or value in self.words)
        elif isinstance(value, date):
            value = value.toordinal()
        elif isinstance(value, int | Decimal) and fits:
            fits = self._in_bounds(value)
        if not fits:
            raise FactsError(
                f"Thông tin «{self.name}» ({self.label.vi}) không nhận giá trị {value!r}.",
                f"Fact “{self.name}” ({self.label.en}) does not accept {value!r}.",
                needed=(self.as_fact(),),
            )
        return value

    def _in_bounds(self, value: int | Decimal) -> bool:
        low, high = self.minimum, self.maximum
        return (low is None or value >= low) and (high is None or value <= high)


@dataclass(frozen=True, slots=True)
class Output:
    """An output column; `values` in order of priority where the hit policy needs one."""

    name: str
    kind: str = "text"
    values: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: conditions by column (absent: anything), outputs, days of validity, citations."""

    id: str
    cells: Mapping[str, Cell]
    outputs: Mapping[str, object]
    window: Window = ALWAYS
    basis: tuple[LegalBasis, ...] = ()
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A named group of situations derived first: true when any of its rows is met.

    Later categories and the table's rows see it as a boolean column, also when it is false.
    """

    name: str
    rows: tuple[Mapping[str, Cell], ...]
    label: Text


@dataclass(frozen=True, slots=True)
class RowText:
    """A row as a trace shows it: its label, its conditions in their notation, its legal basis."""

    label: Mapping[str, str] | None
    conditions: tuple[tuple[str, str], ...]
    legal_basis: list[dict[str, str | None]]


@dataclass(frozen=True)
class DecisionTable:
    """A decision table. Its `hash` names exactly this version; changing anything makes another table."""

    code: str
    name: Text
    columns: tuple[Column, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    hit_policy: str = "UNIQUE"
    aggregator: str | None = None
    categories: tuple[Category, ...] = ()
    version: int = 1
    known_from: date | None = field(default=None, compare=False)

    @cached_property
    def hash(self) -> str:
        """SHA-256 over everything that can change a result or its reason."""
        text = json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def explanations(self) -> Mapping[str, RowText]:
        """What a trace says about each row, written once for all decisions."""
        return {
            row.id: RowText(
                row.label.to_dict() if row.label else None,
                tuple((name, write_cell(cell, self.kinds[name])) for name, cell in row.cells.items()),
                [basis.to_dict() for basis in row.basis],
            )
            for row in self.rows
        }

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Kind of every column a cell may speak about, categories included."""
        return {one.name: one.kind for one in self.columns} | {one.name: "boolean" for one in self.categories}

    def normalise(self, facts: Mapping[str, object]) -> dict[str, object]:
        """All columns with checked values. Raises FactsError listing what is missing or unknown."""
        found: dict[str, object] = {}
        given = 0
        for column in self.columns:
            value = facts.get(column.name)
            given += column.name in facts
            if value is None and not column.optional:
                raise self._refused(facts)
            found[column.name] = column.normalise(value)
        if given != len(facts):
            raise self._refused(facts)
        return found

    def _refused(self, facts: Mapping[str, object]) -> FactsError:
        unknown = tuple(sorted(facts.keys() - {one.name for one in self.columns}))
        missing = tuple(one.as_fact() for one in self.columns if facts.get(one.name) is None and not one.optional)
        names_vi = ", ".join(f"{fact.name} ({fact.question_vi})" for fact in missing) or "không"
        names_en = ", ".join(f"{fact.name} ({fact.question_en})" for fact in missing) or "nothing"
        odd = shown_names(unknown)
        return FactsError(
            f"Bảng {self.code}: còn thiếu {names_vi}; thông tin lạ: {odd or 'không'}.",
            f"Table {self.code}: missing {names_en}; unknown facts: {odd or 'none'}.",
            needed=missing or tuple(one.as_fact() for one in self.columns),
            unknown=unknown,
        )

    def to_dict(self) -> dict[str, object]:
        """Canonical JSON form, cells in their written notation."""
        return {
            "code": self.code,
            "name": self.name.to_dict(),
            "version": self.version,
            "hit_policy": self.hit_policy,
            "aggregator": self.aggregator,
            "columns": [
                {"name": c.name, "kind": c.kind, "label": c.label.to_dict(), "words": list(c.words),
                 "minimum": c.minimum, "maximum": c.maximum, "optional": c.optional}
                for c in self.columns
            ],
            "categories": [
                {"name": c.name, "label": c.label.to_dict(), "rows": [self._write(row) for row in c.rows]}
                for c in self.categories
            ],
            "outputs": [
                {"name": o.name, "kind": o.kind, "values": [_plain(v) for v in o.values]} for o in self.outputs
            ],
            "rows": [
                {"id": r.id, "when": self._write(r.cells), "outputs": {k: _plain(v) for k, v in r.outputs.items()},
                 "valid_from": _day(r.window.valid_from), "valid_to": _day(r.window.valid_to),
                 "basis": [one.to_dict() for one in r.basis], "label": r.label.to_dict() if r.label else None}
                for r in self.rows
            ],
        }  # fmt: skip

    def _write(self, cells: Mapping[str, Cell]) -> dict[str, str]:
        return {name: write_cell(cell, self.kinds.get(name, "text")) for name, cell in sorted(cells.items())}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: object) -> object:
    """An output value as JSON: decimals as text, days as ISO days."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
