from datetime import UTC, date, datetime

import pytest

from rules.legal import LegalBasis, Window, day_in_vietnam


def test_a_citation_reads_from_the_point_up_to_the_document():
    basis = LegalBasis("281/2016/TT-BTC", "4", "1", "a", date(2017, 1, 1))
    assert basis.label() == "điểm a khoản 1 Điều 4 Thông tư 281/2016/TT-BTC"
    assert basis.label("en") == "point a, clause 1, Article 4, Circular 281/2016/TT-BTC"
    assert LegalBasis.from_dict(basis.to_dict()) == basis


def test_both_ends_of_a_window_belong_to_it():
    window = Window(date(2022, 7, 23), date(2023, 12, 31))
    assert window.covers(date(2022, 7, 23))
    assert window.covers(date(2023, 12, 31))
    assert not window.covers(date(2024, 1, 1))
    assert not window.covers(date(2022, 7, 22))
    assert Window().covers(date(1, 1, 1))


def test_the_day_is_the_one_in_vietnam():
    assert day_in_vietnam(datetime(2023, 12, 31, 17, tzinfo=UTC)) == date(2024, 1, 1)
    with pytest.raises(ValueError, match="time zone"):
        day_in_vietnam(datetime(2023, 12, 31, 17))  # noqa: DTZ001 - an instant without a zone is what is refused
