"""Typed text into values, and values against the rules of their field."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.domain.forms import form_texts as words
from engine.domain.forms.patterns import fits
from engine.domain.identifiers import check_national_id, check_phone, check_tax_code, normalise_phone
from engine.domain.text import Text

_TRUE = frozenset({"true", "on", "1", "yes", "co"})
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[A-Za-z]{2,}")
_EARLIEST = date(1800, 1, 1)


@dataclass(frozen=True)
class Rules:
    """What a value must satisfy; `check` is one of national_id, phone, tax_code, email."""

    required: bool = False
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    pattern_message: Text | None = None
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False  # pieces are counted: no fractions
    check: str | None = None


def convert(kind: str, raw: str) -> Any:
    """The value of typed text, JSON-able; None when it cannot be read as that kind of field."""
    if kind == "number":
        return _number(raw)
    if kind == "date":
        day = read_date(raw)
        return day.isoformat() if day else None
    if kind == "checkbox":
        return raw.casefold() in _TRUE
    return raw


def read_date(raw: str) -> date | None:
    """A day typed as dd/MM/yyyy (also d-M-yyyy, d.M.yyyy) or sent as yyyy-MM-dd; None when it is none."""
    matched = re.fullmatch(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})", raw)
    try:
        if matched:
            day, month, year = (int(part) for part in matched.groups())
            read = date(year, month, day)
        else:
            read = datetime.strptime(raw, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
    return read if read >= _EARLIEST else None


def as_kept(rules: Rules, value: Any) -> Any:
    """A right value as the record keeps it: a telephone number always in one way, however it was typed."""
    return normalise_phone(value) if rules.check == "phone" else value


def check_value(label: Text, rules: Rules, value: Any, raw: str) -> Text | None:
    """The first rule the value breaks, as a sentence; None when it keeps all."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number_fault(label, rules, value)
    return _text_fault(label, rules, raw) or _check_fault(rules, raw)


def _number(raw: str) -> int | float | None:
    compact = raw.replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}((\.\d{3})+|(,\d{3})+)", compact):  # thousands, in the Vietnamese or the English way
        compact = compact.replace(".", "").replace(",", "")
    compact = compact.replace(",", ".")
    if re.fullmatch(r"-?\d{1,15}", compact):
        return int(compact)
    return float(compact) if re.fullmatch(r"-?\d{1,15}\.\d{1,6}", compact) else None


def _number_fault(label: Text, rules: Rules, value: float) -> Text | None:
    if rules.whole and value != int(value):
        return words.not_whole(label)
    low = rules.minimum is not None and value < rules.minimum
    high = rules.maximum is not None and value > rules.maximum
    return words.out_of_range(label, rules.minimum, rules.maximum) if low or high else None


def _text_fault(label: Text, rules: Rules, raw: str) -> Text | None:
    if rules.pattern and rules.pattern_message and not fits(rules.pattern, raw):
        return rules.pattern_message  # says more than how many signs are missing
    if rules.min_length is not None and len(raw) < rules.min_length:
        return words.too_short(label, rules.min_length)
    if rules.max_length is not None and len(raw) > rules.max_length:
        return words.too_long(label, rules.max_length)
    if rules.pattern and not fits(rules.pattern, raw):
        return words.wrong_shape(label)
    return None


def _check_fault(rules: Rules, raw: str) -> Text | None:
    check = _CHECKS.get(rules.check or "")
    return check(raw) if check else None


def _email_fault(raw: str) -> Text | None:
    return None if _EMAIL.fullmatch(raw) else words.wrong_email()


_CHECKS: dict[str, Callable[[str], Text | None]] = {
    "national_id": check_national_id,
    "phone": check_phone,
    "tax_code": check_tax_code,
    "email": _email_fault,
}
