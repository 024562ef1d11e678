"""Where a page of a long list ends: an instant and an id, packed for an address. Steady at any depth."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime


def packed(at: datetime, row_id: str) -> str:
    """For the address of the next page."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{row_id}".encode()).decode("ascii")


def unpacked(cursor: str | None) -> tuple[datetime, str] | None:
    """The last row seen; None for a cursor nobody here has made: the list begins anew."""
    try:
        at, _, last_id = base64.urlsafe_b64decode((cursor or "").encode("ascii")).decode("ascii").partition("|")
        seen_at = datetime.fromisoformat(at)
    except (ValueError, binascii.Error, UnicodeError):
        return None
    return None if seen_at.tzinfo is None else (seen_at, last_id)
