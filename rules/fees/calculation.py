"""The calculation of one fee item: tariff → cap → exemption → zero rate → reduction → rounding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rules.errors import NoTariffError
from rules.fees import sentences
from rules.fees.errors import AmbiguousFeeError
from rules.fees.items import Cap, FeeItem, FeeRule, Tariff
from rules.fees.quotes import QuoteLine, Step
from rules.fees.reasons.not_applied import reasons_against
from rules.fees.situation import Situation, reaches
from rules.fees.table import charged_row, tariff_row
from rules.legal import LegalBasis
from rules.money import EXACT, ZERO, Money, percent_off, round_dong
from rules.text import Text


@dataclass
class _Line:
    """The running amount of one item and the steps taken so far."""

    situation: Situation
    item: FeeItem
    amount: Decimal = Decimal(0)
    steps: list[Step] = field(default_factory=list)

    def step(self, kind: str, rule: str, after: Decimal, basis: tuple[LegalBasis, ...], sentence: Text) -> None:
        self.steps.append(Step(kind, rule, self.amount, after, basis, sentence))
        self.amount = after


def price_line(situation: Situation, item: FeeItem) -> QuoteLine | None:
    """The line of `item`, or None when it is not charged here or its quantity is zero.

    Raises NoTariffError when no tariff row is in force, AmbiguousFeeError when two are.
    """
    if item.charged_when is not None and charged_row(item) not in situation.met:
        return None
    quantity = situation.number(item.quantity)
    if quantity == 0:
        return None
    line = _Line(situation, item)
    tariff = choose_tariff(situation, item)
    unit_price = _unit_price(situation, item, tariff)
    full = EXACT.multiply(unit_price, Decimal(quantity))
    text = sentences.tariff_sentence(item, tariff, quantity, unit_price, full)
    line.step("tariff", tariff.code, full, tariff.basis, text)
    _apply_caps(line, unit_price, quantity)
    before = line.amount
    applied = _apply_rules(line)
    for rule, text in reasons_against(situation, item, tariff, applied, line.amount):
        line.step("not_applied", rule.code, line.amount, rule.basis, text)
    after = _round(line)
    return QuoteLine(
        item_code=item.code,
        name=item.name,
        kind=item.kind,
        authority=item.authority,
        quantity=quantity,
        before=round_dong(before, "half_up", 1),
        after=after,
        steps=tuple(line.steps),
        sample=tariff.sample or any(rule.sample for rule in applied),
        refundable=item.refund.refundable if item.refund else None,
    )


def choose_tariff(situation: Situation, item: FeeItem) -> Tariff:
    """The one tariff row in force for this situation."""
    rows = [row for row in item.tariffs if tariff_row(item, row.code) in situation.met]
    if len(rows) == 1:
        return rows[0]
    on = situation.day_of(())
    if not rows:
        ended = _ended(situation, item)
        raise NoTariffError(
            f"Chưa có mức thu «{item.name.vi}» cho trường hợp này vào ngày {on:%d/%m/%Y}{ended.vi}; "
            "cần bổ sung biểu phí.",
            f"No tariff for “{item.name.en}” covers this situation on {on.isoformat()}{ended.en}; "
            "the fee table needs a row.",
        )
    codes = ", ".join(row.code for row in rows)
    raise AmbiguousFeeError(
        f"Nhiều mức thu «{item.name.vi}» cùng áp dụng ({codes}); không xác định được số tiền.",
        f"Several tariffs for “{item.name.en}” apply at once ({codes}); the amount is not determined.",
    )


def _ended(situation: Situation, item: FeeItem) -> Text:
    """Which law carried the last tariff, when it ended before the deciding day."""
    over = [row for row in item.tariffs if row.window.ended_before(situation.day_of(row.basis))]
    last = max(over, key=lambda row: row.window.valid_to or date.min, default=None)
    if last is None or last.window.valid_to is None:
        return Text("", "")
    source, end = sentences.citation(last.basis), last.window.valid_to
    return Text(
        f" (mức {last.code} theo {source.vi} chỉ có hiệu lực đến ngày {end:%d/%m/%Y})",
        f" (tariff {last.code} under {source.en} was in force until {end.isoformat()})",
    )


def _unit_price(situation: Situation, item: FeeItem, tariff: Tariff) -> Decimal:
    if tariff.formula is not None:
        return Decimal(situation.number(tariff.formula))
    if tariff.value_vnd is not None:
        return Decimal(tariff.value_vnd)
    count = situation.number(item.bands_over) if item.bands_over else 1
    total, below = 0, 0
    for band in tariff.bands:
        top = count if band.up_to is None else min(count, band.up_to)
        total += max(top - below, 0) * band.value_vnd
        below = max(below, top)
    return Decimal(total)


def _apply_caps(line: _Line, unit_price: Decimal, quantity: int) -> None:
    for cap in line.item.caps:
        if not cap.window.covers(line.situation.day_of(cap.basis)):
            continue
        after = _capped(cap, unit_price, quantity, line.amount)
        if after < line.amount:
            text = sentences.cap_sentence(cap, line.item, after)
            line.step("cap", f"{line.item.code}:cap", after, cap.basis, text)


def _capped(cap: Cap, unit_price: Decimal, quantity: int, amount: Decimal) -> Decimal:
    if cap.scope == "line":
        return min(amount, Decimal(cap.value_vnd))
    return min(amount, EXACT.multiply(min(unit_price, Decimal(cap.value_vnd)), Decimal(quantity)))


def applicable(situation: Situation, item: FeeItem, kind: str) -> Iterator[FeeRule]:
    """Rules of `kind` that reach the item, are in force, concern the person, and are still proven."""
    return (
        rule
        for rule in situation.rules_about(item)
        if rule.kind == kind
        and situation.applies(rule)
        and reaches(situation, rule, item)
        and situation.proof_ended(rule) is None
    )


def _apply_rules(line: _Line) -> tuple[FeeRule, ...]:
    """Exemption first, then a zero rate, then reductions; returns the rules that were applied."""
    situation, item = line.situation, line.item
    exemption = next(applicable(situation, item, "exemption"), None)
    if exemption is not None:
        text = sentences.exemption_sentence(exemption, line.amount)
        line.step("exemption", exemption.code, Decimal(0), exemption.basis, text)
        return (exemption,)
    zero_rate = next(applicable(situation, item, "zero_rate"), None)
    if zero_rate is not None:
        line.step("tariff", zero_rate.code, Decimal(0), zero_rate.basis, sentences.zero_rate_sentence(zero_rate))
        return (zero_rate,)
    return _apply_reductions(line) if line.amount else ()


def _apply_reductions(line: _Line) -> tuple[FeeRule, ...]:
    found = list(applicable(line.situation, line.item, "reduction"))
    if found and line.situation.procedure.policy.combination == "best":
        found = [min(found, key=lambda rule: reduced(rule, line.amount))]
    for rule in found:
        after = reduced(rule, line.amount)
        text = sentences.reduction_sentence(rule, line.amount, after)
        line.step("reduction", rule.code, after, rule.basis, text)
    return tuple(found)


def reduced(rule: FeeRule, amount: Decimal) -> Decimal:
    """`amount` after one reduction, exactly; never below zero."""
    if rule.amount_vnd is not None:
        return max(EXACT.subtract(amount, Decimal(rule.amount_vnd)), Decimal(0))
    return percent_off(amount, rule.percent_bp or 0)


def _round(line: _Line) -> Money:
    policy = line.situation.procedure.policy
    after = round_dong(line.amount, policy.rounding, policy.rounding_to) if line.amount else ZERO
    if Decimal(after.dong) != line.amount:
        text = sentences.rounding_sentence(policy, line.amount, after)
        line.step("rounding", f"{policy.rounding}:{policy.rounding_to}", Decimal(after.dong), (), text)
    return after
