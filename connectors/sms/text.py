"""What a text becomes on a phone: its letters, its encoding, the parts that are paid for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from connectors.errors import BadNumber

# 3GPP TS 23.038: the default alphabet, and the characters that take an escape before them.
_GSM7: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_ESCAPED: Final = frozenset("^{}\\[~]|€\f")
_SINGLE: Final = {"GSM-7": 160, "UCS-2": 70}
_JOINED: Final = {"GSM-7": 153, "UCS-2": 67}
_PLAIN_SIGNS: Final = str.maketrans(
    {"đ": "d", "Đ": "D", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...",
     "\N{NO-BREAK SPACE}": " ", "₫": "d", "•": "-", "→": "->"}
)  # fmt: skip
_MOBILE: Final = re.compile(r"(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])\d{7}\Z")
_LANDLINE: Final = re.compile(r"2\d{9}\Z")

Encoding = Literal["GSM-7", "UCS-2"]


@dataclass(frozen=True)
class Rendering:
    """A text ready to send: `parts` is the number of messages the carrier charges for."""

    text: str
    encoding: Encoding
    parts: int


def render(text: str, *, with_accents: bool) -> Rendering:
    """Prepare a text. Without accents a Vietnamese text costs less than half: 160 letters a part, not 70."""
    ready = unicodedata.normalize("NFC", text) if with_accents else without_accents(text)
    encoding: Encoding = "GSM-7" if _GSM7_ESCAPED.union(_GSM7).issuperset(ready) else "UCS-2"
    return Rendering(ready, encoding, count_parts(ready, encoding))


def without_accents(text: str) -> str:
    """Vietnamese without marks ("Hồ sơ đã nhận" → "Ho so da nhan"); typographic signs become plain ones."""
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare.translate(_PLAIN_SIGNS))


def count_parts(text: str, encoding: Encoding) -> int:
    """How many messages the text takes. A letter of two units is never cut in half between parts."""
    widths = [_width(sign, encoding) for sign in text]
    if sum(widths) <= _SINGLE[encoding]:
        return 1
    parts, room = 1, _JOINED[encoding]
    for width in widths:
        if width > room:
            parts, room = parts + 1, _JOINED[encoding]
        room -= width
    return parts


def mobile_number(typed: str) -> str:
    """The E.164 form (+84…) of a Vietnamese mobile number as people type it. Raises BadNumber."""
    digits = re.sub(r"[\s.\-()]", "", typed)
    national = re.sub(r"\A(?:\+84|0084|84(?=\d{9,10}\Z)|0)", "", digits)
    if _MOBILE.match(national):
        return f"+84{national}"
    if re.match(r"1[2689]\d{8}\Z", national):
        raise BadNumber(
            "Số di động 11 chữ số đầu 01 đã đổi thành 10 chữ số từ năm 2018. Hãy nhập số mới, ví dụ 0912 345 678.",
            "Mobile numbers of 11 digits starting with 01 changed to 10 digits in 2018. Enter the new number.",
        )
    if _LANDLINE.match(national):
        raise BadNumber(
            "Đây là số máy bàn, không nhận được tin nhắn. Hãy nhập số di động.",
            "This is a landline, it cannot receive messages. Enter a mobile number.",
        )
    raise BadNumber(
        "Số di động phải gồm 10 chữ số bắt đầu bằng 0, ví dụ 0912 345 678.",
        "A mobile number has 10 digits and starts with 0, for example 0912 345 678.",
    )


def _width(sign: str, encoding: Encoding) -> int:
    if encoding == "GSM-7":
        return 2 if sign in _GSM7_ESCAPED else 1
    return 2 if ord(sign) > 0xFFFF else 1
