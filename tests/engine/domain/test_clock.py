from datetime import UTC, datetime

from engine.domain.clock import SystemClock, TravelClock, local, local_day


class Stopped:
    def now(self):
        return datetime(2023, 12, 31, 17, 0, tzinfo=UTC)


def test_the_practice_clock_is_shared_through_its_file(tmp_path):
    ours, theirs = (TravelClock(tmp_path / "clock", Stopped()) for _ in range(2))
    assert ours.now() == Stopped().now()
    ours.travel(86_400)
    assert theirs.now() == datetime(2024, 1, 1, 17, 0, tzinfo=UTC)
    theirs.travel_to(datetime(2022, 10, 1, 2, 0, tzinfo=UTC))
    assert ours.now() == datetime(2022, 10, 1, 2, 0, tzinfo=UTC)


def test_a_broken_practice_file_does_not_stop_the_office(tmp_path):
    (tmp_path / "clock").write_text("soon", encoding="utf-8")
    assert TravelClock(tmp_path / "clock", Stopped()).now() == Stopped().now()


def test_the_day_is_counted_in_viet_nam():
    assert local_day(Stopped().now()).isoformat() == "2024-01-01"
    assert local(Stopped().now()).hour == 0
    assert SystemClock().now().utcoffset().total_seconds() == 0
