"""Hồ sơ: its states, the national status codes they report, and the moves the law allows."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final

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
# Nothing follows any more: the dossier is over.
FINAL_STATES: Final = frozenset({S.REFUSED, S.WITHDRAWN, S.STOPPED, S.DELIVERED})
# The promised date counts no more: the result is there, or none will come.
NO_DATE_AWAITED: Final = FINAL_STATES | {S.ISSUED, S.RESULT_READY, S.DELIVERING}
# No fee is taken for what has not been sent, or has been withdrawn or refused.
NOTHING_DUE: Final = frozenset({S.DRAFT, S.REFUSED, S.WITHDRAWAL_ASKED, S.WITHDRAWN, S.STOPPED})
# A supplement, a confirmation or a payment waits for the citizen.
NEEDS_CITIZEN: Final = frozenset({S.SUPPLEMENT_ASKED, S.WAITING_CITIZEN, S.WAITING_PAYMENT})


class NationalStatus(IntEnum):
    """The ten codes every dossier reports to the national portal, and 0: a draft is nobody else's dossier yet."""

    DRAFT = 0
    REGISTERED = 1
    ACCEPTED = 2
    NOT_ACCEPTED = 3
    PROCESSING = 4
    SUPPLEMENT_ASKED = 5
    PAYMENT_ASKED = 6
    WITHDRAWAL_ASKED = 7
    STOPPED = 8
    COMPLETED = 9
    RETURNED = 10


N = NationalStatus
FINAL_STATUSES: Final = frozenset({N.NOT_ACCEPTED, N.STOPPED, N.RETURNED})
CLOSED_STATUSES: Final = frozenset({N.NOT_ACCEPTED, N.STOPPED})  # over without a result
DECIDED_STATUSES: Final = frozenset({N.COMPLETED, N.RETURNED})  # the result is signed
CLOCK_STOPPED: Final = CLOSED_STATUSES | DECIDED_STATUSES  # no date of return has to be kept any more

NATIONAL_STATUS: Final[dict[DossierState, NationalStatus]] = {
    S.DRAFT: N.DRAFT,
    S.SUBMITTED: N.REGISTERED,
    S.ACCEPTED: N.ACCEPTED,
    S.REFUSED: N.NOT_ACCEPTED,
    S.PROCESSING: N.PROCESSING,
    S.WAITING_CITIZEN: N.PROCESSING,
    S.WAITING_SIGNATURE: N.PROCESSING,
    S.SUPPLEMENT_ASKED: N.SUPPLEMENT_ASKED,
    S.WAITING_PAYMENT: N.PAYMENT_ASKED,
    S.WITHDRAWAL_ASKED: N.WITHDRAWAL_ASKED,
    S.WITHDRAWN: N.STOPPED,
    S.STOPPED: N.STOPPED,
    S.ISSUED: N.COMPLETED,
    S.RESULT_READY: N.COMPLETED,
    S.DELIVERING: N.COMPLETED,
    S.DELIVERED: N.RETURNED,
}

# National status → the state to assume when only the number is known (a diagram that says no more).
STATE_OF_STATUS: Final[dict[NationalStatus, DossierState]] = {
    N.DRAFT: S.DRAFT,
    N.REGISTERED: S.SUBMITTED,
    N.ACCEPTED: S.ACCEPTED,
    N.NOT_ACCEPTED: S.REFUSED,
    N.PROCESSING: S.PROCESSING,
    N.SUPPLEMENT_ASKED: S.SUPPLEMENT_ASKED,
    N.PAYMENT_ASKED: S.WAITING_PAYMENT,
    N.WITHDRAWAL_ASKED: S.WITHDRAWAL_ASKED,
    N.STOPPED: S.STOPPED,
    N.COMPLETED: S.RESULT_READY,
    N.RETURNED: S.DELIVERED,
}

# 9 → 4 is missing on purpose: an issued result is only touched by a recorded correction, never silently.
_MOVES: Final[dict[NationalStatus, frozenset[NationalStatus]]] = {
    N.DRAFT: frozenset({N.REGISTERED}),
    N.REGISTERED: frozenset({N.ACCEPTED, N.NOT_ACCEPTED, N.SUPPLEMENT_ASKED, N.WITHDRAWAL_ASKED}),
    N.ACCEPTED: frozenset({N.PROCESSING, N.WITHDRAWAL_ASKED}),
    N.NOT_ACCEPTED: frozenset(),
    N.PROCESSING: frozenset({N.SUPPLEMENT_ASKED, N.PAYMENT_ASKED, N.WITHDRAWAL_ASKED, N.STOPPED, N.COMPLETED}),
    N.SUPPLEMENT_ASKED: frozenset({N.REGISTERED, N.ACCEPTED, N.PROCESSING, N.WITHDRAWAL_ASKED, N.STOPPED}),
    N.PAYMENT_ASKED: frozenset({N.PROCESSING, N.STOPPED}),
    N.WITHDRAWAL_ASKED: frozenset({N.PROCESSING, N.STOPPED}),
    N.STOPPED: frozenset(),
    N.COMPLETED: frozenset({N.RETURNED}),
    N.RETURNED: frozenset(),
}


def status_label(status: int) -> Text:
    """The official name of a national status code; raises ValueError for a number that is none."""
    return office_text(f"status.{NationalStatus(status):d}")


def can_move(from_status: int, to_status: int) -> bool:
    """True when the national table lets a dossier go from one status to the other.

    Staying where one is, is no move and always allowed.
    """
    allowed: frozenset[int] = _MOVES.get(NationalStatus(from_status), frozenset())
    return from_status == to_status or to_status in allowed


def plain_words(state: DossierState) -> Text:
    """One sentence for the citizen: what this state means and, where there is something to do, what."""
    return office_text(f"state.{state}")


def refusal_state(from_status: int) -> DossierState:
    """The state of a refused dossier.

    Before acceptance a refusal is "not accepted" (3); once accepted it can only be stopped with a written
    refusal (8), because the national table knows no way from 4 to 3.
    """
    return S.REFUSED if can_move(from_status, N.NOT_ACCEPTED) else S.STOPPED
