"""What a call came to, judged by what the other side promises. Calls happen here, outside any transaction."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from connectors.errors import ConnectorError
from connectors.port import Call, Connector, Done, Outcome, Refused, TryLater, Unknown
from connectors.registry import Registry
from engine.store.records import JobRow

_LOG = logging.getLogger("motcua.jobs")
_NOT_SEEN: Final = "bên nhận chưa thấy yêu cầu này"
SETTLED_S: Final = 30.0  # longer than a call is waited for (connectors.config.Reach.total_timeout_s)


@dataclass(frozen=True)
class AskAgain:
    """In doubt, and the other side can be asked: keep the claim and ask once more in `after_s` seconds."""

    after_s: float
    reason: str
    line_failed: bool = True


@dataclass(frozen=True)
class CutShort(Unknown):
    """Our own worker died in the middle of the call: that says nothing of the other side, nor of the line to it."""


def begin(registry: Registry, job: JobRow, max_attempts: int, now: datetime) -> Outcome | AskAgain:
    """Make the call of a job that was just claimed from the waiting ones."""
    recorded = _recorded(job)
    if recorded is not None:
        return recorded
    connector = _connector(registry, job)
    return connector if isinstance(connector, Refused) else _called(connector, job, job["attempts"] >= max_attempts)


def resume(registry: Registry, job: JobRow, max_attempts: int, now: datetime) -> Outcome | AskAgain:
    """Go on with a job whose worker died between claim and record: the call may or may not have been made.

    The other side honours our key: call again. It can be asked: ask. Neither: unknown, and a person decides.
    """
    recorded = _recorded(job)
    if recorded is not None:
        return recorded
    connector = _connector(registry, job)
    if isinstance(connector, Refused):
        return Unknown(connector.message_vi)
    last = job["attempts"] >= max_attempts
    if connector.honours_keys:
        return _called(connector, job, last)
    if connector.offers_find:
        asked = _asked(connector, job, now)
        return Unknown(asked.reason) if last and isinstance(asked, AskAgain) else asked
    return CutShort("Tiến trình gửi bị ngắt giữa chừng; bên nhận không cho hỏi lại.")


def is_answer(outcome: Outcome) -> bool:
    """Whether the other side answered: Done, Refused, and "never seen, send it" (a pause of nothing)."""
    return isinstance(outcome, Done | Refused) or (isinstance(outcome, TryLater) and outcome.after_s == 0)


def line_trouble(outcome: Outcome) -> tuple[str, float | None] | None:
    """What is wrong with the line a call went over: (reason, pause asked for), or None where nothing is known to be."""
    if isinstance(outcome, CutShort):
        return None
    if isinstance(outcome, Unknown):
        return outcome.reason, None
    if isinstance(outcome, TryLater) and outcome.after_s != 0:
        return outcome.reason, outcome.after_s
    return None


def _recorded(job: JobRow) -> Done | None:
    """An answer that was received, but whose recording failed: never call for it a second time."""
    return Done(job["result"]) if job["result"] is not None else None


def _connector(registry: Registry, job: JobRow) -> Connector | Refused:
    try:
        return registry.connector(job["kind"])
    except ConnectorError as error:
        return Refused("not_configured", error.message_vi, error.message_en)


def _called(connector: Connector, job: JobRow, last: bool) -> Outcome | AskAgain:
    """`last`: no try is left, so a doubt stays a doubt and is shown to a person."""
    try:
        outcome = connector.call(Call(job["kind"], job["key"], job["payload"]))
    except Exception as error:  # a fault of ours in the adapter: the call may have left
        _LOG.exception("connector %s", job["kind"])
        outcome = Unknown(type(error).__name__)
    if last or not isinstance(outcome, Unknown):
        return outcome
    if connector.honours_keys:
        return TryLater(outcome.reason)
    return AskAgain(2.0, outcome.reason) if connector.offers_find else outcome


def _asked(connector: Connector, job: JobRow, now: datetime) -> Outcome | AskAgain:
    """Ask what became of our key.

    Never seen there: the call did not arrive, so it may be made; but only once a slow other side cannot have the
    first one still in hand.
    """
    try:
        found = connector.find(job["key"])
    except Exception as error:
        _LOG.exception("asking connector %s", job["kind"])
        return AskAgain(30.0, type(error).__name__)
    if isinstance(found, TryLater):
        return AskAgain(found.after_s or min(2.0 ** job["attempts"], 300.0), found.reason)
    if isinstance(found, Unknown):
        return AskAgain(min(2.0 ** job["attempts"], 300.0), found.reason)
    if found is not None:
        return found
    still_s = SETTLED_S - (now - job["called_at"]).total_seconds() if job["called_at"] else 0.0
    if still_s > 0:
        return AskAgain(still_s, _NOT_SEEN, line_failed=False)
    return TryLater(_NOT_SEEN, after_s=0.0)
