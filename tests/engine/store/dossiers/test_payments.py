"""Payments in the record: entered once, moved along the lawful ways only, and held by the database."""

from __future__ import annotations

from typing import Any

import pytest
from factories.office_life import OfficeLife
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from engine.domain.errors import NotFound
from engine.domain.vocabulary import ImpossiblePayment, PaymentMethod, PaymentState
from engine.store.connection import Database
from engine.store.dossiers import dossiers

RECEIPT = {"method": PaymentMethod.TRANSFER, "receipt_number": "BL-H56-2026-000001"}


@pytest.fixture
def life(platform) -> OfficeLife:
    return OfficeLife.founded(platform)


def entered(database: Database, dossier_id: str, **values: Any) -> str:
    with database.begin() as tx:
        payment = {"dossier_id": dossier_id, "amount_vnd": 8000, "collected_by": "-", **values}
        return dossiers.add_payment(tx, payment)


def test_a_payment_waits_fails_is_tried_again_paid_and_paid_back(life: OfficeLife):
    database, dossier_id = life.platform.database, life.draft(life.citizen())
    payment_id = entered(database, dossier_id, state=PaymentState.PENDING)
    for wanted, values in (
        (PaymentState.FAILED, {}),
        (PaymentState.PENDING, {}),
        (PaymentState.PAID, RECEIPT),
        (PaymentState.REFUNDED, {}),
    ):
        with database.begin() as tx:
            dossiers.move_payment(tx, payment_id, wanted, **values)
        with database.read() as tx:
            (row,) = dossiers.payments(tx, dossier_id)
            assert row["state"] == wanted
            assert bool(dossiers.settled_payments(tx, dossier_id)) is (wanted is PaymentState.PAID)
    with pytest.raises(ImpossiblePayment), database.begin() as tx:
        dossiers.move_payment(tx, payment_id, PaymentState.PAID, **RECEIPT)
    with pytest.raises(NotFound), database.begin() as tx:
        dossiers.move_payment(tx, "none", PaymentState.VOIDED)


def test_quotes_of_one_instant_are_the_same_one_for_a_dossier_and_for_a_list(life: OfficeLife):
    database, dossier_id = life.platform.database, life.draft(life.citizen())
    for total in range(1000, 9000, 1000):
        with database.begin() as tx:
            dossiers.add_quote(tx, {"dossier_id": dossier_id, "total_vnd": total, "quote": {}, "schedule_hash": "-"})
    with database.begin() as tx:
        tx.connection.execute(text("UPDATE fee_quote SET quoted_at = (SELECT max(quoted_at) FROM fee_quote)"))
    with database.read() as tx:
        row = dossiers.quote(tx, dossier_id)
        newest = tx.connection.execute(text("SELECT max(id) FROM fee_quote")).scalar_one()
        assert row is not None
        assert row["id"] == newest
        assert dossiers.left_by_dossier(tx, [dossier_id]) == {dossier_id: dossiers.left_to_pay(tx, dossier_id)}


def test_none_begins_as_paid_back(life: OfficeLife):
    with pytest.raises(ImpossiblePayment):
        entered(life.platform.database, life.draft(life.citizen()), state=PaymentState.REFUNDED, **RECEIPT)


@pytest.mark.parametrize(
    "changed",
    [
        "state = 'given'",
        "method = 'gold'",
        "amount_vnd = -1",
        "receipt_number = NULL",
        "method = NULL",
    ],
)
def test_the_database_refuses_what_no_payment_is(life: OfficeLife, changed: str):
    database = life.platform.database
    entered(database, life.draft(life.citizen()), state=PaymentState.PAID, **RECEIPT)
    with pytest.raises(IntegrityError, match="ck_fee_payment_"), database.begin() as tx:
        tx.execute(text(f"UPDATE fee_payment SET {changed}"))
