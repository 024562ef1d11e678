"""From an HTTP exchange to the one of four answers the worker can write down."""

from __future__ import annotations

from collections.abc import Callable

from connectors.errors import AddressForbidden, NotSent, ReplyLost
from connectors.http import Reply
from connectors.port import Done, Outcome, Refused, TryLater, Unknown

_LONGEST_PAUSE_S = 24 * 3600.0


def outcome_of(exchange: Callable[[], Reply]) -> Outcome:
    """Run one exchange and judge its ending. Nothing the other side does becomes an exception."""
    try:
        reply = exchange()
        return _judge(reply)
    except NotSent as error:
        return TryLater(error.code)
    except ReplyLost as error:
        return Unknown(error.code)
    except AddressForbidden as error:
        return Refused(error.code, error.message_vi, error.message_en)


def _judge(reply: Reply) -> Outcome:
    if reply.ok:
        return Done(reply.json())
    if reply.status in (429, 503):
        # Both say "not now, I did nothing" (RFC 6585, RFC 9110).
        return TryLater(f"http_{reply.status}", _pause(reply))
    if 400 <= reply.status < 500:
        return _refusal(reply)
    return Unknown(f"http_{reply.status}")


def _pause(reply: Reply) -> float | None:
    wished = reply.headers.get("retry-after", "")
    return min(float(wished), _LONGEST_PAUSE_S) if wished.isascii() and wished.isdigit() else None


def _refusal(reply: Reply) -> Refused:
    try:
        said = reply.json()
    except ReplyLost:
        said = {}
    code = str(said.get("code") or f"http_{reply.status}")
    return Refused(
        code,
        str(said.get("message_vi") or f"Hệ thống bên ngoài từ chối yêu cầu (mã {code})."),
        str(said.get("message_en") or f"The other side refused the request (code {code})."),
    )
