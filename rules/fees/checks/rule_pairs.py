"""Pairs of rules that say the same, or different things, about the same people: by what their conditions mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from rules.fees.conditions import Alternatives, both
from rules.fees.items import FeeRule
from rules.fees.schedule import FeeSchedule
from rules.fees.table import concerns_row
from rules.legal import Window
from rules.tables import Finding, write_cell
from rules.text import Text


@dataclass(frozen=True)
class _Ground:
    """Whom a rule is about: its alternatives of conditions, subjects included, as the tables keep them."""

    rule: FeeRule
    cells: Alternatives
    meaning: frozenset[frozenset[tuple[str, str]]]


def rule_pairs(schedule: FeeSchedule) -> Iterator[Finding]:
    """Rules of one kind on the same ground, and people whom one rule exempts and another reduces."""
    for one, other in combinations([_ground(schedule, rule) for rule in schedule.rules], 2):
        if not _overlap(one.rule.window, other.rule.window):
            continue
        if one.rule.kind == other.rule.kind and one.rule.scope == other.rule.scope:
            if one.meaning == other.meaning:
                yield _same(one.rule, other.rule)
        elif {one.rule.kind, other.rule.kind} == {"exemption", "reduction"}:
            yield from _exempt_and_reduced(schedule, one, other)


def _ground(schedule: FeeSchedule, rule: FeeRule) -> _Ground:
    found: dict[frozenset[tuple[str, str]], dict[str, object]] = {}
    cells = []
    for table in schedule.tables.values():
        for row in table.table.rows:
            if row.id == concerns_row(rule):
                key = frozenset((name, write_cell(cell, table.table.kinds[name])) for name, cell in row.cells.items())
                if key not in found:
                    found[key] = {}
                    cells.append(row.cells)
    return _Ground(rule, tuple(cells), frozenset(found))


def _same(one: FeeRule, other: FeeRule) -> Finding:
    same = (one.percent_bp, one.amount_vnd) == (other.percent_bp, other.amount_vnd)
    code = "subsumed" if same else "contradiction"
    vi, en = "nói về cùng đối tượng, cùng khoản, cùng thời gian", "speak of the same people, items and time"
    return _finding(code, one, other, vi, en)


def _exempt_and_reduced(schedule: FeeSchedule, one: _Ground, other: _Ground) -> Iterator[Finding]:
    """The law that frees somebody leaves nothing to reduce: a reduction for the very same people is a mistake."""
    exempt, reduced = (one, other) if one.rule.kind == "exemption" else (other, one)
    freed, cut = _reached(schedule, exempt.rule), _reached(schedule, reduced.rule)
    if not freed & cut:
        return
    shared = sorted(exempt.rule.subjects & reduced.rule.subjects)
    covered = all(any(_within(cells, free) for free in exempt.cells) for cells in reduced.cells)
    swallowed = cut <= freed and bool(reduced.cells) and covered
    if swallowed or (shared and both(exempt.cells, reduced.cells)):
        who = f" ({', '.join(shared)})" if shared else ""
        yield _finding("contradiction", exempt.rule, reduced.rule, f"vừa miễn vừa giảm cho cùng đối tượng{who}",
                       f"exempt and reduce the same people{who}")  # fmt: skip


def _reached(schedule: FeeSchedule, rule: FeeRule) -> frozenset[tuple[str, str]]:
    """The items, by procedure, that a rule speaks about."""
    return frozenset(
        (procedure.code, item.code)
        for procedure in schedule.procedures.values()
        for item in procedure.items
        if rule.scope.reaches(item, procedure.code)
    )


def _within(inner: object, outer: object) -> bool:
    """Does every situation of one alternative lie within another?"""
    if not isinstance(inner, dict) or not isinstance(outer, dict):
        return False
    return all(name in inner and inner[name] == cell for name, cell in outer.items())


def _finding(code: str, one: FeeRule, other: FeeRule, vi: str, en: str) -> Finding:
    told = Text(f"{one.code} và {other.code} {vi}.", f"{one.code} and {other.code} {en}.")
    return Finding(code, "rules", (one.code, other.code), told)


def _overlap(one: Window, other: Window) -> bool:
    return (one.valid_from or date.min) <= (other.valid_to or date.max) and (other.valid_from or date.min) <= (
        one.valid_to or date.max
    )
