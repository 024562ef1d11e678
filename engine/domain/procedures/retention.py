"""Thời hạn lưu trữ: how long what kind of data of a finished dossier is kept; the procedure says it, with its source.

What is always kept: the dossier's number, dates, states, fees and receipts, the papers' numbers and digests, and the
chained history without personal data. Without a rule everything is kept for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from engine.domain.clock import local
from engine.domain.procedures.pack_reader import Reader

# content: the form, the parties, variables, answers, reasons, personal data in the history.
# files: papers that people sent. documents: papers the office made. notices: what people were told.
KINDS: Final = ("content", "files", "documents", "notices")
SAMPLE: Final = "sample"  # a period nobody has decided yet: for practice only, never carried out in earnest


@dataclass(frozen=True)
class RetentionRule:
    """Months after completion, by kind of data, while the rule is in force. A kind that is not named stays for ever."""

    months: Mapping[str, int]
    source: str
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def read_retention(reader: Reader) -> tuple[RetentionRule, ...]:
    """The rules of a pack; faults go to the reader."""
    rules = tuple(_rule(row) for row in reader.groups("retention")) if reader.has("retention") else ()
    starts = [rule.valid_from for rule in rules]
    if len(set(starts)) != len(starts):
        reader.fault("retention", "hai quy định cùng ngày bắt đầu", "two rules begin on the same day")
    return rules


def _rule(reader: Reader) -> RetentionRule:
    wanted = reader.group("keep_months")
    months = {kind: wanted.number(kind) for kind in KINDS if wanted.has(kind)}
    if unknown := set(reader.pairs("keep_months")) - set(KINDS):
        names = ", ".join(sorted(unknown))
        reader.fault("keep_months", f"không có loại dữ liệu {names}", f"there is no kind of data {names}")
    if any(not 1 <= number <= 1200 for number in months.values()):
        reader.fault("keep_months", "phải từ 1 đến 1200 tháng", "must be 1 to 1200 months")
    return RetentionRule(months, reader.word("source"), reader.day("valid_from"), reader.day("valid_to"))


def rule_on(rules: tuple[RetentionRule, ...], day: date) -> RetentionRule | None:
    """The rule in force; of several the one that began last. None: everything is kept."""
    holding = [rule for rule in rules if rule.holds_on(day)]
    return max(holding, key=lambda rule: rule.valid_from or date.min, default=None)


def finished_before(rule: RetentionRule, kind: str, now: datetime) -> datetime | None:
    """Dossiers finished before this instant (UTC) have had their time; None when the kind is kept for ever.

    Months are counted on the wall clock of Việt Nam.
    """
    months = rule.months.get(kind)
    if months is None:
        return None
    today = local(now)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    if year < 1:
        return None
    # The 31st of a shorter month: keep a little longer rather than a little less.
    return today.replace(year=year, month=month + 1, day=min(today.day, 28)).astimezone(UTC)
