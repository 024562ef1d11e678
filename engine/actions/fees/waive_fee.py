"""The head of the unit lets somebody off the fee, with a reason; or takes back a payment entered by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.actions.dossier import DossierWork, fee_is_waiting, keep_work, load_work
from engine.actions.fees.release_result import release_result
from engine.context import OfficeContext
from engine.domain.actor import Actor, Role, must_be_staff
from engine.domain.dossier import NOTHING_DUE, DossierState
from engine.domain.errors import NotFound, WrongState
from engine.domain.fee_by_hand import WAITING
from engine.domain.history import EventKind
from engine.domain.reasons import reason_given
from engine.domain.text import Text
from engine.domain.vocabulary import DocumentKind, PaymentState
from engine.store.connection import Tx
from engine.store.dossiers import documents, dossiers

NOTHING_LEFT: Final = Text(
    "Hồ sơ này không còn khoản phí, lệ phí nào phải nộp.", "There is nothing left to pay for this dossier."
)
NOTHING_TAKEN: Final = Text("Hồ sơ này không có khoản thu nào để hủy.", "No payment of this dossier can be taken back.")


@dataclass(frozen=True)
class WaiveFee:
    """`reason`: why nothing is taken, with the legal ground; it is kept and told to the citizen."""

    actor: Actor
    dossier_id: str
    reason: str


@dataclass(frozen=True)
class VoidPayment:
    """`reason`: what was wrong with the payment that was entered last."""

    actor: Actor
    dossier_id: str
    reason: str


def waive_fee(tx: Tx, office: OfficeContext, cmd: WaiveFee) -> int:
    """Ask nothing any more for this dossier; gives the amount that was due, in đồng. A result that waited goes its way.

    Raises Invalid without a reason, WrongState when nothing is due.
    """
    reason = reason_given(cmd.reason)
    work = _work(tx, office, cmd.actor, cmd.dossier_id)
    if fee_is_waiting(work):
        raise WrongState(WAITING)
    left = dossiers.left_to_pay(tx, work.id)
    if not left or work.state in NOTHING_DUE:
        raise WrongState(NOTHING_LEFT)
    waived = {"dossier_id": work.id, "state": PaymentState.WAIVED, "amount_vnd": 0, "reason": reason}
    dossiers.add_payment(tx, {**waived, "collected_by": cmd.actor.name})
    work.happened(EventKind.FEE_WAIVED, {"amount_vnd": left, "reason": reason})
    release_result(work)
    keep_work(work)
    return left


def void_payment(tx: Tx, office: OfficeContext, cmd: VoidPayment) -> str:
    """Take back the payment entered last: its receipt keeps its number and counts no more. Gives that number.

    The fee is due again. Raises Invalid without a reason, WrongState when nothing was taken.
    """
    reason = reason_given(cmd.reason)
    work = _work(tx, office, cmd.actor, cmd.dossier_id)
    paid = [row for row in dossiers.payments(tx, work.id) if row["state"] == PaymentState.PAID]
    if not paid:
        raise WrongState(NOTHING_TAKEN)
    last = paid[-1]
    number = str(last["receipt_number"])
    dossiers.move_payment(tx, last["id"], PaymentState.VOIDED, reason=reason)
    documents.void(tx, work.id, DocumentKind.RECEIPT, number)
    work.happened(EventKind.FEE_VOIDED, {"number": number, "amount_vnd": last["amount_vnd"], "reason": reason})
    keep_work(work)
    return number


def _work(tx: Tx, office: OfficeContext, actor: Actor, dossier_id: str) -> DossierWork:
    must_be_staff(actor, Role.UNIT_HEAD)
    work = load_work(tx, office, actor, dossier_id)
    if work.dossier["unit_id"] != actor.unit_id or work.state is DossierState.DRAFT:
        raise NotFound
    return work
