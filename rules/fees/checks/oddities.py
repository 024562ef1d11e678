"""Values that a slip of the keyboard makes: 8 for 8000, the year 2205; and procedures nobody gave an example for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from rules.fees.schedule import FeeSchedule
from rules.legal import Window
from rules.tables import Finding
from rules.text import Text

_LEAST_VND: Final = 500  # no fee table of the State knows a smaller amount
_YEARS: Final = (1945, 2100)


def odd_values(schedule: FeeSchedule) -> Iterator[Finding]:
    """Amounts too small to be meant, and years far from any law."""
    for document in schedule.documents.values():
        yield from _dates("rules", document.number, document.window)
    for rule in schedule.rules:
        yield from _dates("rules", rule.code, rule.declared or rule.window)
        yield from _amount("rules", rule.code, rule.amount_vnd)
    for procedure in schedule.procedures.values():
        for item in procedure.items:
            for row in item.tariffs:
                yield from _dates(procedure.code, row.code, row.declared or row.window)
                for value in (row.value_vnd, *(band.value_vnd for band in row.bands)):
                    yield from _amount(procedure.code, row.code, value)
            for cap in item.caps:
                yield from _dates(procedure.code, f"{item.code}:cap", cap.declared or cap.window)
                yield from _amount(procedure.code, f"{item.code}:cap", cap.value_vnd)


def without_example(schedule: FeeSchedule) -> Iterator[Finding]:
    """A procedure that charges something and has no situation with a known amount."""
    for procedure in schedule.procedures.values():
        if procedure.items and not procedure.examples:
            yield Finding("no_example", procedure.code, (), Text(
                f"Thủ tục {procedure.code} chưa có tình huống mẫu nào.",
                f"Procedure {procedure.code} has no example."), severity="warning")  # fmt: skip


def _amount(table: str, code: str, value: int | None) -> Iterator[Finding]:
    if value is not None and 0 < value < _LEAST_VND:
        yield Finding("odd_value", table, (code,), Text(
            f"{code}: {value} đồng là số nhỏ lạ thường; có phải thiếu số 0?",
            f"{code}: {value} VND is unusually small; are zeros missing?"), severity="warning")  # fmt: skip


def _dates(table: str, code: str, window: Window) -> Iterator[Finding]:
    ends = [day for day in (window.valid_from, window.valid_to) if day is not None]
    for day in ends:
        if not _YEARS[0] <= day.year <= _YEARS[1] and day != date.max:
            yield Finding("odd_value", table, (code,), Text(
                f"{code}: năm {day.year} ở xa mọi văn bản; có phải gõ nhầm?",
                f"{code}: the year {day.year} is far from any law; is it mistyped?"), severity="warning")  # fmt: skip
