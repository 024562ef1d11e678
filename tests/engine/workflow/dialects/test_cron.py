"""A cron schedule becomes the cycle that rings at the same times, or is left to a person."""

from __future__ import annotations

import pytest

from engine.workflow.dialects.cron import cycle_of, is_cron


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0 0 8 * * ?", "R/2024-01-01T08:00:00/P1D"),
        ("30 15 8 ? * WED", "R/2024-01-03T08:15:30/P7D"),
        ("0 0 8 5 * ? *", "R/2024-01-05T08:00:00/P1M"),
        ("0 0/5 * * * ?", "R/2024-01-01T00:00:00/PT5M"),
        ("0 */15 * * * *", "R/2024-01-01T00:00:00/PT15M"),
        ("0 10 * * * *", "R/2024-01-01T00:10:00/PT1H"),
        ("@daily", "R/2024-01-01T00:00:00/P1D"),
    ],
)
def test_a_regular_schedule(text, wanted):
    assert is_cron(text)
    assert cycle_of(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "0 0 8 * * MON-FRI",
        "0 0 8,17 * * ?",
        "0 0 8 L * ?",
        "0 0 8 31 * ?",  # not every month has one
        "0 0 8 * 3 ?",
        "0 0 8 * * 2",  # Monday or Tuesday
        "0 0/7 * * * ?",  # starts anew each hour
        "0 0 8 * * ? 2027",
        "@yearly",
        "0 99 8 * * ?",
    ],
)
def test_what_no_cycle_says(text):
    assert is_cron(text)
    assert cycle_of(text) == ""


@pytest.mark.parametrize("text", ["P1D", "R3/PT1H", "2026-01-01", "${x}", "mỗi ngày lúc tám giờ sáng", ""])
def test_what_is_no_cron(text):
    assert not is_cron(text)
