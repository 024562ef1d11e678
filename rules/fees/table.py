"""A procedure's fees as one canonical decision table: which tariff rows and which rules apply.

Every tariff row, charging condition, exemption, zero rate and reduction is a row; the result is the set of
rows that are met. Both engines evaluate this table, and verification reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rules.fees.areas import AreaTable
from rules.fees.conditions import SUBJECT, Alternatives, alternatives, both, subject_column
from rules.fees.facts import FactSpec
from rules.fees.items import FeeItem, FeeRule, Policy, ProcedureFees
from rules.fees.legal_day import ACCEPTED_ON, SUBMITTED_ON, LegalDays, deciding_day
from rules.fees.predicates import Predicate
from rules.legal import Document, LegalBasis, Window
from rules.tables import Among, Column, DecisionTable, Index, Output, Row, window_cell
from rules.text import Text

# Derived facts and the fact they come from.
SOURCES = {"online": "channel", "age": "birth_on", "area_category": "area", "rural": "area"}
_COLUMN_KINDS = {kind: kind for kind in ("integer", "boolean", "choice", "text", "date")} | {"area": "text"}


def fact_of(column: str) -> str:
    """The fact a person gives from which a column is known."""
    return SUBJECT if column.startswith(f"{SUBJECT}:") else SOURCES.get(column, column)


def tariff_row(item: FeeItem, code: str) -> str:
    """Id of the row of one tariff."""
    return f"tariff|{item.code}|{code}"


def charged_row(item: FeeItem) -> str:
    """Id of the row that says the item is charged at all."""
    return f"charged|{item.code}"


def rule_row(rule: FeeRule) -> str:
    """Id of the row of one exemption, zero rate or reduction, dates included."""
    return f"rule|{rule.code}"


def concerns_row(rule: FeeRule) -> str:
    """Id of the row that says the rule speaks of this person and channel, whatever the date."""
    return f"concerns|{rule.code}"


@dataclass(frozen=True, slots=True)
class Words:
    """What the conditions of a schedule may speak about."""

    vocabulary: Mapping[str, FactSpec]
    areas: AreaTable
    documents: Mapping[str, Document]


class FeeTable:
    """The table of one procedure with its exact index."""

    def __init__(self, words: Words, procedure: ProcedureFees, rules: Iterable[FeeRule]) -> None:
        maker, rules = _Maker(words, procedure.policy), tuple(rules)
        rows = tuple(maker.rows(procedure, rules))
        self.speaking = {
            item.code: tuple(rule for rule in rules if rule.scope.reaches_but_for_authority(item, procedure.code))
            for item in procedure.items
        }
        """By item the rules that speak of it, whoever decides it."""
        self.table = DecisionTable(
            code=f"fees:{procedure.code}",
            name=procedure.name,
            columns=tuple(maker.columns(rows)),
            outputs=(Output("row"),),
            rows=rows,
            hit_policy="COLLECT",
        )
        self.index = Index(self.table)
        cited = [rule.basis for rule in rules]
        for item in procedure.items:
            cited += [*(row.basis for row in item.tariffs), *(cap.basis for cap in item.caps)]
        self.deciding = {id(basis): maker.deciding(basis) for basis in cited}
        """By identity of the citations, which live as long as this table: the day that decides."""
        self.kept: dict[str, object] = {}
        """What others prepare from this table once."""
        self._about: dict[str, tuple[tuple[Row, frozenset[str]], ...]] = {}

    def rows_about(self, fact: str) -> tuple[tuple[Row, frozenset[str]], ...]:
        """The rows of tariffs and rules that look at a fact, or at what follows from it, and by which columns."""
        if fact not in self._about:
            found = ((row, frozenset(name for name in row.cells if fact_of(name) == fact)) for row in self.table.rows)
            kept = (pair for pair in found if pair[1] and pair[0].id.startswith(("rule|", "tariff|")))
            self._about[fact] = tuple(kept)
        return self._about[fact]


class _Maker:
    """Turns the words of one schedule into columns and rows."""

    def __init__(self, words: Words, policy: Policy) -> None:
        self._documents, self._policy = words.documents, policy
        self._known = known_columns(words.vocabulary, words.areas)

    def rows(self, procedure: ProcedureFees, rules: Iterable[FeeRule]) -> Iterator[Row]:
        """All rows of one procedure. Alternatives of one condition share its id."""
        for item in procedure.items:
            for tariff in item.tariffs:
                when = self._dated(self._when(tariff.when), tariff.window, tariff.basis)
                yield from _rows(tariff_row(item, tariff.code), when, tariff.basis, item.name)
            if item.charged_when is not None:
                yield from _rows(charged_row(item), self._when(item.charged_when), (), item.name)
        for rule in rules:
            if any(rule.scope.reaches_but_for_authority(item, procedure.code) for item in procedure.items):
                concerned = both(self._subjects(rule), self._when(rule.when))
                yield from _rows(concerns_row(rule), concerned, rule.basis, rule.name)
                dated = self._dated(concerned, rule.window, rule.basis)
                yield from _rows(rule_row(rule), dated, rule.basis, rule.name)

    def columns(self, rows: Iterable[Row]) -> Iterator[Column]:
        """The columns some row speaks about."""
        used = {name for row in rows for name in row.cells}
        return (column for name, column in self._known.items() if name in used)

    def _when(self, condition: Predicate | None) -> Alternatives:
        return ({},) if condition is None else alternatives(condition.source, self._known)

    def _subjects(self, rule: FeeRule) -> Alternatives:
        if not rule.subjects:
            return ({},)
        return tuple({subject_column(word): Among(frozenset([True]))} for word in sorted(rule.subjects))

    def _dated(self, when: Alternatives, window: Window, basis: tuple[LegalBasis, ...]) -> Alternatives:
        days = window_cell(window)
        return both(when, ({self.deciding(basis): days},)) if days else when

    def deciding(self, basis: tuple[LegalBasis, ...]) -> str:
        """The column of the day that decides for a value with this basis."""
        return deciding_day(basis, self._policy, self._documents)


def _rows(row_id: str, when: Alternatives, basis: tuple[LegalBasis, ...], label: Text) -> Iterator[Row]:
    for cells in when:
        yield Row(row_id, cells, {"row": row_id}, basis=basis, label=label)


def known_columns(vocabulary: Mapping[str, FactSpec], areas: AreaTable) -> dict[str, Column]:
    """Every column a condition of a fee table may speak about, derived ones included."""
    return dict(_derived_columns(areas)) | dict(_fact_columns(vocabulary))


def _fact_columns(vocabulary: Mapping[str, FactSpec]) -> Iterator[tuple[str, Column]]:
    for name, spec in vocabulary.items():
        if name == SUBJECT:
            for word, text in spec.values.items():
                yield subject_column(word), Column(subject_column(word), "boolean", text)
        elif spec.kind in _COLUMN_KINDS:
            kind = _COLUMN_KINDS[spec.kind]
            words = tuple(spec.values) if kind == "choice" else ()
            low, high = spec.minimum, spec.maximum
            yield name, Column(name, kind, spec.question, words, low, high, optional=True)


def _derived_columns(areas: AreaTable) -> Iterator[tuple[str, Column]]:
    categories = tuple(areas.categories)
    for column in (
        Column(SUBMITTED_ON, "date", Text("Ngày nộp", "Day of submission")),
        Column(ACCEPTED_ON, "date", Text("Ngày tiếp nhận", "Day of acceptance")),
        Column("online", "boolean", Text("Nộp trực tuyến", "Filed online")),
        Column("age", "integer", Text("Tuổi vào ngày nộp", "Age on filing"), minimum=0, maximum=150, optional=True),
        Column("area_category", "choice", Text("Loại địa bàn", "Kind of area"), categories, optional=True),
        Column("rural", "boolean", Text("Nông thôn", "Rural"), optional=True),
    ):
        yield column.name, column


def table_value(column: str, everything: Mapping[str, object], legal: LegalDays) -> object:
    """The normalised value of one column; see `table_facts`."""
    if column in (SUBMITTED_ON, ACCEPTED_ON):
        return legal.named(column).toordinal()
    if column.startswith(f"{SUBJECT}:"):
        subjects = everything.get(SUBJECT)
        return isinstance(subjects, list) and column.removeprefix(f"{SUBJECT}:") in subjects
    value = everything.get(column)
    return value.toordinal() if isinstance(value, date) else value


def table_facts(table: FeeTable, everything: Mapping[str, object], legal: LegalDays) -> dict[str, object]:
    """Normalised values of every column of the table for one situation, in a closed world."""
    days = {name: legal.named(name).toordinal() for name in (SUBMITTED_ON, ACCEPTED_ON)}
    subjects = everything.get(SUBJECT)
    named = set(subjects) if isinstance(subjects, list) else set()
    found: dict[str, object] = {}
    for column in table.table.columns:
        name = column.name
        if name in days:
            found[name] = days[name]
        elif name.startswith(f"{SUBJECT}:"):
            found[name] = name.removeprefix(f"{SUBJECT}:") in named
        else:
            value = everything.get(name)
            found[name] = value.toordinal() if isinstance(value, date) else value
    return found
