"""What somebody types is read as the words a dossier is found by, however it is written."""

from __future__ import annotations

import pytest

from engine.domain.search_words import Term, looked_for, words_of_dossier

CODE = "000.00.00.H26-260310-0001"
PERSON = {"full_name": "Nguyễn Văn Ấn", "national_id": "038203000123", "phone": "+84 912 345 601", "tax_code": None}
ORGANISATION = {"organisation_name": "Hộ kinh doanh Tạp-hóa Ý", "tax_code": "0101234567-001", "full_name": "Đỗ Ý"}
RECEIVER = {"method": "post", "receiver_name": "Trần Thị Nhận", "receiver_phone": "02373 852 246"}
WORDS = words_of_dossier(CODE, (PERSON, ORGANISATION, RECEIVER))


def is_found(text: str) -> bool:
    terms = looked_for(text)
    assert terms, text
    return all(any(word == term.word if term.whole else word.startswith(term.word) for word in WORDS) for term in terms)


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        CODE.lower(),
        "000.00.00.H26-260310",
        "H26-260310-0001",
        "0000000H26-260310-0001",
        "0000000H262603100001",
        "260310-0001",
        "-0001",
        "0001",
        "Nguyễn Văn Ấn",
        "van an nguyen",
        "NGUYEN",
        "nguy",
        "hoa tap",
        "do y",
        "tran nhan",
        "038203000123",
        "038 203 000 123",
        "038.203.000.123",
        "038203",
        "0101234567-001",
        "0101234567",
        "0912345601",
        "0912 345 601",
        "0912.345.601",
        "+84912345601",
        "+84 912 345 601",
        "84 912 345 601",
        "0084912345601",
        "(+84) 912-345-601",
        "0912 345 601 nguyen",
        "an 0912345601 260310-0001",
        "02373852246",
    ],
)
def test_found_however_it_is_written(text: str) -> None:
    assert is_found(text)


@pytest.mark.parametrize("text", ["0002", "001", "0912", "26-260310-0001x", "tuan", "038203000124", "0912345602", "b"])
def test_not_found(text: str) -> None:
    """A few digits stand for a whole number: "0912" is no wish for every telephone that begins so."""
    assert not is_found(text)


@pytest.mark.parametrize("text", ["", "   ", "-", "… — !", "“”"])
def test_nothing_is_looked_for_without_a_word(text: str) -> None:
    assert looked_for(text) == ()


def test_two_numbers_side_by_side_stay_two() -> None:
    assert looked_for("2.000635 0912345601") == (Term("2000635", whole=False), Term("0912345601", whole=False))
    assert looked_for("1 2 3") == tuple(Term(one, whole=True) for one in "123")


def test_no_search_grows_without_end() -> None:
    assert len(looked_for(" ".join(f"tu{n}x" for n in range(50)))) == 8
    assert all(len(word) <= 60 for word in words_of_dossier(CODE, ({"full_name": "x" * 200},)))
