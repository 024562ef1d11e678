"""File names as people's machines send them, made safe to show and to offer for download."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MAX_NAME: Final = 120
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?\Z", re.IGNORECASE)
_FORBIDDEN: Final = frozenset("<>:\"|?*;%&$`'{}")


def clean_name(upload_name: str, kind: str | None) -> str:
    """The name without folders, control and direction marks, composed (NFC), with the extension of what it is.

    Never empty: a name of which nothing is left becomes "tep" (file).
    """
    composed = unicodedata.normalize("NFC", upload_name.encode("utf-8", "ignore").decode("utf-8"))
    last = re.split(r"[/\\]", composed)[-1]
    kept = "".join(ch for ch in last if _is_plain(ch)).rstrip(" .")
    stem, dot, extension = kept.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", extension):
        stem, extension = kept, ""
    stem = " ".join(stem.split()).strip(" .-")
    if not stem or _RESERVED.match(stem):
        stem = f"tep-{stem}".rstrip("-")
    ending = kind or extension
    return f"{stem[:MAX_NAME]}.{ending}" if ending else stem[:MAX_NAME]


def _is_plain(ch: str) -> bool:
    """Letters, digits, marks, punctuation and spaces; no control, format (RTL override), private or lone surrogate."""
    return (
        ch not in _FORBIDDEN
        and unicodedata.category(ch)[0] in "LNMPSZ"
        and unicodedata.category(ch)
        not in (
            "Zl",
            "Zp",
        )
    )
