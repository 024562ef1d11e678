"""The fee is paid at the counter and a numbered receipt is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.actions.dossier import DossierWork, fee_is_waiting, issue_document, keep_work, load_work
from engine.actions.fees.release_result import release_result
from engine.context import OfficeContext
from engine.domain.actor import Actor, Role, must_be_staff
from engine.domain.clock import local_day
from engine.domain.dossier import NOTHING_DUE, DossierState
from engine.domain.errors import Invalid, NotFound, WrongState
from engine.domain.fee_by_hand import WAITING
from engine.domain.forms import FormField
from engine.domain.history import EventKind
from engine.domain.meanings import Meaning
from engine.domain.text import Text
from engine.domain.texts import office_text
from engine.domain.vocabulary import DocumentKind, PaymentMethod, PaymentState
from engine.store.connection import Tx
from engine.store.dossiers import counters, dossiers

PAID: Final = Text(
    "Phí, lệ phí của hồ sơ này đã được thu. Hãy in lại biên lai trong mục giấy tờ.",
    "The fee of this dossier has been collected. The receipt can be printed from the documents.",
)

HOW: Final = Text("Hãy chọn cách thu phí.", "Please choose how the fee is paid.")
REFERENCE: Final = Text("Hãy ghi số tham chiếu của ngân hàng.", "Please give the bank's reference.")
CLOSED = Text(
    "Hồ sơ đã dừng, bị từ chối hoặc đang rút: không thu phí, lệ phí nữa.",
    "The dossier has stopped, was refused or is being withdrawn: no fee is taken any more.",
)


@dataclass(frozen=True)
class CollectFee:
    """`method`: one of `PaymentMethod`; `reference`: what the bank calls a transfer, which has to be named."""

    actor: Actor
    dossier_id: str
    method: str
    reference: str = ""


@dataclass(frozen=True)
class CollectedFee:
    """The receipt (biên lai): its number and the id of its printable document."""

    receipt_number: str
    document_id: str
    amount_vnd: int


def collect_fee(tx: Tx, office: OfficeContext, cmd: CollectFee) -> CollectedFee:
    """Take the amount of the frozen quote, once, and write the receipt. Raises WrongState when nothing is due."""
    must_be_staff(cmd.actor, Role.RECEPTION, Role.RETURN_OFFICER)
    work = load_work(tx, office, cmd.actor, cmd.dossier_id)
    if work.dossier["unit_id"] != cmd.actor.unit_id or work.state is DossierState.DRAFT:
        raise NotFound
    if dossiers.settled_payments(tx, work.id):
        raise WrongState(PAID)
    if work.state in NOTHING_DUE:
        raise WrongState(CLOSED)
    if cmd.method == PaymentMethod.TRANSFER and not cmd.reference.strip():
        raise Invalid({"reference": REFERENCE})
    collected = take_fee(work, cmd.method, cmd.reference.strip()[:100])
    release_result(work)
    keep_work(work)
    return collected


def take_fee(work: DossierWork, method: str, reference: str = "") -> CollectedFee:
    """Enter the payment and write the receipt within a step; raises Invalid, or WrongState when nothing is due."""
    if method not in tuple(PaymentMethod):
        raise Invalid({"method": HOW})
    quote = dossiers.quote(work.tx, work.id)
    if quote is None and fee_is_waiting(work):
        raise WrongState(WAITING)
    if quote is None or quote["total_vnd"] == 0:
        raise WrongState(Text("Hồ sơ này không phải nộp phí, lệ phí.", "No fee is due for this dossier."))
    amount, number = int(quote["total_vnd"]), _receipt_number(work)
    payment = {"dossier_id": work.id, "state": PaymentState.PAID, "amount_vnd": amount, "reference": reference or None}
    dossiers.add_payment(
        work.tx, {**payment, "method": method, "receipt_number": number, "collected_by": work.actor.name}
    )
    paid = {"number": number, "amount_vnd": amount, "method": method}
    work.happened(EventKind.FEE_COLLECTED, paid)
    way = office_text(f"paper.receipt.method.{method}", reference=reference or "……")
    printed = {"total_vnd": amount, "payment_method": way, "collected_at": work.at}
    return CollectedFee(number, issue_document(work, DocumentKind.RECEIPT, number=number, extra=printed), amount)


def settle_task_fee(work: DossierWork, method_field: FormField, outputs: Mapping[str, Any]) -> dict[str, Any]:
    """What a task that collects the fee adds to the process: the receipt, made now unless it was made before."""
    paid = dossiers.settled_payments(work.tx, work.id)
    if paid:
        number, amount = paid[-1]["receipt_number"], paid[-1]["amount_vnd"]
    else:
        method = method_field.outcome_of(outputs.get(method_field.key, ""))
        if method not in tuple(PaymentMethod):
            raise Invalid({method_field.key: HOW})
        collected = take_fee(work, method)
        number, amount = collected.receipt_number, collected.amount_vnd
    return work.spec.as_variables({Meaning.RECEIPT_NUMBER: number, Meaning.PAID_AMOUNT: amount})


def _receipt_number(work: DossierWork) -> str:
    """Numbered through the year, per agency."""
    agency, on = work.office.settings.agency_code, local_day(work.at)
    counter = counters.next_number(work.tx, f"BL/{agency}"[:40], on.replace(month=1, day=1))
    return f"BL-{agency.rsplit('.', maxsplit=1)[-1]}-{on.year}-{counter:06d}"
