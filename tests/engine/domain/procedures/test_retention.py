"""When the time of a finished dossier is over, on the calendar of Việt Nam."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from engine.domain.clock import VIETNAM
from engine.domain.procedures import RetentionRule, finished_before, rule_on

RULE = RetentionRule({"content": 12}, "Điều 5 (mẫu)", None, None)


def at(text: str) -> datetime:
    """Wall-clock time in Việt Nam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize("now", ["2026-03-10 00:00", "2026-03-10 03:00", "2026-03-10 06:59", "2026-03-10 07:00"])
def test_between_midnight_and_seven_the_day_is_the_one_on_the_wall(now: str):
    found = finished_before(RULE, "content", at(now).astimezone(UTC))
    assert found == at(now.replace("2026", "2025"))


@pytest.mark.parametrize(
    ("months", "now", "expected"),
    [
        (1, "2026-01-15 09:00", "2025-12-15 09:00"),
        (1, "2026-03-31 09:00", "2026-02-28 09:00"),
        (12, "2028-02-29 09:00", "2027-02-28 09:00"),
        (1, "2026-03-01 03:00", "2026-02-01 03:00"),  # still the 28th of February in UTC
        (1, "2026-12-10 09:00", "2026-11-10 09:00"),
        (24, "2026-12-10 09:00", "2024-12-10 09:00"),
        (120, "2026-03-29 09:00", "2016-03-28 09:00"),
    ],
)
def test_whole_months_never_one_too_few(months: int, now: str, expected: str):
    rule = RetentionRule({"files": months}, "mẫu", None, None)
    assert finished_before(rule, "files", at(now)) == at(expected)


def test_what_no_rule_names_stays_and_so_does_what_lies_before_the_calendar():
    assert finished_before(RULE, "files", at("2026-03-10 09:00")) is None
    assert (
        finished_before(RetentionRule({"files": 12 * 2026}, "mẫu", None, None), "files", at("2026-03-10 09:00")) is None
    )


def test_both_ends_of_a_rule_are_in_force_and_the_later_rule_wins():
    old = RetentionRule({"content": 12}, "cũ", date(2020, 1, 1), date(2026, 3, 10))
    new = RetentionRule({"content": 24}, "mới", date(2026, 3, 10), None)
    assert rule_on((old, new), date(2019, 12, 31)) is None
    assert rule_on((old, new), date(2020, 1, 1)) is old
    assert rule_on((new, old), date(2026, 3, 10)) is new
    assert rule_on((old,), date(2026, 3, 10)) is old
    assert rule_on((old,), date(2026, 3, 11)) is None
