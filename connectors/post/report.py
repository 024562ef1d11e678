"""What the post tells us about a parcel, by a signed message."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from connectors.errors import WebhookRefused

DELIVERED: Final = 3
CANCELLED: Final = 4
_LONGEST: Final = 120


@dataclass(frozen=True)
class ParcelReport:
    """`key`: ours, under which the order was placed. `status`: see `gateway.STATUS_LABELS`."""

    key: str
    tracking_number: str
    status: int


def read_report(body: bytes) -> ParcelReport:
    """The report in a message whose signature was checked; raises WebhookRefused when it says nothing we know."""
    try:
        told = json.loads(body)
        key, number, status = told["key"], told["tracking_number"], told["status"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise _unreadable() from None
    texts = _is_name(key) and key and _is_name(number)
    if not texts or isinstance(status, bool) or not isinstance(status, int) or not 1 <= status <= CANCELLED:
        raise _unreadable()
    return ParcelReport(key, number, status)


def _is_name(value: object) -> bool:
    """Whether it is a text the record can hold: neither NUL nor lone surrogates nor other signs nobody sees."""
    return isinstance(value, str) and len(value) <= _LONGEST and value.isprintable()


def _unreadable() -> WebhookRefused:
    return WebhookRefused(
        "Không đọc được thông báo của bưu chính.", "The message of the post cannot be read.", code="unreadable"
    )
