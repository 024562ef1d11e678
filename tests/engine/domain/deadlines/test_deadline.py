import csv
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.domain.deadlines import DeadlinePolicy, Pause, TimeLimit, WorkCalendar, due_at, step_due_at

ROOT = Path(__file__).parents[4]
VECTORS = ROOT.parent / "shared" / "domain" / "deadline_vectors.csv"
VN = WorkCalendar.load(ROOT / "processes" / "_calendars" / "vn.yaml")
TZ = ZoneInfo("Asia/Ho_Chi_Minh")

WD = "working_day"
MARCH = [("06/03/2024 09:00", "11/03/2024 09:00")]
# id: accepted, limit, policy, pauses, due as printed in the shared table (date, time where it names one)
CASES = {
    "DV01": ("26/04/2024 10:00", (3, WD), {}, [], "04/05/2024"),
    "DV02": ("06/02/2024 09:00", (5, WD), {}, [], "20/02/2024"),
    "DV03": ("06/02/2024 16:10", (5, WD), {"after_15h": True}, [], "21/02/2024"),
    "DV04": ("29/12/2023 09:00", (3, WD), {}, [], "04/01/2024"),
    "DV05": ("23/08/2024 09:00", (10, "day"), {}, [], "04/09/2024"),
    "DV06": ("04/03/2024 09:00", (10, WD), {}, [], "18/03/2024"),
    "DV07": ("04/03/2024 09:00", (10, WD), {"supplement": "restart"}, MARCH, "25/03/2024"),
    "DV08": ("04/03/2024 09:00", (10, WD), {"supplement": "pause"}, MARCH, "21/03/2024"),
    "DV09": ("25/04/2025 09:00", (1, WD), {}, [], "26/04/2025"),
    "DV10": ("13/02/2026 09:00", (3, WD), {}, [], "25/02/2026"),
    "DV11": ("26/01/2026 09:00", (20, WD), {}, [], "02/03/2026"),
    "DV12": ("13/02/2026 15:30", (1, "in_day"), {"after_15h": True}, [], "23/02/2026"),
    "DV13": ("26/04/2024 10:00", (24, "hour"), {}, [], "04/05/2024 10:00"),
    "DV14": ("06/02/2024 16:10", (8, "hour"), {}, [], "07/02/2024 16:10"),
    "DV15": ("07/02/2024 16:59", (4, "hour"), {}, [], "15/02/2024 10:59"),
    "DV16": ("02/03/2024 09:00", (2, "hour"), {}, [], "04/03/2024 09:00"),
}


def at(text):
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=TZ)


def compute(accepted, limit, policy, pauses):
    stops = [Pause(at(a), at(b)) for a, b in pauses]
    return due_at(VN, TimeLimit(*limit), at(accepted).astimezone(UTC), DeadlinePolicy(**policy), stops)


@pytest.mark.parametrize("vector", CASES)
def test_golden_vector(vector):
    *situation, expected = CASES[vector]
    due, trace = compute(*situation)
    printed = due.astimezone(TZ).strftime("%d/%m/%Y %H:%M")
    assert printed == (expected if len(expected) > 10 else expected + " 17:00")
    assert trace[-1].vi.startswith("Hạn trả kết quả")
    assert all(sentence.vi and sentence.en for sentence in trace)


@pytest.mark.shared
def test_the_expectations_are_those_of_the_shared_table():
    with VECTORS.open(encoding="utf-8") as file:
        expected = {row["id"]: row["expected_due"].replace(" (Sat)", "") for row in csv.DictReader(file)}
    assert expected == {vector: situation[-1] for vector, situation in CASES.items()}


def test_the_trace_names_exchanged_days_with_their_document():
    _, trace = compute(*CASES["DV01"][:-1])
    said = "\n".join(sentence.vi for sentence in trace)
    assert "29/04/2024" in said
    assert "Thứ Bảy 04/05/2024 là ngày làm bù cho 29/04/2024 (Công văn 2450/VPCP-KGVX" in said


def test_the_trace_says_why_fifteen_hours_matter():
    _, trace = compute(*CASES["DV12"][:-1])
    assert any("sau 15 giờ" in sentence.vi for sentence in trace)


def test_exactly_fifteen_hours_is_not_after():
    due, _ = compute("12/02/2026 15:00", (1, "in_day"), {"after_15h": True}, [])
    assert due.astimezone(TZ).strftime("%d/%m") == "12/02"


def test_several_pauses_leave_what_is_left():
    stops = [("05/03/2024 09:00", "07/03/2024 09:00"), ("08/03/2024 09:00", "12/03/2024 09:00")]
    due, trace = compute("04/03/2024 09:00", (5, WD), {"supplement": "pause"}, stops)
    assert due.astimezone(TZ).strftime("%d/%m/%Y") == "15/03/2024"
    assert any("đã dùng 1 ngày, còn 3 ngày" in sentence.vi for sentence in trace)


def test_paused_hours_and_days_and_months():
    stop = [("05/03/2024 08:00", "06/03/2024 09:00")]
    due, _ = compute("04/03/2024 16:00", (4, "hour"), {"supplement": "pause"}, stop)
    assert due.astimezone(TZ).strftime("%d/%m %H:%M") == "06/03 11:00"
    due, _ = compute("04/03/2024 16:00", (10, "day"), {"supplement": "pause"}, stop)
    assert due.astimezone(TZ).strftime("%d/%m") == "15/03"
    due, _ = compute("31/01/2024 09:00", (1, "month"), {"supplement": "pause"}, [])
    assert due.astimezone(TZ).strftime("%d/%m/%Y") == "29/02/2024"


def test_an_open_pause_says_that_the_clock_stands():
    due, trace = due_at(VN, TimeLimit(10, WD), at("04/03/2024 09:00"), pauses=[Pause(at("06/03/2024 09:00"), None)])
    assert due.astimezone(TZ).strftime("%d/%m") == "18/03"
    assert any("tạm dừng" in sentence.vi for sentence in trace)


def test_a_supplement_before_acceptance_costs_nothing():
    due, _ = compute("04/03/2024 09:00", (10, WD), {}, [("01/03/2024 09:00", "03/03/2024 09:00")])
    assert due.astimezone(TZ).strftime("%d/%m") == "18/03"


def test_a_year_without_a_table_is_called_expected():
    due, trace = compute("31/12/2026 09:00", (3, WD), {}, [])
    assert due.astimezone(TZ).strftime("%d/%m/%Y") == "06/01/2027"
    assert any("dự kiến" in sentence.vi for sentence in trace)


def test_a_step_ends_within_office_hours():
    assert step_due_at(VN, at("04/03/2024 11:00"), 2).astimezone(TZ).strftime("%H:%M") == "15:00"


def test_limits_are_said_in_both_languages():
    assert TimeLimit(3, WD).label().vi == "03 ngày làm việc"
    assert TimeLimit(1, "in_day").label().en == "Within the working day"
    assert TimeLimit(1, WD).label().en == "1 working day"


@pytest.mark.parametrize(
    ("limit", "asked", "answered", "expected"),
    [
        # Used up to the last day or minute, but not beyond: the waiting moves the date (NĐ 61/2018/NĐ-CP Điều 19).
        ((10, WD), "18/03/2024 09:00", "20/03/2024 09:00", "20/03/2024 17:00"),
        ((10, WD), "18/03/2024 16:59", "22/03/2024 09:00", "22/03/2024 17:00"),
        ((4, "hour"), "04/03/2024 15:00", "06/03/2024 08:00", "06/03/2024 08:00"),
        # Asked after the time was over: nothing is won back.
        ((10, WD), "19/03/2024 09:00", "21/03/2024 09:00", "18/03/2024 17:00"),
        ((4, "hour"), "04/03/2024 15:01", "06/03/2024 08:00", "04/03/2024 15:00"),
    ],
)
def test_a_supplement_asked_on_the_last_day_still_moves_the_date(limit, asked, answered, expected):
    due, _ = compute("04/03/2024 09:00", limit, {"supplement": "pause"}, [(asked, answered)])
    assert due.astimezone(TZ).strftime("%d/%m/%Y %H:%M") == expected


def test_a_pause_from_the_very_instant_of_acceptance_counts():
    pauses = [("04/03/2024 09:00", "06/03/2024 09:00")]
    restarted, _ = compute("04/03/2024 09:00", (10, WD), {"supplement": "restart"}, pauses)
    assert restarted.astimezone(TZ).strftime("%d/%m/%Y") == "20/03/2024"
    paused, _ = compute("04/03/2024 09:00", (10, WD), {"supplement": "pause"}, pauses)
    assert paused.astimezone(TZ).strftime("%d/%m/%Y") == "20/03/2024"
    before = [("04/03/2024 08:59", "06/03/2024 09:00")]
    unmoved, _ = compute("04/03/2024 09:00", (10, WD), {"supplement": "restart"}, before)
    assert unmoved.astimezone(TZ).strftime("%d/%m/%Y") == "18/03/2024"
