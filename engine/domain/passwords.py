"""Which passwords officials may choose (ASVS 4.0.3, 2.1): long, not one of the most used, otherwise free."""

from __future__ import annotations

import unicodedata
from typing import Final

from engine.domain.errors import Invalid
from engine.domain.text import Text

SHORTEST: Final = 12
LONGEST: Final = 1024
# Every password our samples ever had: in earnest nobody comes in with one, whatever the record says.
SAMPLE_PASSWORDS: Final = frozenset({"Motcua@2026"})
_FEWEST_SIGNS: Final = 4
# The most used ones of twelve signs and more, here and abroad; compared without capitals.
_MOST_USED: Final = frozenset(
    """
    123456789012 1234567890123 12345678910 123456789123 1234567890ab 0123456789ab 012345678910 111111111111
    000000000000 121212121212 123123123123 112233445566 123321123321 987654321098 1q2w3e4r5t6y 1qaz2wsx3edc
    1qazxsw23edc q1w2e3r4t5y6 qwertyuiop12 qwertyuiop123 qwertyuiopas qwertyuiopasdfgh qwerty123456 qwerty12345678
    asdfghjkl123 asdfghjklqwe zxcvbnm12345 zaq12wsxcde3 abcd12345678 abcdefghijkl abc123456789 a1b2c3d4e5f6
    password1234 password12345 password123456 password2024 password2025 password2026 passwordpassword passw0rd1234
    p@ssw0rd1234 p@ssword1234 p@ssword12345 admin1234567 administrator administrator1 admin123456789 adminadmin12
    administrator123 welcome12345 welcome123456 changeme1234 changeme12345 letmein12345 iloveyou1234 iloveyou12345
    sunshine1234 football1234 superman1234 princess1234 dragon123456 monkey123456 master123456 secret123456
    vietnam12345 vietnam123456 vietnamvodich matkhau12345 matkhau123456 matkhaumacdinh matkhau@1234 matkhau@123456
    thanhhoa1234 thanhhoa12345 thanhhoa2025 thanhhoa2026 thanhhoa@2026 hacthanh1234 motcua123456 motcua@12345
    motcua@123456 dichvucong123 dichvucong2026 emyeuanhnhieu anhyeuemnhieu yeuemmaimai123 toiyeuvietnam
    khongcopass1 khongcomatkhau congchuc1234 canbo1234567 tiepnhan1234 quantri12345
    """.split()  # noqa: SIM905 - a list is read more easily without its quotes
)


def clean_password(password: str) -> str:
    """One spelling for the same signs, as different keyboards send them; nothing is cut or trimmed."""
    return unicodedata.normalize("NFC", password)


def must_be_good(password: str, username: str) -> str:
    """The password as it is kept. Raises Invalid for one that is short, endless or among the first to be guessed."""
    clean = clean_password(password)
    if not SHORTEST <= len(clean) <= LONGEST:
        raise _invalid(
            f"Mật khẩu cần từ {SHORTEST} đến {LONGEST} ký tự; một câu dễ nhớ là tốt nhất.",
            f"A password has {SHORTEST} to {LONGEST} characters; a sentence you remember is best.",
        )
    folded = clean.casefold()
    easy = folded in _MOST_USED or len(set(folded)) < _FEWEST_SIGNS or clean in SAMPLE_PASSWORDS
    if easy or _is_name(folded, username):
        raise _invalid(
            "Mật khẩu này nằm trong số dễ đoán nhất. Hãy chọn mật khẩu khác.",
            "This password is among the first to be guessed. Please choose another.",
        )
    return clean


def _is_name(folded: str, username: str) -> bool:
    """Whether nothing but digits and signs is left without the user name."""
    name = username.casefold()
    rest = folded.replace(name, "") if name else folded
    return rest != folded and not any(sign.isalpha() for sign in rest)


def _invalid(vi: str, en: str) -> Invalid:
    words = Text(vi, en)
    return Invalid({"new_password": words}, words)
