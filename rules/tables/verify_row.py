"""An edited row judged at once: by itself, and against each other row."""

from __future__ import annotations

from collections.abc import Mapping

from rules.tables.cells import Among, Interval, Within
from rules.tables.findings import Finding
from rules.tables.space import Space
from rules.tables.table import DecisionTable, Row
from rules.tables.verify import dimensions, own_findings, pair_findings


def verify_row(table: DecisionTable, row_id: str) -> list[Finding]:
    """What is wrong with one row that has just been edited, told at once: by itself, and against each other row.

    Gaps are a matter of the whole table: see `verify_table`.
    """
    edited = [row for row in table.rows if row.id == row_id]
    found = [one for one in own_findings(table) if row_id in one.rows]
    if any(one.code in ("wrong_type", "unknown_fact") for one in found):
        return found
    kinds = table.kinds
    for row in edited:
        for other in table.rows:
            if other is not row and table.hit_policy in ("UNIQUE", "ANY") and _share(row, other, kinds):
                pair = Space(dimensions(table, [row, other]), 2)
                found += pair_findings(table, [row, other], pair)
    return found


def _share(one: Row, other: Row, kinds: Mapping[str, str]) -> bool:
    """May two rows be met together? A quick look, column by column; the answer yes is then proven."""
    for name, cell in one.cells.items():
        there = other.cells.get(name)
        if there is None or name not in kinds:
            continue
        if isinstance(cell, Within) and isinstance(there, Within):
            if not any(_meet(a, b) for a in cell.intervals for b in there.intervals):
                return False
        elif isinstance(cell, Among) and isinstance(there, Among) and _apart(cell, there):
            return False
    return True


def _apart(one: Among, other: Among) -> bool:
    """Have two lists of words nothing in common for certain?"""
    return not one.negated and not other.negated and one.words.isdisjoint(other.words)


def _meet(one: Interval, other: Interval) -> bool:
    """Have two intervals a point in common, or may they have?"""
    return not (_before(one, other) or _before(other, one))


def _before(one: Interval, other: Interval) -> bool:
    """Does the one end before the other begins?"""
    if one.high is None or other.low is None:
        return False
    return one.high < other.low or (one.high == other.low and (one.high_open or other.low_open))
