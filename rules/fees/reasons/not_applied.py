"""Why a discount the citizen may have heard of does not apply to this fee."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from rules.fees import sentences
from rules.fees.authority import PRICES
from rules.fees.items import FeeItem, FeeRule, Tariff
from rules.fees.situation import Situation, reaches
from rules.text import Text

# People remember a discount for about a year after it ended, and hear of a new one weeks before it begins.
_REMEMBERED = timedelta(days=366)
_ANNOUNCED = timedelta(days=31)


def reasons_against(
    situation: Situation, item: FeeItem, tariff: Tariff, applied: tuple[FeeRule, ...], amount: Decimal
) -> Iterator[tuple[FeeRule, Text]]:
    """Each rule that one could expect here but that does not apply, with its sentence.

    Nothing is explained when nothing is due, nor for service prices and postage.
    """
    if not amount or item.kind in PRICES:
        return
    told: set[str] = set()
    for rule in situation.rules_about(item):
        text = None if rule in applied else _reason(situation, item, tariff, applied, rule)
        if text is not None and text.vi not in told:
            told.add(text.vi)
            yield rule, text


def _reason(
    situation: Situation, item: FeeItem, tariff: Tariff, applied: tuple[FeeRule, ...], rule: FeeRule
) -> Text | None:
    if not situation.concerns(rule):
        hint = reaches(situation, rule, item) and situation.in_force(rule)
        return rule.otherwise if hint else None
    if not reaches(situation, rule, item):
        return sentences.not_their_fee(rule, item, tariff) if situation.in_force(rule) else None
    if not situation.in_force(rule):
        return _out_of_date(situation, rule)
    until = situation.proof_ended(rule)
    if until is not None:
        return sentences.proof_expired(rule, until, situation.day_of(rule.basis))
    return sentences.less_favourable(rule, applied[0]) if applied else None


def _out_of_date(situation: Situation, rule: FeeRule) -> Text | None:
    on, window = situation.day_of(rule.basis), rule.window
    ended = window.valid_to is not None and timedelta(0) < on - window.valid_to <= _REMEMBERED
    begins = window.valid_from is not None and timedelta(0) < window.valid_from - on <= _ANNOUNCED
    return sentences.out_of_date(rule, on) if ended or begins else None
