"""Payments of fees: their states, and the only ways from one to the next."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from engine.domain.errors import WrongState
from engine.domain.text import Text


class PaymentMethod(StrEnum):
    """How a fee is paid: in cash, by transfer, or to the postman who brings the result."""

    CASH = "cash"
    TRANSFER = "transfer"
    COD = "cod"


class PaymentState(StrEnum):
    """Where a payment stands. `voided`: entered by mistake, no money is kept; `waived`: the law asks for none."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    VOIDED = "voided"
    REFUNDED = "refunded"
    WAIVED = "waived"


P = PaymentState
FIRST_STATES: Final = frozenset({P.PENDING, P.PAID, P.WAIVED})  # cash at the counter is paid as soon as it is entered
SETTLED_PAYMENTS: Final = frozenset({P.PAID, P.WAIVED})  # nothing is due any more
RECEIPTED: Final = frozenset({P.PAID, P.REFUNDED})  # money was taken: there is a method and a numbered receipt

_MOVES: Final[dict[PaymentState, frozenset[PaymentState]]] = {
    P.PENDING: frozenset({P.PAID, P.FAILED, P.VOIDED}),
    P.FAILED: frozenset({P.PENDING, P.VOIDED}),
    P.PAID: frozenset({P.REFUNDED, P.VOIDED}),
    P.VOIDED: frozenset(),
    P.REFUNDED: frozenset(),
    P.WAIVED: frozenset(),
}

_WORDS: Final[dict[PaymentState, Text]] = {
    P.PENDING: Text("đang chờ thanh toán", "waiting to be paid"),
    P.PAID: Text("đã nộp", "paid"),
    P.FAILED: Text("thanh toán không thành công", "failed"),
    P.VOIDED: Text("đã hủy", "voided"),
    P.REFUNDED: Text("đã hoàn trả", "refunded"),
    P.WAIVED: Text("được miễn", "waived"),
}


class ImpossiblePayment(WrongState):
    """A payment cannot go from the state it is in to the one that is wanted."""

    def __init__(self, before: PaymentState | None, wanted: PaymentState) -> None:
        after = _WORDS[wanted]
        if before is None:
            message = Text(
                f"Một khoản thu không thể bắt đầu ở trạng thái “{after.vi}”.",
                f'A payment cannot begin as "{after.en}".',
            )
        else:
            now = _WORDS[before]
            message = Text(
                f"Khoản thu ở trạng thái “{now.vi}” không thể chuyển sang “{after.vi}”.",
                f'A payment that is "{now.en}" cannot become "{after.en}".',
            )
        super().__init__(message)


def next_state(before: PaymentState | None, wanted: PaymentState) -> PaymentState:
    """The state wanted, when a payment may go there (`before` None: a new one). Raises ImpossiblePayment."""
    allowed = FIRST_STATES if before is None else _MOVES[before]
    if wanted not in allowed:
        raise ImpossiblePayment(before, wanted)
    return wanted


def state_words(state: PaymentState) -> Text:
    """A state as people read it."""
    return _WORDS[state]
