"""Situations stored beside a fee table: they must be green before the table is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.errors import RulesError
from rules.fees.items import FeeExample
from rules.fees.quote import quote
from rules.fees.quotes import Quote, QuoteRequest
from rules.fees.schedule import FeeSchedule
from rules.text import Text


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """One situation whose result is not the expected one."""

    procedure_code: str
    example: str
    message: Text


def check_examples(schedule: FeeSchedule) -> Iterator[ExampleFailure]:
    """Run every example of every procedure; yields only those that fail."""
    for procedure in schedule.procedures.values():
        for example in procedure.examples:
            message = run_example(schedule, procedure.code, example)
            if message is not None:
                yield ExampleFailure(procedure.code, example.name, message)


def run_example(schedule: FeeSchedule, procedure_code: str, example: FeeExample) -> Text | None:
    """None when the example holds, else what was found instead."""
    request = QuoteRequest(procedure_code, example.submitted_at, example.accepted_at, example.facts)
    try:
        found = quote(schedule, request)
    except RulesError as error:
        if example.error == error.code:
            return None
        return Text(f"Không tính được: {error.message_vi}", f"No quote: {error.message_en}")
    if example.error is not None:
        return Text(f"Lẽ ra phải báo lỗi {example.error}.", f"Expected the error {example.error}.")
    return _difference(example, found)


def _difference(example: FeeExample, found: Quote) -> Text | None:
    amounts = {line.item_code: line.after.dong for line in found.lines}
    wrong = [
        f"{code}: {amounts.get(code)} ≠ {expected}"
        for code, expected in example.lines.items()
        if amounts.get(code) != expected
    ]
    if example.total_vnd is not None and found.total.dong != example.total_vnd:
        wrong.append(f"{found.total.dong} ≠ {example.total_vnd}")
    if not wrong:
        return None
    return Text(f"Kết quả khác mong đợi: {'; '.join(wrong)}.", f"Not as expected: {'; '.join(wrong)}.")
