"""What the second computation needs of a procedure, prepared once: who may apply to which item, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rules.fees.items import Cap, FeeItem, FeeRule, ProcedureFees, Tariff
from rules.fees.legal_day import ACCEPTED_ON, deciding_day
from rules.fees.predicates import Predicate
from rules.fees.schedule import FeeSchedule
from rules.fees.second.plain import Facts, condition, number
from rules.legal import LegalBasis, Window

_Ask = Callable[[Facts], bool]
_Count = Callable[[Facts], int]


class Dated(NamedTuple):
    """The days on which a value is law, and whether they are asked of the day of acceptance."""

    accepted: bool
    first: date
    last: date

    def day(self, days: tuple[date, date]) -> date:
        """Of the days of submission and acceptance the one that decides."""
        return days[self.accepted]

    def covers(self, days: tuple[date, date]) -> bool:
        """Is it law on the day that decides?"""
        return self.first <= days[self.accepted] <= self.last


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """One item with everything that can apply to it."""

    code: str
    charged: _Ask | None
    count: _Count
    bands: _Count | None
    tariffs: tuple[tuple[Dated, _Ask | None, Tariff], ...]
    formulas: dict[str, _Count]
    caps: tuple[tuple[Dated, Cap], ...]
    rules: tuple[tuple[Dated, _Ask | None, FeeRule], ...]


def plan_of(schedule: FeeSchedule, procedure: ProcedureFees) -> tuple[ItemPlan, ...]:
    """The plan of a procedure's items; made at the first quote and kept with the schedule's table."""
    kept = schedule.tables[procedure.code].kept
    found = kept.get("second")
    if not isinstance(found, tuple):
        found = kept["second"] = tuple(_item(schedule, procedure, item) for item in procedure.items)
    return found


def _item(schedule: FeeSchedule, procedure: ProcedureFees, item: FeeItem) -> ItemPlan:
    def dated(window: Window, basis: tuple[LegalBasis, ...]) -> Dated:
        accepted = deciding_day(basis, procedure.policy, schedule.documents) == ACCEPTED_ON
        return Dated(accepted, window.valid_from or date.min, window.valid_to or date.max)

    return ItemPlan(
        item.code,
        _asked(item.charged_when),
        number(item.quantity),
        None if item.bands_over is None else number(item.bands_over),
        tuple((dated(row.window, row.basis), _asked(row.when), row) for row in item.tariffs),
        {row.code: number(row.formula) for row in item.tariffs if row.formula is not None},
        tuple((dated(cap.window, cap.basis), cap) for cap in item.caps),
        tuple(
            (dated(rule.window, rule.basis), _asked(rule.when), rule)
            for rule in schedule.rules
            if _speaks_of(rule, item, procedure.code)
        ),
    )


def _asked(predicate: Predicate | None) -> _Ask | None:
    return None if predicate is None else condition(predicate)


def _speaks_of(rule: FeeRule, item: FeeItem, procedure: str) -> bool:
    scope = rule.scope
    named = (
        (scope.items, item.code),
        (scope.kinds, item.kind),
        (scope.authorities, item.authority),
        (scope.procedures, procedure),
    )
    return all(not wanted or word in wanted for wanted, word in named)
