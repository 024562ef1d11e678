"""Signs no text of the office may hold: the database refuses some, others make a text look like what it is not."""

from __future__ import annotations

import re
from typing import Final

from engine.domain.text import Text

# Control signs but tab and line ends, halves of surrogate pairs, and marks that turn the reading direction: with these
# a name on the desk's page can be made to read as another one.
_KINDS: Final = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\u202a-\u202e\u2066-\u2069"
_UNWRITABLE: Final = re.compile(f"[{_KINDS}]")
WRITABLE_PATTERN: Final = f"^[^{_KINDS}]*$"
"""The same as a pattern of JSON Schema, so that the description of the API says what it takes."""

UNWRITABLE: Final = Text(
    "Nội dung có ký tự điều khiển hoặc ký tự đảo chiều chữ nên không lưu được. Hãy xóa ký tự đó, gõ lại rồi gửi.",
    "The text contains control characters or marks that turn the reading direction and cannot be kept. "
    "Delete them, type the text anew and send it again.",
)


def is_writable(text: str) -> bool:
    """Whether the record can hold this text and people will read in it what stands there."""
    return _UNWRITABLE.search(text) is None
