import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from engine.domain.deadlines import WorkCalendar
from engine.domain.deadlines.calendar import CalendarError

ROOT = Path(__file__).parents[4]
SHARED = ROOT.parent / "shared" / "domain" / "calendar_vn_2023_2026.json"
VN = WorkCalendar.load(ROOT / "processes" / "_calendars" / "vn.yaml")


@pytest.mark.shared
def test_the_table_holds_every_shared_fact_and_no_other_weekday():
    facts = json.loads(SHARED.read_text(encoding="utf-8"))
    weekdays = {on.isoformat() for on in VN.days_off if on.weekday() < 5 and on.year >= 2023}
    assert weekdays == set(facts["days_off"])
    assert {on.isoformat() for on in VN.working_saturdays} == set(facts["working_saturdays"])


def test_every_day_has_a_document_and_a_name():
    assert all(day.source and day.name.vi and day.name.en for day in VN.days_off.values())
    assert all(VN.why_off(day.instead_of) for day in VN.working_saturdays.values())
    assert not all(day.checked for day in VN.days_off.values())


def test_reasons():
    assert VN.why_off(date(2024, 2, 8)).vi == "Tết Âm lịch"
    assert VN.why_off(date(2024, 3, 2)).vi == "Nghỉ hằng tuần"
    assert VN.is_working(date(2024, 5, 4))
    assert "dự kiến" in VN.why_off(date(2027, 9, 2)).vi


def test_minutes_there_and_back():
    start = datetime(2024, 2, 7, 1, 30, tzinfo=UTC)
    for minutes in (1, 90, 480, 481, 2400):
        end = VN.add_working_minutes(start, minutes)
        assert VN.working_minutes_between(start, end) == minutes
    assert VN.working_minutes_between(start, start - timedelta(hours=2)) == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[]", "years"),
        ("years: {2024: {days_off: [{date: 2023-01-02, vi: a, en: b, source: c}]}}", "2024"),
        ("years: {2024: {days_off: [{date: 2024-01-02, vi: a, en: b}]}}", "source"),
        ("years: {2024: {working_saturdays: [{date: 2024-05-03, instead_of: 2024-04-29, source: c}]}}", "làm bù"),
        ("hours: [{opens: seven, closes: '11:00'}]\nyears: {}", "07:00"),
    ],
)
def test_a_broken_table_is_refused_with_a_sentence(text, says):
    with pytest.raises(CalendarError, match=says):
        WorkCalendar.read(text)
