"""Hồ sơ: its states, the national status codes they report, and the moves the law allows."""

from __future__ import annotations

from enum import StrEnum

from engine.domain.text import Text
from engine.domain.texts import office_text


class DossierState(StrEnum):
    """Where a dossier really is; richer than the ten national codes, which hide the reason."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SUPPLEMENT_ASKED = "supplement_asked"
    ACCEPTED = "accepted"
    PROCESSING = "processing"
    WAITING_CITIZEN = "waiting_citizen"
    WAITING_SIGNATURE = "waiting_signature"
    WAITING_PAYMENT = "waiting_payment"
    ISSUED = "issued"
    RESULT_READY = "result_ready"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    REFUSED = "refused"
    WITHDRAWAL_ASKED = "withdrawal_asked"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


S = DossierState

# State → national status (0 is ours: a draft is not yet a dossier for anybody else).
NATIONAL_STATUS: dict[DossierState, int] = {
    S.DRAFT: 0,
    S.SUBMITTED: 1,
    S.ACCEPTED: 2,
    S.REFUSED: 3,
    S.PROCESSING: 4,
    S.WAITING_CITIZEN: 4,
    S.WAITING_SIGNATURE: 4,
    S.SUPPLEMENT_ASKED: 5,
    S.WAITING_PAYMENT: 6,
    S.WITHDRAWAL_ASKED: 7,
    S.WITHDRAWN: 8,
    S.STOPPED: 8,
    S.ISSUED: 9,
    S.RESULT_READY: 9,
    S.DELIVERING: 9,
    S.DELIVERED: 10,
}

# National status → the state to assume when only the number is known (a diagram that says no more).
STATE_OF_STATUS: dict[int, DossierState] = {
    0: S.DRAFT,
    1: S.SUBMITTED,
    2: S.ACCEPTED,
    3: S.REFUSED,
    4: S.PROCESSING,
    5: S.SUPPLEMENT_ASKED,
    6: S.WAITING_PAYMENT,
    7: S.WITHDRAWAL_ASKED,
    8: S.STOPPED,
    9: S.RESULT_READY,
    10: S.DELIVERED,
}

FINAL_STATUSES = frozenset({3, 8, 10})
FINAL_STATES = frozenset({S.REFUSED, S.WITHDRAWN, S.STOPPED, S.DELIVERED})
# The promised date counts no more: the result is there, or none will come.
NO_DATE_AWAITED = FINAL_STATES | {S.ISSUED, S.RESULT_READY, S.DELIVERING}
# No fee is taken for what has not been sent, or will not be done any more.
NOTHING_DUE = frozenset({S.DRAFT, S.REFUSED, S.WITHDRAWAL_ASKED, S.WITHDRAWN, S.STOPPED})

# 9 → 4 is missing on purpose: an issued result is only touched by a recorded correction, never silently.
_MOVES: dict[int, frozenset[int]] = {
    0: frozenset({1}),
    1: frozenset({2, 3, 5, 7}),
    2: frozenset({4, 7}),
    3: frozenset(),
    4: frozenset({5, 6, 7, 8, 9}),
    5: frozenset({1, 2, 4, 7, 8}),
    6: frozenset({4, 8}),
    7: frozenset({4, 8}),
    8: frozenset(),
    9: frozenset({10}),
    10: frozenset(),
}


def national_status(state: DossierState) -> int:
    """The national code (0 draft, 1–10) that a state reports to other systems."""
    return NATIONAL_STATUS[state]


def status_label(code: int) -> Text:
    """The official name of a national status code; raises KeyError for a number that is none."""
    return office_text(f"status.{int(code)}")


def can_move(from_status: int, to_status: int) -> bool:
    """True when the national table lets a dossier go from one status to the other.

    Staying where one is, is no move and always allowed.
    """
    return from_status == to_status or to_status in _MOVES.get(from_status, frozenset())


def plain_words(state: DossierState) -> Text:
    """One sentence for the citizen: what this state means and, where there is something to do, what."""
    return office_text(f"state.{state}")


def refusal_state(from_status: int) -> DossierState:
    """The state of a refused dossier.

    Before acceptance a refusal is "not accepted" (3); once accepted it can only be stopped with a written
    refusal (8), because the national table knows no way from 4 to 3.
    """
    return S.REFUSED if can_move(from_status, NATIONAL_STATUS[S.REFUSED]) else S.STOPPED
