"""Every amount a second time: from the facts as they were given, row by row, with fractions.

The first way goes over derived facts, the index of rows and decimals (`rules.fees.calculation`). This one shares the
law's data, the checked facts and which of the two days decides with it, and nothing else: it derives what follows from
the facts itself, reads the conditions plainly, and computes with whole numbers and fractions. A wrong amount would have
to be wrong twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Final

from rules.errors import RulesDisagree
from rules.fees.items import Cap, FeeRule, Policy, Tariff
from rules.fees.quotes import QuoteLine
from rules.fees.schedule import FeeSchedule
from rules.fees.second.plan import ItemPlan, plan_of
from rules.fees.situation import Situation

_AHEAD_OF_UTC: Final = timedelta(hours=7)


def check_amounts(situation: Situation, lines: Iterable[QuoteLine]) -> None:
    """Raise RulesDisagree when the amounts of these lines are not those of the second computation."""
    first = {line.item_code: line.after.dong for line in lines}
    second = _Second(situation).amounts()
    if first == second:
        return
    wrong = [item for item in situation.procedure.items if first.get(item.code) != second.get(item.code)]
    vi, en = ("; ".join(item.name.in_language(lang) for item in wrong) for lang in ("vi", "en"))
    raise RulesDisagree(
        f"Hai cách tính độc lập không cho cùng số tiền ({vi}); không đưa ra số tiền nào. "
        "Cán bộ tính theo biểu phí; người quản trị soát hệ thống.",
        f"Two independent computations do not give the same amount ({en}); no amount is named. "
        "An official works the fee out from the tariff; an administrator looks into the system.",
    )


class _Second:
    """One situation seen anew."""

    def __init__(self, situation: Situation) -> None:
        self.plan = plan_of(situation.schedule, situation.procedure)
        self.policy = situation.procedure.policy
        request, given = situation.request, situation.facts
        self.filed = _day(request.submitted_at)
        self.accepted = self.filed if request.accepted_at is None else _day(request.accepted_at)
        self.given = given
        self.facts = {**given, **_derived(situation.schedule, self.policy, given, self.filed)}
        subjects = given.get("subject")
        self.subjects = frozenset(subjects) if isinstance(subjects, list) else frozenset()

    def amounts(self) -> dict[str, int]:
        """What each charged item costs, in đồng."""
        found = {}
        for item in self.plan:
            if item.charged is None or item.charged(self.facts):
                count = item.count(self.facts)
                if count:
                    found[item.code] = self._amount(item, count)
        return found

    def _amount(self, item: ItemPlan, count: int) -> int:
        days = (self.filed, self.accepted)
        rows = [row for dated, when, row in item.tariffs if dated.covers(days) and (when is None or when(self.facts))]
        if len(rows) != 1:
            return -1  # the first way found one
        unit = self._unit(item, rows[0])
        amount = unit * count
        for dated, cap in item.caps:
            if dated.covers(days):
                amount = min(amount, _cap(cap, unit, count))
        rules = [
            rule
            for dated, when, rule in item.rules
            if (not rule.subjects or rule.subjects & self.subjects)
            and dated.covers(days)
            and (when is None or when(self.facts))
            and self._proven(rule, dated.day(days))
        ]
        if any(rule.kind != "reduction" for rule in rules):
            return 0
        return _rounded(self._reduced(amount, rules), self.policy) if amount else 0

    def _unit(self, item: ItemPlan, row: Tariff) -> int:
        if row.value_vnd is not None:
            return row.value_vnd
        if row.formula is not None:
            return item.formulas[row.code](self.facts)
        total, done = 0, 0
        count = item.bands(self.facts) if item.bands else 1
        for band in row.bands:
            step = max((count if band.up_to is None else min(count, band.up_to)) - done, 0)
            total, done = total + step * band.value_vnd, done + step
        return total

    def _reduced(self, amount: int, rules: list[FeeRule]) -> Fraction | int:
        if not rules:
            return amount
        exact = Fraction(amount)
        if self.policy.combination == "best":
            return min([_less(exact, rule) for rule in rules])
        for rule in rules:
            exact = _less(exact, rule)
        return exact

    def _proven(self, rule: FeeRule, day: date) -> bool:
        until = self.given.get("proof_valid_to")
        if not isinstance(until, Mapping):
            return True
        counting = rule.subjects & self.subjects
        return not counting or any(subject not in until or until[subject] >= day for subject in counting)


def _cap(cap: Cap, unit: int, count: int) -> int:
    return cap.value_vnd if cap.scope == "line" else min(unit, cap.value_vnd) * count


def _less(amount: Fraction, rule: FeeRule) -> Fraction:
    if rule.amount_vnd is not None:
        return max(amount - rule.amount_vnd, Fraction(0))
    return amount - amount * (rule.percent_bp or 0) / 10_000


def _rounded(amount: Fraction | int, policy: Policy) -> int:
    to = policy.rounding_to
    whole, rest = divmod(amount, to)
    up = {"half_up": 2 * rest >= to, "floor": False, "ceil": rest > 0}[policy.rounding]
    return int(whole + up) * to


def _derived(schedule: FeeSchedule, policy: Policy, given: Mapping[str, object], filed: date) -> dict[str, object]:
    born, area = given.get("birth_on"), given.get("area")
    category = _category(schedule, area) if isinstance(area, str) else None
    return {
        "online": given.get("channel") in policy.online_channels,
        "age": _age(born, filed) if isinstance(born, date) else None,
        "area_category": category,
        "rural": schedule.areas.categories[category].rural if category else None,
    }


def _age(born: date, filed: date) -> int:
    """Completed years: the birthdays there have been; one on 29/02 comes on 28/02 of other years."""
    leap = filed.year % 4 == 0 and (filed.year % 100 != 0 or filed.year % 400 == 0)
    birthday = (2, 28) if (born.month, born.day) == (2, 29) and not leap else (born.month, born.day)
    return filed.year - born.year - (birthday > (filed.month, filed.day))


def _category(schedule: FeeSchedule, area: str) -> str | None:
    left, found = [area], set[str]()
    while left:
        code = left.pop()
        if code in schedule.areas.categories:
            found.add(code)
        elif code in schedule.areas.units:
            own = schedule.areas.units[code]
            left += [own.category] if own.category else own.formed_from
    return found.pop() if len(found) == 1 else None


def _day(at: datetime) -> date:
    """The day in Việt Nam, whose clock has stood at UTC+7 since before any fee law."""
    return (at.astimezone(UTC) + _AHEAD_OF_UTC).date()
