from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.money import Money, format_dong, percent_off, round_dong


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "Không đồng"),
        (1, "Một đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (25, "Hai mươi lăm đồng"),
        (105, "Một trăm linh năm đồng"),
        (111, "Một trăm mười một đồng"),
        (1_005, "Một nghìn không trăm linh năm đồng"),
        (8_000, "Tám nghìn đồng"),
        (34_500, "Ba mươi tư nghìn năm trăm đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_660_000, "Một triệu sáu trăm sáu mươi nghìn đồng"),
        (2_040_000_000, "Hai tỷ không trăm bốn mươi triệu đồng"),
        (-5, "Âm năm đồng"),
    ],
)
def test_amounts_in_words_as_a_receipt_writes_them(dong, words):
    assert Money(dong).in_words() == words


def test_english_words_and_notation():
    assert Money(1_660_000).in_words("en") == "One million six hundred and sixty thousand Vietnamese dong"
    assert Money(1_660_000).format() == "1.660.000 đồng"
    assert Money(1_660_000).format("en") == "1,660,000 VND"
    assert format_dong(Decimal("10888.50")) == "10.888,5 đồng"


@given(st.integers(0, 10**15))
def test_words_read_back_as_the_same_number(number):
    assert read_words(Money(number).in_words().removesuffix(" đồng").lower()) == number


def read_words(words):
    digits = {w: n for n, w in enumerate(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"])}
    digits |= {"mốt": 1, "tư": 4, "lăm": 5}
    total, group, digit = 0, 0, 0
    for word in words.split():
        if word in digits:
            digit = digits[word]
        elif word == "mười":
            group, digit = group + 10, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word in ("nghìn", "triệu"):
            total, group, digit = total + (group + digit) * {"nghìn": 10**3, "triệu": 10**6}[word], 0, 0
        elif word == "tỷ":
            total, group, digit = (total + group + digit) * 10**9, 0, 0
        else:
            assert word == "linh"
    return total + group + digit


@pytest.mark.parametrize("wrong", [1.5, True, "8000", Decimal(8000)])
def test_only_whole_dong_are_money(wrong):
    with pytest.raises(TypeError):
        Money(wrong)


@given(st.integers(0, 10**12), st.integers(1, 10_000), st.sampled_from([1, 100, 1000]))
def test_rounding_stays_within_one_step_of_the_exact_amount(dong, basis_points, to):
    exact = percent_off(Decimal(dong), basis_points)
    floor, half, ceil = (round_dong(exact, mode, to).dong for mode in ("floor", "half_up", "ceil"))
    assert floor <= exact <= ceil
    assert abs(half - exact) * 2 <= to
    assert ceil - floor in (0, to)
    assert floor % to == half % to == ceil % to == 0


def test_half_a_dong_rounds_up_or_down_by_policy():
    assert round_dong(Decimal("10888.5"), "half_up", 1) == Money(10_889)
    assert round_dong(Decimal("10888.5"), "floor", 1) == Money(10_888)
    assert round_dong(Decimal("10499.9"), "half_up", 1000) == Money(10_000)
