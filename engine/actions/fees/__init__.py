"""Fees of a dossier: set by hand where the rules give no amount, collected at the counter."""

from __future__ import annotations

from engine.actions.fees.collect_fee import CollectedFee, CollectFee, collect_fee, settle_task_fee
from engine.actions.fees.requote import requote
from engine.actions.fees.set_fee import leave_fee_to_official, set_fee
from engine.actions.fees.waive_fee import VoidPayment, WaiveFee, void_payment, waive_fee

__all__ = [
    "CollectFee",
    "CollectedFee",
    "VoidPayment",
    "WaiveFee",
    "collect_fee",
    "leave_fee_to_official",
    "requote",
    "set_fee",
    "settle_task_fee",
    "void_payment",
    "waive_fee",
]
