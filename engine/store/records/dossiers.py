"""Rows that belong to a dossier."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict


class FileRow(TypedDict):
    """A row of `dossier_file`."""

    id: str
    dossier_id: str
    component_code: str
    file_name: str
    content_type: str
    size_bytes: int
    sha256: str
    storage_key: str
    state: str
    reject_reason: str | None
    attached_at: datetime


class SupplementRow(TypedDict):
    """A row of `supplement_request`."""

    id: str
    dossier_id: str
    reason: str
    components: Any
    fields: Any
    answer_by: date | None
    asked_by: str
    asked_at: datetime
    answered_at: datetime | None
    answer_note: str | None
    changes: Any


class QuoteRow(TypedDict):
    """A row of `fee_quote`."""

    id: str
    dossier_id: str
    total_vnd: int
    quote: Any
    schedule_hash: str
    quoted_at: datetime


class PaymentRow(TypedDict):
    """A row of `fee_payment`."""

    id: str
    dossier_id: str
    state: str
    amount_vnd: int
    method: str | None
    receipt_number: str | None
    reference: str | None
    reason: str | None
    collected_by: str
    collected_at: datetime
