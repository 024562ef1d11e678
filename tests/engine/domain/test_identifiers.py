from datetime import UTC, date, datetime, timedelta

import pytest

from engine.domain.errors import Invalid
from engine.domain.identifiers import (
    DOSSIER_CODE_PATTERN,
    check_national_id,
    check_phone,
    check_tax_code,
    dossier_code,
    fold,
    mask_national_id,
    mask_phone,
    new_id,
    nfc,
    normalise_phone,
)

NOON = datetime(2024, 3, 4, 5, 0, tzinfo=UTC)


def test_keys_sort_by_time_and_never_repeat():
    keys = [new_id(NOON + timedelta(milliseconds=n)) for n in range(500)]
    assert keys == sorted(keys)
    assert {len(key) for key in keys} == {26}
    assert len({new_id(NOON) for _ in range(2000)}) == 2000


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Trích lục hộ tịch", "trich luc ho tich"),
        ("Nguyễn Văn Đức", "nguyen van duc"),
        ("hòa  HOÀ hoà", "hoa hoa hoa"),
        ("Nguye\u0302\u0303n Thuy\u0309", "nguyen thuy"),
    ],
)
def test_search_sees_no_accents(typed, folded):
    assert fold(typed) == folded


def test_text_is_stored_composed():
    assert nfc("Nguye\u0302\u0303n") == "Nguyễn"


def test_what_cannot_be_seen_is_not_kept():
    assert nfc("\u202eNGUYỄN\u202c VĂN\u200b A\x07\ufeff") == "NGUYỄN VĂN A"
    assert nfc("dòng một\r\n\tdòng hai") == "dòng một\r\n\tdòng hai"


@pytest.mark.parametrize("number", ["038203000123", "038303000123", "123456789", "038 203 000 123"])
def test_personal_numbers_that_stand(number):
    assert check_national_id(number) is None


@pytest.mark.parametrize(
    ("number", "says"), [("003203000123", "003"), ("03820300012", "11 ký tự"), ("abc", "12 chữ số"), ("", "0 ký tự")]
)
def test_personal_numbers_that_do_not(number, says):
    wrong = check_national_id(number)
    assert wrong is not None
    assert says in wrong.vi
    assert wrong.en


def test_personal_number_must_agree_with_birth_year_and_sex():
    assert check_national_id("038203000123", born_on=date(2003, 5, 1), sex="male") is None
    assert "2004" in check_national_id("038203000123", born_on=date(2004, 5, 1)).vi
    assert "Giới tính" in check_national_id("038203000123", sex="female").vi


@pytest.mark.parametrize("code", ["0100684378", "0100109106", "2800000027", "0100684378-001", "038203000123"])
def test_tax_codes_that_stand(code):
    assert check_tax_code(code) is None


@pytest.mark.parametrize("code", ["2800000020", "28000", "0100684379", "0100684378-000", "2800000000"])
def test_tax_codes_that_do_not(code):
    assert check_tax_code(code) is not None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912 345 678", "+84912345678"),
        ("+84 912.345.678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("02373 852 246", "+842373852246"),
    ],
)
def test_phones_are_stored_in_one_form(typed, stored):
    assert normalise_phone(typed) == stored


def test_an_old_eleven_digit_number_suggests_the_new_one():
    with pytest.raises(Invalid) as refusal:
        normalise_phone("01681234567")
    assert "0381234567" in refusal.value.fields["phone"].vi


@pytest.mark.parametrize("typed", ["12345", "0951234567", "0212345678", "điện thoại"])
def test_other_numbers_are_refused_with_a_sentence(typed):
    assert check_phone(typed).vi


def test_masks():
    assert mask_national_id("038203000123") == "038*****0123"
    assert mask_national_id("123") == "***"
    assert mask_phone("0912345678") == "*******678"


def test_dossier_code_follows_its_pattern():
    on = date(2024, 3, 4)
    assert dossier_code(DOSSIER_CODE_PATTERN, "000.00.00.H56", on, 7) == "000.00.00.H56-240304-0007"
    assert dossier_code("{agency}-{yyyymmdd}-{n:7}", "G09.20", on, 92637) == "G09.20-20240304-0092637"
    assert dossier_code(DOSSIER_CODE_PATTERN, "H56", on, 12345) == "H56-240304-12345"
