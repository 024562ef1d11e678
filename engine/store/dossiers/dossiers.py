"""Dossiers with their files, supplement requests, quotes and payments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import and_, func, select

from engine.domain.errors import NotFound
from engine.domain.vocabulary import SETTLED_PAYMENTS, FileState, PaymentState, next_state
from engine.store.connection import Tx, rows
from engine.store.records import DossierRow, FileRow, PaymentRow, QuoteRow, SupplementRow
from engine.store.schema.dossiers import dossier, dossier_file, fee_payment, fee_quote, supplement_request
from engine.store.schema.work import task

# Dossiers of which something is due and nothing was settled.
UNPAID: Final = and_(
    dossier.c.id.in_(select(fee_quote.c.dossier_id).where(fee_quote.c.total_vnd > 0)),
    dossier.c.id.not_in(select(fee_payment.c.dossier_id).where(fee_payment.c.state.in_(sorted(SETTLED_PAYMENTS)))),
)


def add(tx: Tx, values: Mapping[str, Any]) -> str:
    """Begin a dossier; gives the id."""
    return rows.add(tx, dossier, {"version": 1, "created_at": tx.now, "updated_at": tx.now, **values})


def get(tx: Tx, dossier_id: str) -> DossierRow | None:
    """The dossier, or None."""
    return rows.get(tx, dossier, dossier_id)


def get_locked(tx: Tx, dossier_id: str) -> DossierRow | None:
    """The dossier, held against other writers until the transaction ends."""
    return rows.get_locked(tx, dossier, dossier_id)


def by_code(tx: Tx, code: str) -> DossierRow | None:
    """The dossier with this code, or None."""
    return rows.first(tx, select(dossier).where(dossier.c.code == code))


def by_submit_key(tx: Tx, submit_key: str) -> DossierRow | None:
    """The dossier a click on "send" has already made, or None; a second click waits here for the first to end."""
    if tx.on_postgresql:
        tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(submit_key, 0))))
    return rows.first(tx, select(dossier).where(dossier.c.submit_key == submit_key))


def change(tx: Tx, dossier_id: str, values: Mapping[str, Any]) -> bool:
    """Write columns without looking at the version; False when there is no such dossier."""
    return rows.change(tx, dossier, dossier_id, {"updated_at": tx.now, **values})


def change_version(tx: Tx, dossier_id: str, version: int, values: Mapping[str, Any]) -> int:
    """Write columns of a dossier that still has `version`; gives the new version. Raises Conflict when stale."""
    return rows.change_version(tx, dossier, dossier_id, version, {"updated_at": tx.now, **values})


def add_file(tx: Tx, values: Mapping[str, Any]) -> str:
    """Attach a stored file to a dossier; gives the id."""
    return rows.add(tx, dossier_file, {"state": FileState.ATTACHED, "attached_at": tx.now, **values})


def get_file(tx: Tx, file_id: str) -> FileRow | None:
    """The file's row, or None."""
    return rows.get(tx, dossier_file, file_id)


def files(tx: Tx, dossier_id: str) -> list[FileRow]:
    """Every file of a dossier that was not removed, oldest first."""
    return rows.every(
        tx,
        select(dossier_file)
        .where(dossier_file.c.dossier_id == dossier_id, dossier_file.c.state != FileState.REMOVED)
        .order_by(dossier_file.c.attached_at, dossier_file.c.id),
    )


def change_file(tx: Tx, file_id: str, values: Mapping[str, Any]) -> bool:
    """Write a file's row; False when there is none."""
    return rows.change(tx, dossier_file, file_id, values)


def add_supplement(tx: Tx, values: Mapping[str, Any]) -> str:
    """Ask for a supplement; gives the id."""
    return rows.add(tx, supplement_request, {"asked_at": tx.now, **values})


def supplements(tx: Tx, dossier_id: str) -> list[SupplementRow]:
    """The supplement requests of a dossier, oldest first."""
    return rows.every(
        tx,
        select(supplement_request)
        .where(supplement_request.c.dossier_id == dossier_id)
        .order_by(supplement_request.c.asked_at, supplement_request.c.id),
    )


def open_supplement(tx: Tx, dossier_id: str) -> SupplementRow | None:
    """The supplement request that still waits for its answer, or None."""
    return rows.first(
        tx,
        select(supplement_request)
        .where(supplement_request.c.dossier_id == dossier_id, supplement_request.c.answered_at.is_(None))
        .order_by(supplement_request.c.asked_at.desc()),
    )


def change_supplement(tx: Tx, supplement_id: str, values: Mapping[str, Any]) -> bool:
    """Write a supplement request; False when there is none."""
    return rows.change(tx, supplement_request, supplement_id, values)


def add_quote(tx: Tx, values: Mapping[str, Any]) -> str:
    """Freeze a quote; gives the id."""
    return rows.add(tx, fee_quote, {"quoted_at": tx.now, **values})


def quote(tx: Tx, dossier_id: str) -> QuoteRow | None:
    """The newest frozen quote of a dossier, or None."""
    return rows.first(
        tx,
        select(fee_quote)
        .where(fee_quote.c.dossier_id == dossier_id)
        .order_by(fee_quote.c.quoted_at.desc(), fee_quote.c.id.desc()),
    )


def add_payment(tx: Tx, values: Mapping[str, Any]) -> str:
    """Enter a payment in its first `state`; gives the id. Raises ImpossiblePayment for a state none begins with."""
    next_state(None, PaymentState(values["state"]))
    return rows.add(tx, fee_payment, {"collected_at": tx.now, **values})


def move_payment(tx: Tx, payment_id: str, wanted: PaymentState, **values: Any) -> None:
    """Bring a payment into another state, with what that state needs (`method`, `receipt_number`).

    Raises ImpossiblePayment when it cannot go there, NotFound when there is none. Twice is not once: who pays what is
    paid, or pays back what was paid back, is told so.
    """
    payment = rows.get_locked(tx, fee_payment, payment_id)
    if payment is None:
        raise NotFound
    state = next_state(PaymentState(payment["state"]), wanted)
    rows.change(tx, fee_payment, payment_id, {**values, "state": state})


def payments(tx: Tx, dossier_id: str) -> list[PaymentRow]:
    """The payments of a dossier, oldest first, whatever became of them."""
    return rows.every(
        tx, select(fee_payment).where(fee_payment.c.dossier_id == dossier_id).order_by(fee_payment.c.collected_at)
    )


def left_to_pay(tx: Tx, dossier_id: str) -> int:
    """What is still due by the frozen quote, in đồng; nothing when there is no quote, or when the fee was waived."""
    asked = quote(tx, dossier_id)
    settled = settled_payments(tx, dossier_id)
    if asked is None or any(row["state"] == PaymentState.WAIVED for row in settled):
        return 0
    return max(0, int(asked["total_vnd"]) - sum(row["amount_vnd"] for row in settled))


def left_by_dossier(tx: Tx, dossier_ids: Sequence[str]) -> dict[str, int]:
    """The same of several dossiers at once; those with nothing due are left out."""
    # The last one counts, as in quote(): also between two of the same instant.
    order = (fee_quote.c.quoted_at, fee_quote.c.id)
    asked = select(fee_quote).where(fee_quote.c.dossier_id.in_(dossier_ids)).order_by(*order)
    left = {str(row["dossier_id"]): int(row["total_vnd"]) for row in rows.every(tx, asked)}
    settled = select(fee_payment).where(
        fee_payment.c.dossier_id.in_(dossier_ids), fee_payment.c.state.in_(sorted(SETTLED_PAYMENTS))
    )
    for row in rows.every(tx, settled):
        waived = row["state"] == PaymentState.WAIVED
        left[row["dossier_id"]] = 0 if waived else left.get(row["dossier_id"], 0) - int(row["amount_vnd"])
    return {dossier_id: amount for dossier_id, amount in left.items() if amount > 0}


def settled_payments(tx: Tx, dossier_id: str) -> list[PaymentRow]:
    """The payments by which nothing is due any more, oldest first."""
    return [row for row in payments(tx, dossier_id) if row["state"] in SETTLED_PAYMENTS]


def get_locked_by_task(tx: Tx, task_id: str) -> DossierRow | None:
    """The dossier a task belongs to, held against other writers until the transaction ends."""
    of_task = select(task.c.dossier_id).where(task.c.id == task_id).scalar_subquery()
    return rows.first(tx, select(dossier).where(dossier.c.id == of_task).with_for_update())
