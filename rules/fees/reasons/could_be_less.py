"""Which facts nobody gave could make a quote lower: the person is told, and may give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules.fees import sentences
from rules.fees.items import Tariff
from rules.fees.quotes import QuoteLine
from rules.fees.situation import Situation, reaches
from rules.fees.table import rule_row, table_value, tariff_row
from rules.tables import Row
from rules.text import Text


def could_be_less(situation: Situation, lines: tuple[QuoteLine, ...]) -> Iterator[Text]:
    """A sentence for every fact left out with which a line would be lower: the fact, and the rule that waits for it."""
    due = {line.item_code: line for line in lines if line.after}
    given = situation.request.facts
    left_out = [name for name in situation.procedure.facts.defaults if given.get(name) is None] if due else []
    table = situation.schedule.tables[situation.procedure.code]
    for name in left_out:
        met = {row.id for row, free in table.rows_about(name) if _waits(situation, row, free)}
        waiting = list(_names(situation, met, due)) if met else []
        if waiting:
            yield sentences.could_be_less(situation.schedule.vocabulary[name], waiting)


def _waits(situation: Situation, row: Row, free: frozenset[str]) -> bool:
    """Would the row be met if only the columns in `free` were as it wants them?"""
    if row.id in situation.met:
        return False
    return all(
        name in free or cell.accepts(table_value(name, situation.everything, situation.days))
        for name, cell in row.cells.items()
    )


def _names(situation: Situation, met: set[str], due: Mapping[str, QuoteLine]) -> Iterator[Text]:
    """The rules and the cheaper tariffs behind these rows by their names, where something is due that they lower."""
    items = [item for item in situation.procedure.items if item.code in due]
    lower = [rule for item in items for rule in situation.rules_about(item) if reaches(situation, rule, item)]
    yield from (rule.name for rule in lower if rule_row(rule) in met)
    for item in items:
        if any(tariff_row(item, row.code) in met and _cheaper(row, due[item.code]) for row in item.tariffs):
            yield item.name


def _cheaper(tariff: Tariff, line: QuoteLine) -> bool:
    price = tariff.value_vnd
    return price is not None and price * line.quantity < line.before.dong
