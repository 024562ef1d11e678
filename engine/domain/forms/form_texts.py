"""What a form says to the person filling it: the error names the field and the way out."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from engine.domain.text import Text

_CHOICES = frozenset({"select", "radio"})


def required(label: Text, kind: str) -> Text:
    """A field was left empty."""
    if kind == "checkbox":
        return Text(f"Hãy đánh dấu “{label.vi}” để tiếp tục.", f"Please tick “{label.en}” to continue.")
    if kind in _CHOICES:
        if label.vi.endswith("?"):
            return Text(f"Hãy trả lời câu “{label.vi}”", f"Please answer “{label.en}”")
        return Text(f"Hãy chọn “{label.vi}”.", f"Please choose “{label.en}”.")
    return Text(f"Hãy nhập “{label.vi}”.", f"Please fill in “{label.en}”.")


def unreadable(label: Text, kind: str) -> Text:
    """What was typed is no date or no number."""
    if kind == "date":
        return Text(
            f"“{label.vi}” cần ghi ngày/tháng/năm, ví dụ 05/09/1990.",
            f"“{label.en}” needs day/month/year, for example 05/09/1990.",
        )
    return Text(f"“{label.vi}” chỉ ghi chữ số.", f"“{label.en}” takes digits only.")


def not_an_option(label: Text) -> Text:
    """A choice that is not offered."""
    return Text(
        f"Lựa chọn ở “{label.vi}” không có trong danh sách. Hãy chọn lại.",
        f"The choice at “{label.en}” is not in the list. Please choose again.",
    )


def too_short(label: Text, least: int) -> Text:
    """Fewer letters than needed."""
    return Text(f"“{label.vi}” cần ít nhất {least} ký tự.", f"“{label.en}” needs at least {least} characters.")


def too_long(label: Text, most: int) -> Text:
    """More letters than fit."""
    return Text(f"“{label.vi}” chỉ được tối đa {most} ký tự.", f"“{label.en}” may have at most {most} characters.")


def wrong_shape(label: Text) -> Text:
    """The pattern does not fit and the form says nothing better."""
    return Text(
        f"“{label.vi}” chưa đúng dạng. Hãy xem hướng dẫn ở trường này.",
        f"“{label.en}” does not have the right form. See the hint of the field.",
    )


def wrong_email() -> Text:
    """No e-mail address."""
    return Text(
        "Địa chỉ thư điện tử chưa đúng. Ví dụ: ten@example.vn.",
        "The e-mail address is not right. For example: name@example.vn.",
    )


def not_whole(label: Text) -> Text:
    """A fraction where pieces are counted."""
    return Text(f"“{label.vi}” phải là số nguyên.", f"“{label.en}” must be a whole number.")


def out_of_range(label: Text, least: float | None, most: float | None) -> Text:
    """A number too small or too large."""
    (least_vi, least_en), (most_vi, most_en) = _grouped(least), _grouped(most)
    if most is None:
        return Text(f"“{label.vi}” phải từ {least_vi} trở lên.", f"“{label.en}” must be {least_en} or more.")
    if least is None:
        return Text(f"“{label.vi}” không được quá {most_vi}.", f"“{label.en}” must not exceed {most_en}.")
    return Text(
        f"“{label.vi}” phải từ {least_vi} đến {most_vi}.", f"“{label.en}” must be from {least_en} to {most_en}."
    )


def _grouped(number: float | None) -> tuple[str, str]:
    """1000000 as it is written in Vietnamese and in English."""
    english = "" if number is None else f"{int(number):,}" if number == int(number) else f"{number:,}"
    return english.translate(str.maketrans(",.", ".,")), english


_WORTH_GROUPING: Final = 10_000  # below it stand years, and what is counted by hand


def shown(kind: str, value: Any, lang: str) -> str:
    """A clean value as people read it."""
    if kind == "checkbox":
        return Text("Có" if value else "Không", "Yes" if value else "No").in_(lang)
    if kind == "date":
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    if kind == "number" and isinstance(value, int | float) and abs(value) >= _WORTH_GROUPING:
        return Text(*_grouped(value)).in_(lang)
    return str(value)


def typed(value: Any) -> str:
    """A clean value as it would be typed again."""
    if isinstance(value, bool):
        return "true" if value else ""
    return "" if value is None else str(value)
