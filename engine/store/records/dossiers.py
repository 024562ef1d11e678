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


class DossierRow(TypedDict):
    """A row of `dossier`."""

    id: str
    code: str | None
    procedure_version_id: str
    procedure_code: str
    person_id: str | None
    filed_by_staff_id: str | None
    unit_id: str
    state: str
    status: int
    channel: str
    applicant: Any
    owner: Any
    owner_is_applicant: int
    form: Any
    delivery: Any
    draft_step: str
    version: int
    submit_key: str | None
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    deadline_trace: Any
    finished_at: datetime | None
    delivered_at: datetime | None
    hold_reason: str | None
    content_cleared_at: datetime | None
    files_cleared_at: datetime | None
    documents_cleared_at: datetime | None
    notices_cleared_at: datetime | None


class DocumentCard(TypedDict):
    """A row of `document` without its bytes."""

    id: str
    dossier_id: str
    kind: str
    number: str | None
    title_vi: str
    title_en: str
    content_type: str
    sha256: str
    issued_at: datetime
    voided_at: datetime | None


class DocumentRow(DocumentCard):
    """A row of `document`."""

    content: bytes
