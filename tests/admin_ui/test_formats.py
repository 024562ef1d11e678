"""How numbers and names leave the house."""

from __future__ import annotations

import pytest
from flask import Response

from admin_ui.downloads import attachment
from admin_ui.formats import FILTERS


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("+84912345601", "0912 345 601"),
        ("+84 912 345 601", "0912 345 601"),
        ("0912.345.601", "0912 345 601"),
        ("+842373852246", "02373852246"),
        ("0912345601", "0912 345 601"),
        ("02373852246", "02373852246"),
        ("+4930123456", "+4930123456"),
        ("12", "12"),
        (None, ""),
    ],
)
def test_a_telephone_number_is_read_as_people_here_say_it(kept: str | None, read: str) -> None:
    assert FILTERS["telephone"](kept) == read


def test_an_old_program_gets_a_name_it_can_read_too() -> None:
    named = attachment(Response(b""), "Giấy ủy quyền Đặng.pdf", "application/pdf").headers["Content-Disposition"]
    assert named.startswith('attachment; filename="Giay uy quyen Dang.pdf"; filename*=UTF-8')


@pytest.mark.parametrize(
    "label", ["Số định danh cá nhân (nếu có)", "Tờ khai đã ký (nếu khai trên giấy)", "Name (if any)"]
)
def test_what_says_itself_that_it_may_be_missing_is_not_told_twice(label: str) -> None:
    assert FILTERS["says_if_any"](label)
    assert not FILTERS["says_if_any"]("Họ, chữ đệm, tên")
