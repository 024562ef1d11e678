"""JSON columns, read and written quickly, with the same meaning as the standard library gives them.

orjson does the common case. What it would refuse or change (whole numbers beyond 64 bits, keys that are no text, halves
of surrogate pairs, what is no number) goes through the standard library.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

import orjson

# Only JSON's own kinds: an instant or a data class in a record is a mistake, and stays one.
_PLAIN: Final = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_SUBCLASS
_LONG_NUMBER: Final = re.compile(r"[0-9]{18}")


def write_json(value: Any) -> str:
    """The value as text; raises TypeError for what is no JSON."""
    try:
        text = orjson.dumps(value, option=_PLAIN).decode()
    except TypeError:  # also its JSONEncodeError
        return json.dumps(value)
    return json.dumps(value) if "null" in text else text  # it writes null for what is no number too


def read_json(text: str | bytes) -> Any:
    """The value of a text that `write_json`, or the standard library before it, has written."""
    words = text.decode() if isinstance(text, bytes) else text
    if _LONG_NUMBER.search(words):
        return json.loads(words)
    try:
        return orjson.loads(words)
    except ValueError:
        return json.loads(words)
