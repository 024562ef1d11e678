"""One situation as the rules see it: checked facts, derived facts, and the day that decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rules.feel import to_feel
from rules.fees.errors import BadInstantError
from rules.fees.facts import age_on, check_birth, read_facts
from rules.fees.items import FeeItem, FeeRule, ProcedureFees
from rules.fees.legal_day import LegalDays, deciding_day
from rules.fees.predicates import Formula
from rules.fees.quotes import QuoteRequest
from rules.fees.schedule import FeeSchedule
from rules.fees.table import FeeTable, concerns_row, rule_row, table_facts
from rules.legal import LegalBasis

_YEARS = (1900, 9000)  # far beyond every tariff; at the very ends of the calendar another zone has no day


class SecondEngine(Protocol):
    """Another evaluator of the same tables; it raises RulesDisagree when it finds other rows. `mode`: see `Quote`."""

    mode: str

    def compare(self, table: FeeTable, facts: Mapping[str, object], on: date, met: frozenset[str]) -> None:
        """Evaluate `table` for `facts` and compare with the rows `met`."""


@dataclass(frozen=True)
class Situation:
    """Facts in a closed world. `everything` holds every documented and derived name; what nobody said is None."""

    schedule: FeeSchedule
    procedure: ProcedureFees
    request: QuoteRequest
    facts: Mapping[str, object]
    everything: Mapping[str, object]
    days: LegalDays
    met: frozenset[str]

    def day_of(self, basis: tuple[LegalBasis, ...]) -> date:
        """The legally relevant day for a value resting on `basis`."""
        known = self.schedule.tables[self.procedure.code].deciding.get(id(basis))
        return self.days.named(known or deciding_day(basis, self.procedure.policy, self.schedule.documents))

    def number(self, formula: Formula) -> int:
        """What a formula such as `copies * events` gives here; raises FormulaError when it is no whole number."""
        return formula.whole({name: to_feel(self.everything[name]) for name in formula.names})

    def rules_about(self, item: FeeItem) -> tuple[FeeRule, ...]:
        """The rules that speak of this item, whoever decides it, in the order of the files."""
        return self.schedule.tables[self.procedure.code].speaking[item.code]

    def concerns(self, rule: FeeRule) -> bool:
        """True when the person and the channel are those the rule speaks of, whatever the date and the item."""
        return concerns_row(rule) in self.met

    def in_force(self, rule: FeeRule) -> bool:
        """True when the rule is law on its legally relevant day."""
        return rule.window.covers(self.day_of(rule.basis))

    def applies(self, rule: FeeRule) -> bool:
        """True when the rule concerns the person and is in force."""
        return rule_row(rule) in self.met

    def proof_ended(self, rule: FeeRule) -> date | None:
        """The last day of the paper proving the subject, when it had ended on the relevant day.

        A person counts under every subject they named; one valid proof is enough.
        """
        until = self.facts.get("proof_valid_to")
        subjects = self.facts.get("subject")
        if not isinstance(until, Mapping) or not isinstance(subjects, list):
            return None
        ends = [until.get(subject, date.max) for subject in subjects if subject in rule.subjects]
        last = max(ends, default=date.max)
        return last if last < self.day_of(rule.basis) else None


def read_situation(
    schedule: FeeSchedule, procedure: ProcedureFees, request: QuoteRequest, second: SecondEngine | None = None
) -> Situation:
    """Check the facts, compute what follows from them (online, age, area category), and find the rows met.

    Raises FactsError for facts that are missing, unknown or wrong; BadInstantError without a time zone;
    RulesDisagree when a second engine is given and finds other rows.
    """
    for at in (request.submitted_at, request.accepted_at):
        if at is not None and at.tzinfo is None:
            raise BadInstantError(
                "Thời điểm nộp, tiếp nhận phải có múi giờ (ví dụ 2023-12-31T23:59:59+07:00).",
                "Submission and acceptance need a time zone (for example 2023-12-31T23:59:59+07:00).",
            )
        if at is not None and not _YEARS[0] <= at.year <= _YEARS[1]:
            raise BadInstantError(
                f"Thời điểm nộp, tiếp nhận phải từ năm {_YEARS[0]} đến năm {_YEARS[1]} (đang là {at.isoformat()}).",
                f"Submission and acceptance must lie in the years {_YEARS[0]} to {_YEARS[1]} (found {at.isoformat()}).",
            )
    facts = read_facts(schedule.vocabulary, procedure.facts, request.facts)
    everything: dict[str, object] = dict.fromkeys(schedule.vocabulary)
    days = LegalDays.of(request.submitted_at, request.accepted_at)
    check_birth(schedule.vocabulary, facts, days.submitted_on)
    everything |= {**facts, **_derived(schedule, procedure, days, facts)}
    met = _rows_met(schedule.tables[procedure.code], everything, days, second)
    return Situation(schedule, procedure, request, facts, everything, days, met)


def _rows_met(
    table: FeeTable, everything: Mapping[str, object], days: LegalDays, second: SecondEngine | None
) -> frozenset[str]:
    known = table_facts(table, everything, days)
    met = frozenset(table.index.row_ids(table.index.rows_met(known, days.submitted_on)))
    if second is not None:
        second.compare(table, known, days.submitted_on, met)
    return met


def _derived(
    schedule: FeeSchedule, procedure: ProcedureFees, days: LegalDays, facts: Mapping[str, object]
) -> dict[str, object]:
    submitted_on = days.submitted_on
    birth_on, area = facts.get("birth_on"), facts.get("area")
    category = schedule.areas.resolve(area, submitted_on) if isinstance(area, str) else None
    return {
        "online": facts.get("channel") in procedure.policy.online_channels,
        "age": age_on(birth_on, submitted_on) if isinstance(birth_on, date) else None,
        "area_category": category.code if category else None,
        "rural": category.rural if category else None,
    }


def reaches(situation: Situation, rule: FeeRule, item: FeeItem) -> bool:
    """True when the rule speaks about this item of this procedure."""
    return rule.scope.reaches(item, situation.procedure.code)
