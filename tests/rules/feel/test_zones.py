"""Zones: the offset of the day that is meant, and instants in the hour that the clock goes through twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.feel import compile_expression, feel_command, from_datetime, from_feel

SUMMER, WINTER = datetime(2026, 7, 1, 3, tzinfo=UTC), datetime(2026, 1, 15, 3, tzinfo=UTC)
AUTUMN = 'date and time("2024-10-27T02:30:00@Europe/Paris")'


@pytest.mark.parametrize("now", [SUMMER, WINTER, None])
def test_a_time_in_vietnam_is_seven_hours_ahead(now):
    assert feel_command('time("15:30:00@Asia/Ho_Chi_Minh") > time("15:00:00+07:00")', now=now) is True
    assert feel_command('time("15:00:00@Asia/Ho_Chi_Minh") = time("15:00:00+07:00")', now=now) is True
    assert feel_command('time("15:00:00@Asia/Ho_Chi_Minh") - time("08:00:00Z")', now=now) == "PT0S"
    assert feel_command('time("15:00:00@Asia/Ho_Chi_Minh").time offset', now=now) == "PT7H"


@pytest.mark.parametrize(("now", "offset"), [(SUMMER, "PT2H"), (WINTER, "PT1H")])
def test_a_time_without_a_day_has_todays_offset(now, offset):
    assert feel_command('time("10:00:00@Europe/Paris").time offset', now=now) == offset


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (f'{AUTUMN} + duration("PT1H") = {AUTUMN}', False),
        (f'{AUTUMN} + duration("PT1H") > {AUTUMN}', True),
        (f'({AUTUMN} + duration("PT1H")) - {AUTUMN}', "PT1H"),
        (f'({AUTUMN} + duration("PT1H")) - duration("PT1H") = {AUTUMN}', True),
        (f'({AUTUMN} + duration("PT1H")) + duration("PT1H")', "2024-10-27T03:30:00@Europe/Paris"),
        (f'{AUTUMN} + duration("PT1H")', "2024-10-27T02:30:00+01:00"),
        (f'{AUTUMN} + duration("PT1H") = date and time("2024-10-27T02:30:00+01:00")', True),
        (f'({AUTUMN} + duration("PT1H")) + duration("P1M")', "2024-11-27T02:30:00@Europe/Paris"),
        ('date and time("2024-03-31T01:30:00@Europe/Paris") + duration("PT1H")', "2024-03-31T03:30:00@Europe/Paris"),
        ('date and time("2024-11-03T01:30:00@America/New_York") + duration("PT1H")', "2024-11-03T01:30:00-05:00"),
    ],
)
def test_the_hour_that_comes_twice(source, value):
    assert feel_command(source) == value


def test_a_moment_from_outside_keeps_which_of_the_two_hours_it_is():
    second = from_datetime(datetime(2024, 10, 27, 2, 30, tzinfo=ZoneInfo("Europe/Paris"), fold=1))
    asked = compile_expression(f"x - {AUTUMN}", names=["x"])
    assert from_feel(asked.evaluate({"x": second})) == "PT1H"
