"""The declaration on paper, blank or filled in, drawn from the same form the screen shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from engine.domain.forms import Form, FormField
from engine.domain.text import Text
from engine.papers.facts import Facts
from engine.papers.sheet import Sheet

_WHO = (
    ("full_name", Text("Họ, chữ đệm, tên người yêu cầu", "Full name of the applicant")),
    ("birth_on", Text("Ngày sinh", "Date of birth")),
    ("national_id", Text("Số định danh cá nhân / giấy tờ tùy thân", "Personal number / identity paper")),
    ("address", Text("Nơi cư trú", "Residence")),
    ("phone", Text("Số điện thoại", "Telephone")),
)

_SIZES: Final = (13.0, 12.5, 12.0, 11.5, 11.0)  # points; smaller type is hard to fill in by hand
_LAST_LINES: Final = 7.5  # place, day and signature: none of it stands alone on a page


def declaration(facts: Facts) -> bytes:
    """Needs `form` (Form), `values` (its answers; empty for a blank sheet), `applicant`, `agency_name`, `issued_at`.

    In somewhat smaller type where that brings all of it, with the signature, onto one page.
    """
    form, at = facts.data.get("form"), facts.at("issued_at")
    if not isinstance(form, Form) or at is None:
        raise ValueError("a declaration needs its form and issued_at")
    tries = (_drawn(facts, form, at, size) for size in _SIZES)
    sheet = next((sheet for sheet in tries if sheet.pages == 1), None)
    return (sheet or _drawn(facts, form, at, _SIZES[0])).finish()


def _drawn(facts: Facts, form: Form, at: datetime, size: float) -> Sheet:
    values: Mapping[str, Any] = facts.data.get("values") or {}
    sheet = Sheet(facts.lang, at, size=size)
    sheet.national_head()
    sheet.title(form.title)
    sheet.entry(sheet.say(Text("Kính gửi", "To")), facts.word("agency_name"))
    for key, label in _WHO:
        known = facts.phone("applicant.phone") if key == "phone" else facts.day(f"applicant.{key}")
        sheet.entry(sheet.say(label), known)
    shown = form.visible({key: "" if value is None else str(value) for key, value in values.items()})
    for entry in form.components:
        _component(sheet, facts, entry, values, shown if values else None)
    place = sheet.place_and_date(facts.word("place"), at if values else None)
    hint = Text("(Ký, ghi rõ họ, chữ đệm, tên)", "(Signature and full name)")
    sheet.keep_together(_LAST_LINES)
    sheet.paragraph(sheet.say(Text("Làm tại: ", "Done at: ")) + place, "I")
    sheet.signatures(None, (Text("Người yêu cầu", "Applicant"), hint, facts.word("applicant.full_name")))
    code = facts.word("code")
    if code:
        sheet.qr(facts.word("url") or code, sheet.say(Text(f"Mã hồ sơ: {code}", f"Dossier code: {code}")))
    return sheet


def _component(
    sheet: Sheet, facts: Facts, entry: FormField, values: Mapping[str, Any], shown: frozenset[str] | None
) -> None:
    """One line of the form; on a blank sheet every line is drawn, whatever answers would hide."""
    if shown is not None and entry.key not in shown:
        return
    label = sheet.say(entry.label).rstrip("?")
    if entry.type == "group":
        sheet.heading(label)
        for child in entry.components:
            _component(sheet, facts, child, values, shown)
    elif entry.type == "checkbox":
        sheet.paragraph(f"{label}.")
    elif entry.type == "text":
        sheet.paragraph(label, "I")
    elif entry.options and not values:
        sheet.paragraph(f"{label}:  {_boxes(sheet, entry)}", indent=False)
    else:
        sheet.entry(label, _answer(facts, entry, values.get(entry.key)))


def _boxes(sheet: Sheet, entry: FormField) -> str:
    """Boxes to tick by hand; no-break spaces keep a box with its first word."""
    return "    ".join(f"[\u00a0\u00a0]\u00a0{sheet.say(option.label)}" for option in entry.options)


def _answer(facts: Facts, entry: FormField, value: object) -> str:
    if value in (None, ""):
        return ""
    if entry.options:
        return entry.option_label(str(value)).in_(facts.lang)
    if entry.type == "date":
        return Facts({"day": value}, facts.lang).day("day")
    if entry.type == "number" and isinstance(value, int):
        return f"{value:,}".replace(",", ".") if facts.lang == "vi" else f"{value:,}"
    return facts.show(value)
