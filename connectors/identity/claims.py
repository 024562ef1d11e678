"""From what a provider says about a person to an Identity, judged field by field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, Literal

from connectors.errors import IdentityRefused

Sex = Literal["male", "female"]
Kind = Literal["person", "organisation"]
Claims = Mapping[str, object]

_NATIONAL_ID: Final = re.compile(r"(?:\d{9}|\d{12})\Z", re.ASCII)
_TAX_CODE: Final = re.compile(r"\d{10}(?:-?\d{3})?\Z|\d{12}\Z", re.ASCII)
_DATE_FORMATS: Final = ("%d/%m/%Y", "%Y-%m-%d", "%Y%m%d", "%Y%m%d%H%M%S")
_SEXES: Final[Mapping[str, Sex]] = {
    "nam": "male", "male": "male", "m": "male", "1": "male",
    "nữ": "female", "female": "female", "f": "female", "2": "female", "0": "female",
}  # fmt: skip
_MAX_TEXT: Final = 300


def text(claims: Claims, name: str) -> str | None:
    """A claim as trimmed NFC text; None when it is absent, empty, overlong or carries control characters."""
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    ready = unicodedata.normalize("NFC", str(value)).strip()
    if not ready or len(ready) > _MAX_TEXT or any(unicodedata.category(sign)[0] == "C" for sign in ready):
        return None
    return ready


def needed(claims: Claims, name: str) -> str:
    """A claim without which there is no identity; raises IdentityRefused."""
    value = text(claims, name)
    if value is None:
        raise incomplete(name)
    return value


def national_id(claims: Claims, *names: str) -> str | None:
    """The first claim that is shaped like a CCCD (12 digits) or CMND (9 digits)."""
    values = (text(claims, name) for name in names)
    return next((value for value in values if value and _NATIONAL_ID.match(value)), None)


def tax_code(claims: Claims, *names: str) -> str | None:
    """The first claim shaped like a tax code (10, 13 or 12 digits)."""
    values = (text(claims, name) for name in names)
    return next((value for value in values if value and _TAX_CODE.match(value)), None)


def birth_on(claims: Claims, name: str) -> date | None:
    """A whole birth date; None when only the year is known or the text is none."""
    value = text(claims, name) or ""
    for pattern in _DATE_FORMATS:
        try:
            return datetime.strptime(value, pattern).date()  # noqa: DTZ007 - a birth date has no time zone
        except ValueError:
            continue
    return None


def sex(claims: Claims, name: str) -> Sex | None:
    """The sex as the register has it."""
    return _SEXES.get((text(claims, name) or "").lower())


def level(value: object) -> int:
    """The assurance level in "2", 2 or "urn:…:loa:2"; 0 when there is none."""
    found = re.search(r"(\d)\Z", str(value).strip()) if isinstance(value, str | int) else None
    return int(found.group(1)) if found else 0


def require_level(reached: int, minimum: int) -> int:
    """The level, or IdentityRefused with the way to a higher one."""
    if reached < minimum:
        raise IdentityRefused(
            f"Tài khoản của bạn ở mức {reached}, dịch vụ này cần mức {minimum}. "
            "Hãy nâng mức định danh tại cơ quan Công an rồi đăng nhập lại.",
            f"Your account has level {reached}, this service needs level {minimum}. "
            "Raise the level at a police office, then sign in again.",
            code="level_too_low",
        )
    return reached


def incomplete(name: str) -> IdentityRefused:
    """The provider left out a field we cannot do without."""
    return IdentityRefused(
        f"Nhà cung cấp danh tính không gửi đủ thông tin (thiếu {name}). Hãy chọn cách đăng nhập khác.",
        f"The identity provider did not send enough ({name} is missing). Choose another way to sign in.",
        code="claims_incomplete",
    )
