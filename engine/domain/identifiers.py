"""Numbers of people and papers: making them, checking them, hiding them, and finding Vietnamese text."""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import date, datetime

from stdnum.vn import mst

from engine.domain.errors import Invalid
from engine.domain.id_provinces import PROVINCES_63
from engine.domain.text import Text

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MOBILE_PREFIXES = frozenset(
    [f"03{n}" for n in range(2, 10)]
    + ["052", "055", "056", "058", "059", "070"]
    + [f"07{n}" for n in range(6, 10)]
    + [f"08{n}" for n in range(1, 10)]
    + [f"09{n}" for n in range(10) if n != 5]
)
# What the 11-digit mobile numbers of before 2018 became (plan of the Ministry of Information, 15/09/2018).
_OLD_MOBILE = {
    **{f"016{n}": f"03{n}" for n in range(2, 10)},
    **{"0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078"},
    **{"0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082"},
    **{"0186": "056", "0188": "058", "0199": "059"},
}
# Control signs but for tab and line ends; marks of direction and of zero width.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
DOSSIER_CODE_PATTERN = "{agency}-{yymmdd}-{n:4}"
_CODE_SLOT = re.compile(r"\{(agency|yymmdd|yyyymmdd|n)(?::(\d))?\}")


def new_id(now: datetime) -> str:
    """A fresh key of 26 letters and digits that sorts by time (ULID): 48 bits of `now`, 80 bits of chance."""
    number = (int(now.timestamp() * 1000) << 80) | secrets.randbits(80)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def fold(text: str) -> str:
    """Text as search sees it: no accents, đ as d, lower case, single spaces, either tone style alike."""
    bare = "".join(ch for ch in unicodedata.normalize("NFD", text) if not unicodedata.combining(ch))
    return " ".join(bare.replace("đ", "d").replace("Đ", "d").casefold().split())


def nfc(text: str) -> str:
    """Text composed (NFC, TCVN 6909:2001): the only form that is stored.

    Control signs and marks that cannot be seen (direction, zero width) are dropped: what a page and a paper show of a
    name is all there is of it.
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def storable(text: str) -> str:
    """Text the record can hold: composed, without NUL and lone surrogates, which PostgreSQL refuses."""
    return nfc(text.encode("utf-8", "ignore").decode("utf-8").replace("\x00", ""))


def check_national_id(value: str, *, born_on: date | None = None, sex: str | None = None) -> Text | None:
    """What is wrong with a personal number, or None.

    Twelve digits (số định danh cá nhân / căn cước, shape `PPP C YY NNNNNN`) or nine (old chứng minh nhân dân).
    `born_on` and `sex` ("male" / "female"), when known, must agree with the twelve digits.
    """
    digits = re.sub(r"[\s.]", "", value)
    if not re.fullmatch(r"[0-9]{9}|[0-9]{12}", digits):
        return Text(
            f"Số định danh/căn cước phải có 12 chữ số (chứng minh nhân dân cũ 9 chữ số); bạn nhập {len(digits)} ký tự.",
            f"The personal number has 12 digits (the old identity card 9); you typed {len(digits)} characters.",
        )
    if len(digits) == 9:
        return None
    if digits[:3] not in PROVINCES_63 and not "100" <= digits[:3] <= "399":
        return Text(
            f"Ba chữ số đầu “{digits[:3]}” không phải mã tỉnh, thành phố hoặc quốc gia. Hãy kiểm tra lại số trên thẻ.",
            f"The first three digits “{digits[:3]}” are no province or country code. Check the number on the card.",
        )
    return _disagrees(digits, born_on, sex)


def _disagrees(digits: str, born_on: date | None, sex: str | None) -> Text | None:
    century, odd = divmod(int(digits[3]), 2)
    if born_on is not None and born_on.year != 1900 + 100 * century + int(digits[4:6]):
        return Text(
            f"Năm sinh {born_on.year} không khớp với số định danh. Hãy kiểm tra lại ngày sinh hoặc số định danh.",
            f"The year of birth {born_on.year} does not agree with the personal number. Check the date or the number.",
        )
    if sex in ("male", "female") and (sex == "female") != bool(odd):
        return Text(
            "Giới tính không khớp với số định danh. Hãy kiểm tra lại giới tính hoặc số định danh.",
            "The sex does not agree with the personal number. Check the sex or the number.",
        )
    return None


def check_tax_code(value: str) -> Text | None:
    """What is wrong with a tax code, or None: 10 digits with check digit, `-NNN` branch, or a 12-digit personal number.

    Since 01/07/2025 individuals and household businesses use the personal number (TT 86/2024/TT-BTC).
    """
    compact = re.sub(r"[\s.]", "", value)
    if re.fullmatch(r"[0-9]{12}", compact):
        return check_national_id(compact)
    matched = re.fullmatch(r"([0-9]{10})(?:-?[0-9]{3})?", compact)
    if matched is None:
        return Text(
            "Mã số thuế gồm 10 chữ số (đơn vị phụ thuộc thêm -NNN), hoặc số định danh cá nhân 12 chữ số.",
            "A tax code has 10 digits (branches add -NNN), or is the 12-digit personal number.",
        )
    if not mst.is_valid(compact):
        return Text(
            "Chữ số kiểm tra của mã số thuế không đúng. Hãy kiểm tra lại từng chữ số.",
            "The check digit of the tax code is wrong. Please check each digit.",
        )
    return None


def normalise_phone(value: str) -> str:
    """A Vietnamese telephone number as `+84…`; raises `Invalid` (field `phone`) with the way out."""
    digits = re.sub(r"[\s.()\-]", "", value)
    digits = re.sub(r"^(\+84|0084|84(?=\d{9,10}$))", "0", digits)
    wrong = _phone_fault(digits)
    if wrong is not None:
        raise Invalid({"phone": wrong})
    return "+84" + digits[1:]


def spoken_phone(value: str | None) -> str:
    """0912 345 601, as people here read a mobile number, however it was written; any other number as it is kept."""
    digits = re.sub(r"[\s.()\-]", "", value or "")
    digits = re.sub(r"^\+84(?=\d{9,10}\Z)", "0", digits)
    if re.fullmatch(r"0\d{9}", digits):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return digits if re.fullmatch(r"0\d{10}", digits) else value or ""


def check_phone(value: str) -> Text | None:
    """What is wrong with a telephone number, or None."""
    try:
        normalise_phone(value)
    except Invalid as error:
        return error.fields["phone"]
    return None


def _phone_fault(digits: str) -> Text | None:
    if not re.fullmatch(r"0[0-9]{8,10}", digits):
        return Text(
            "Số điện thoại chưa đúng. Hãy nhập 10 chữ số, ví dụ 0912 345 678.",
            "The telephone number is not right. Type 10 digits, for example 0912 345 678.",
        )
    if len(digits) == 11 and digits[:4] in _OLD_MOBILE:
        fresh = _OLD_MOBILE[digits[:4]] + digits[4:]
        return Text(
            f"Số 11 chữ số đã được đổi đầu số từ năm 2018. Có phải số mới là {fresh}?",
            f"11-digit numbers changed in 2018. Is the new number {fresh}?",
        )
    is_mobile = len(digits) == 10 and digits[:3] in _MOBILE_PREFIXES
    is_landline = len(digits) == 11 and digits.startswith("02")
    if is_mobile or is_landline:
        return None
    return Text(
        f"Đầu số {digits[:3]} chưa được dùng tại Việt Nam. Hãy kiểm tra lại số điện thoại.",
        f"The prefix {digits[:3]} is not in use in Viet Nam. Please check the number.",
    )


def mask_national_id(value: str) -> str:
    """A personal number as others may see it: `038*****0123`."""
    return value[:3] + "*" * max(len(value) - 7, 0) + value[-4:] if len(value) > 7 else "*" * len(value)


def mask_phone(value: str) -> str:
    """A telephone number as others may see it: the last three digits only."""
    return "*" * max(len(value) - 3, 0) + value[-3:]


def dossier_code(pattern: str, agency: str, on: date, n: int) -> str:
    """Mã số hồ sơ: the `n`-th dossier of `agency` on the day `on` (TT 01/2018/TT-VPCP Điều 19).

    `pattern` knows `{agency}`, `{yymmdd}`, `{yyyymmdd}` and `{n:4}` (least number of digits). A day with more
    dossiers than the width holds gets longer numbers, never a repeated one.
    """
    values = {"agency": agency, "yymmdd": f"{on:%y%m%d}", "yyyymmdd": f"{on:%Y%m%d}"}

    def put(slot: re.Match[str]) -> str:
        if slot[1] == "n":
            return f"{n:0{slot[2] or 1}d}"
        return values[slot[1]]

    return _CODE_SLOT.sub(put, pattern)
