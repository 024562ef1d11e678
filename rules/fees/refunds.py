"""Tiền hoàn trả: what goes back when a fee was not owed, and when an application is refused."""

from __future__ import annotations

from dataclasses import dataclass

from rules.fees.quotes import Quote
from rules.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class RefundLine:
    """One fee item: `due` goes back, `withheld` stays with the administration by law."""

    item_code: str
    due: Money
    withheld: Money


def refund_of_overcharge(paid: Quote, corrected: Quote) -> tuple[RefundLine, ...]:
    """What was paid but never owed, for instance because an exemption is proven after payment.

    Terms of non-refundability speak of refused applications, not of money that was not owed, so all of it
    goes back. Charges of a payment service were never part of either quote.
    """
    now = {line.item_code: line.after for line in corrected.lines}
    over = ((line.item_code, line.after - now.get(line.item_code, ZERO)) for line in paid.lines)
    return tuple(RefundLine(code, amount, ZERO) for code, amount in over if amount.dong > 0)


def refund_on_refusal(paid: Quote) -> tuple[RefundLine, ...]:
    """What goes back when the application is refused: only items whose terms say they are refundable."""
    lines = []
    for line in paid.lines:
        if line.after:
            back = line.refundable is True
            lines.append(RefundLine(line.item_code, line.after if back else ZERO, ZERO if back else line.after))
    return tuple(lines)
