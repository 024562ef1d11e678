"""Proving a decision table before publication: gaps, overlaps, contradictions, dead rows, holes in time.

Every finding names its rows, an example situation and what to do. A table too large for the budget is
reported as incomplete, never as clean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from rules.tables.cells import Among, Cell, Number, Within
from rules.tables.findings import Finding
from rules.tables.index import SegmentIndex, WordIndex, index_column, window_cell
from rules.tables.space import NODE_BUDGET, Choice, Dimension, OverBudgetError, Space
from rules.tables.table import Column, DecisionTable, Row
from rules.text import Text

DAY = "valid_on"
_SINGLE = ("UNIQUE", "ANY", "FIRST", "PRIORITY")


def verify_table(table: DecisionTable, *, complete: bool = True, budget: int = NODE_BUDGET) -> list[Finding]:
    """All findings of one table.

    `complete` asks for a row in every situation (not for COLLECT, RULE ORDER and OUTPUT ORDER tables, whose
    empty result is a result).
    """
    findings = [*own_findings(table)]
    broken = {row for one in findings if one.code in ("wrong_type", "unknown_fact") for row in one.rows}
    rows = [row for row in table.rows if row.id not in broken]
    space = Space(dimensions(table, rows), len(rows), budget=budget)
    disjoint = next(space.overlaps(), None) is None
    if table.hit_policy == "UNIQUE" and not disjoint:
        space = space.with_budget(budget // 10)  # it cannot be published anyway; gaps are looked for, but not long
    findings += _dead(table, rows, space, disjoint=disjoint)
    findings += pair_findings(table, rows, space)
    if complete and table.hit_policy in _SINGLE:
        findings += _gaps(table, rows, space, disjoint=disjoint)
    return findings


def dimensions(table: DecisionTable, rows: Sequence[Row]) -> list[Dimension]:
    """One dimension for each column and category, and one for the days of validity."""
    found = [column_dimension(column, [row.cells.get(column.name) for row in rows]) for column in table.columns]
    for category in table.categories:
        flag = Column(category.name, "boolean", category.label)
        found.append(column_dimension(flag, [row.cells.get(category.name) for row in rows]))
    windows = [window_cell(row.window) for row in rows]
    starts = [row.window.valid_from for row in rows if row.window.valid_from]
    if any(windows):
        first = None if len(starts) < len(rows) else min(starts).toordinal()
        found.append(column_dimension(Column(DAY, "date", Text("Ngày", "Day"), minimum=first), windows))
    return found


def column_dimension(column: Column, cells: Sequence[Cell | None]) -> Dimension:
    """The elementary pieces of one column within its words or bounds, each with its rows."""
    index = index_column(cells, column.kind)
    if isinstance(index, WordIndex):
        choices = [Choice({column.name: word}, index.mask(word)) for word in _words(column, cells)]
    else:
        choices = list(_segments(column, index))
    if column.optional:
        choices.append(Choice({column.name: None}, index.mask(None)))
    return Dimension(column.name, tuple(choices))


def _words(column: Column, cells: Sequence[Cell | None]) -> list[object]:
    if column.kind == "boolean":
        return [True, False]
    if column.words:
        return list(column.words)
    used = sorted({str(word) for cell in cells if isinstance(cell, Among) for word in cell.words})
    other = "khác"
    while other in used:
        other += "*"
    return [*used, other]


def _segments(column: Column, index: SegmentIndex) -> Iterator[Choice]:
    for number, mask in enumerate(index.masks):
        value = _representative(column, index.bounds, number)
        if value is not None:
            shown = date.fromordinal(int(value)) if column.kind == "date" else value
            yield Choice({column.name: shown}, mask)


def _representative(column: Column, bounds: Sequence[Number], number: int) -> Number | None:
    """A value in elementary segment `number`; None when the column has no value there."""
    whole = column.kind in ("integer", "date")
    low = 1 if column.kind == "date" and column.minimum is None else column.minimum
    high = date.max.toordinal() if column.kind == "date" and column.maximum is None else column.maximum
    at, on_bound = divmod(number, 2)
    if on_bound:
        value: Number = bounds[at]
        fits = (not whole or value == int(value)) and (low is None or value >= low) and (high is None or value <= high)
        return value if fits else None
    left = bounds[at - 1] if at else None
    right = bounds[at] if at < len(bounds) else None
    return _between(left, right, low, high, whole=whole)


def _between(
    left: Number | None, right: Number | None, low: int | None, high: int | None, *, whole: bool
) -> Number | None:
    """A value strictly between two bounds and within low..high (both included); None when there is none."""
    if whole:
        left, right = (None if left is None else int(left // 1)), (None if right is None else -int(-right // 1))
    start = low if left is None or (low is not None and low > left) else left + 1 if whole else left
    stop = high if right is None or (high is not None and high < right) else right - 1 if whole else right
    if start is None or stop is None:
        return _beyond(start, stop, open_start=start == left, open_stop=stop == right)
    if whole:
        return start if start <= stop else None
    middle = (Decimal(start) + Decimal(stop)) / 2
    inside = (left is None or middle > left) and (right is None or middle < right)
    return middle if start <= stop and inside else None


def _beyond(start: Number | None, stop: Number | None, *, open_start: bool, open_stop: bool) -> Number:
    """A value in a half-line; an open end itself does not belong to it."""
    if start is not None:
        return start + 1 if open_start else start
    if stop is not None:
        return stop - 1 if open_stop else stop
    return 0


def own_findings(table: DecisionTable) -> Iterator[Finding]:
    """What one row alone can be wrong about."""
    columns: Mapping[str, Column] = {column.name: column for column in table.columns}
    kinds = table.kinds
    seen: set[str] = set()
    for row in table.rows:
        if row.id in seen:
            yield _finding("duplicate", table, (row,), f"Mã dòng {row.id} được dùng hai lần.",
                           f"The row id {row.id} is used twice.")  # fmt: skip
        seen.add(row.id)
        if not row.basis:
            yield _finding("missing_basis", table, (row,), f"Dòng {row.id} không có căn cứ pháp lý.",
                           f"Row {row.id} has no legal basis.")  # fmt: skip
        if row.window.valid_from and row.window.valid_to and row.window.valid_to < row.window.valid_from:
            yield _finding("unreachable", table, (row,), f"Dòng {row.id} hết hiệu lực trước khi có hiệu lực.",
                           f"Row {row.id} ends before it begins.")  # fmt: skip
        for name, cell in row.cells.items():
            yield from _cell_findings(table, row, name, cell, kinds.get(name), columns.get(name))
        yield from _results(table, row)
        for output in table.outputs:
            if output.values and row.outputs.get(output.name) not in output.values:
                yield _finding("wrong_type", table, (row,), f"Dòng {row.id}: kết quả «{output.name}» lạ.",
                               f"Row {row.id}: unknown result in “{output.name}”.")  # fmt: skip


def _results(table: DecisionTable, row: Row) -> Iterator[Finding]:
    """Every output of the table has its value in the row, and the row has no others."""
    names = {output.name for output in table.outputs}
    for name in sorted(set(row.outputs) - names):
        yield _finding("wrong_type", table, (row,), f"Dòng {row.id} cho kết quả «{name}», bảng không có cột này.",
                       f"Row {row.id} gives “{name}”, which is no output of the table.")  # fmt: skip
    for name in sorted(names - set(row.outputs)):
        yield _finding("wrong_type", table, (row,), f"Dòng {row.id} thiếu kết quả «{name}».",
                       f"Row {row.id} gives no “{name}”.")  # fmt: skip


def _cell_findings(
    table: DecisionTable, row: Row, name: str, cell: Cell, kind: str | None, column: Column | None
) -> Iterator[Finding]:
    if kind is None:
        yield _finding("unknown_fact", table, (row,), f"Dòng {row.id} hỏi «{name}», bảng không có cột này.",
                       f"Row {row.id} asks for “{name}”, which is no column of the table.")  # fmt: skip
        return
    wordy = kind in ("choice", "text", "boolean")
    if wordy != isinstance(cell, Among):
        yield _finding("wrong_type", table, (row,), f"Dòng {row.id}, cột «{name}»: điều kiện không đúng kiểu {kind}.",
                       f"Row {row.id}, column “{name}”: the condition is not of type {kind}.")  # fmt: skip
    elif isinstance(cell, Among):
        allowed = {True, False} if kind == "boolean" else set(column.words if column else ())
        odd = sorted(str(word) for word in cell.words if allowed and word not in allowed)
        if odd:
            yield _finding("wrong_type", table, (row,), f"Dòng {row.id}, cột «{name}»: không có {', '.join(odd)}.",
                           f"Row {row.id}, column “{name}”: no such value {', '.join(odd)}.")  # fmt: skip


def _dead(table: DecisionTable, rows: Sequence[Row], space: Space, *, disjoint: bool) -> Iterator[Finding]:
    """Rows nothing can meet; in FIRST tables also rows whose situations earlier rows take entirely."""
    never = set(space.unreachable())
    for at in sorted(never):
        yield _finding("unreachable", table, (rows[at],), f"Không tình huống nào thỏa mãn dòng {rows[at].id}.",
                       f"No situation meets row {rows[at].id}.")  # fmt: skip
    if table.hit_policy != "FIRST" or disjoint:
        return
    for at, row in enumerate(rows):
        if at in never:
            continue
        try:
            free = space.gaps(alive=(1 << at) - 1, within=at, limit=1)
        except OverBudgetError:
            yield _incomplete(table)
            return
        if not free:
            yield _finding("unreachable", table, (row,), f"Các dòng trước đã chiếm hết tình huống của dòng {row.id}.",
                           f"Earlier rows take every situation of row {row.id}.", space.example(at))  # fmt: skip


def pair_findings(table: DecisionTable, rows: Sequence[Row], space: Space) -> Iterator[Finding]:
    """Pairs of rows that are met together where the hit policy forbids it."""
    if table.hit_policy not in ("UNIQUE", "ANY"):
        return
    for one, other, example in space.overlaps():
        same = rows[one].outputs == rows[other].outputs
        if table.hit_policy == "ANY" and same:
            code = "subsumed" if space.within(one, other) or space.within(other, one) else ""
        else:
            code = "overlap" if same else "contradiction"
        if code:
            a, b = rows[one].id, rows[other].id
            yield _finding(code, table, (rows[one], rows[other]), f"Dòng {a} và dòng {b} cùng thỏa mãn một tình huống.",
                           f"Rows {a} and {b} are met by one situation.", example)  # fmt: skip


def _gaps(table: DecisionTable, rows: Sequence[Row], space: Space, *, disjoint: bool) -> Iterator[Finding]:
    try:
        found = space.gaps_between() if disjoint else space.gaps()
    except OverBudgetError:
        yield _incomplete(table)
        return
    for example in found:
        timeless = {name: value for name, value in example.items() if name != DAY}
        others = [row for row in rows if all(_accepts(row, name, value) for name, value in timeless.items())]
        if DAY in example and others:
            yield _finding("date_hole", table, tuple(others), "Có ngày không dòng nào có hiệu lực cho tình huống này.",
                           "On some day no row is in force for this situation.", example)  # fmt: skip
        else:
            yield _finding("gap", table, (), "Không dòng nào thỏa mãn tình huống này.",
                           "No row is met by this situation.", example)  # fmt: skip


def _accepts(row: Row, name: str, value: object) -> bool:
    cell = row.cells.get(name)
    plain = value.toordinal() if isinstance(value, date) else value
    return cell is None or (isinstance(cell, Among | Within) and cell.accepts(plain))


def _incomplete(table: DecisionTable) -> Finding:
    return Finding("incomplete", table.code, (), Text("Chưa chứng minh hết.", "Not proven entirely."), {}, "warning")


def _finding(
    code: str, table: DecisionTable, rows: Sequence[Row], vi: str, en: str, example: Mapping[str, object] | None = None
) -> Finding:
    shown = {name: value.isoformat() if isinstance(value, date) else value for name, value in (example or {}).items()}
    return Finding(code, table.code, tuple(dict.fromkeys(row.id for row in rows)), Text(vi, en), shown)
