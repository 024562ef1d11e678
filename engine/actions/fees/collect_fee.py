"""The fee is paid at the counter and a numbered receipt is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.actions.dossier.issue_document import issue_document
from engine.actions.dossier.step import Step, load_step
from engine.actions.fees.set_fee import fee_is_waiting
from engine.context import Office
from engine.domain.actor import Actor, must_be_staff
from engine.domain.clock import local_day
from engine.domain.dossier import NOTHING_DUE, DossierState
from engine.domain.errors import Invalid, NotFound, WrongState
from engine.domain.fee_by_hand import WAITING
from engine.domain.text import Text
from engine.store.connection.database import Tx
from engine.store.dossiers import counters, dossiers

METHODS: Final = ("cash", "transfer", "cod")
PAID: Final = Text(
    "Phí, lệ phí của hồ sơ này đã được thu. Hãy in lại biên lai trong mục giấy tờ.",
    "The fee of this dossier has been collected. The receipt can be printed from the documents.",
)

CLOSED = Text(
    "Hồ sơ đã dừng, bị từ chối hoặc đang rút: không thu phí, lệ phí nữa.",
    "The dossier has stopped, was refused or is being withdrawn: no fee is taken any more.",
)


@dataclass(frozen=True)
class CollectFee:
    """`method`: cash | transfer | cod."""

    actor: Actor
    dossier_id: str
    method: str


@dataclass(frozen=True)
class CollectedFee:
    """The receipt (biên lai): its number and the id of its printable document."""

    receipt_number: str
    document_id: str
    amount_vnd: int


def collect_fee(tx: Tx, office: Office, cmd: CollectFee) -> CollectedFee:
    """Take the amount of the frozen quote, once, and write the receipt. Raises WrongState when nothing is due."""
    must_be_staff(cmd.actor, "reception", "return_officer")
    step = load_step(tx, office, cmd.actor, cmd.dossier_id)
    if step.dossier["unit_id"] != cmd.actor.unit_id or step.state is DossierState.DRAFT:
        raise NotFound
    if dossiers.payments(tx, step.id):
        raise WrongState(PAID)
    if step.state in NOTHING_DUE:
        raise WrongState(CLOSED)
    collected = take_fee(step, cmd.method)
    step.keep()
    return collected


def take_fee(step: Step, method: str) -> CollectedFee:
    """Enter the payment and write the receipt within a step; raises Invalid, or WrongState when nothing is due."""
    if method not in METHODS:
        raise Invalid({"method": Text("Hãy chọn cách thu phí.", "Please choose how the fee is paid.")})
    quote = dossiers.quote(step.tx, step.id)
    if quote is None and fee_is_waiting(step):
        raise WrongState(WAITING)
    if quote is None or quote["total_vnd"] == 0:
        raise WrongState(Text("Hồ sơ này không phải nộp phí, lệ phí.", "No fee is due for this dossier."))
    amount, number = int(quote["total_vnd"]), _receipt_number(step)
    payment = {"dossier_id": step.id, "amount_vnd": amount, "method": method, "receipt_number": number}
    dossiers.add_payment(step.tx, {**payment, "collected_by": step.actor.name})
    paid = {"number": number, "amount_vnd": amount, "method": method}
    step.happened("fee.collected", paid, public=True)
    printed = {"total_vnd": amount, "payment_method": method, "collected_at": step.at}
    return CollectedFee(number, issue_document(step, "receipt", number=number, extra=printed), amount)


def settle_task_fee(step: Step, outputs: Mapping[str, Any]) -> dict[str, Any]:
    """The outputs of a task that collects the fee: the receipt, made now unless it was made before."""
    paid = dossiers.payments(step.tx, step.id)
    if paid:
        return {"receipt_number": paid[-1]["receipt_number"], "paid_vnd": paid[-1]["amount_vnd"]}
    collected = take_fee(step, str(outputs.get("fee_method", "")))
    return {"receipt_number": collected.receipt_number, "paid_vnd": collected.amount_vnd}


def _receipt_number(step: Step) -> str:
    """Numbered through the year, per agency."""
    agency, on = step.office.settings.agency_code, local_day(step.at)
    counter = counters.next_number(step.tx, f"BL/{agency}"[:40], on.replace(month=1, day=1))
    return f"BL-{agency.rsplit('.', maxsplit=1)[-1]}-{on.year}-{counter:06d}"
