"""One dossier as the person who asks may see it.

dossier_view(tx, office, actor, dossier_id) -> DossierView     raises NotFound for what is not theirs to see
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.domain.procedure import Procedure
from engine.domain.text import Text
from rules.fees import Quote


@dataclass(frozen=True)
class FileView:
    """A paper in its slot; `state`: attached | replaced | rejected. `sent`: part of what the office already has."""

    id: str
    component_code: str
    name: str
    content_type: str
    size_bytes: int
    state: str
    reject_reason: str | None
    attached_at: datetime
    sent: bool


@dataclass(frozen=True)
class SlotView:
    """One slot of the papers page: what it is for, whether it is needed here, and the files in it."""

    code: str
    name: Text
    note: Text
    required: bool
    accept: tuple[str, ...]
    max_mb: int
    template: str | None
    files: tuple[FileView, ...]
    rejected_because: str | None


@dataclass(frozen=True)
class TimelineEntry:
    """One event in plain words. `kind` is the event's kind, for an icon."""

    at: datetime
    kind: str
    who: Text
    text: Text
    detail: str


@dataclass(frozen=True)
class DocumentView:
    """A paper the office issued; fetched with document_bytes."""

    id: str
    kind: str
    number: str | None
    title: Text
    content_type: str
    issued_at: datetime


@dataclass(frozen=True)
class SupplementView:
    """An open supplement request: why, and for each paper the reason beside it."""

    id: str
    reason: str
    components: tuple[tuple[str, str], ...]
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True)
class DraftToConfirm:
    """The draft of the result the citizen is asked to check; silence until `until_at` counts as agreement."""

    fields: tuple[tuple[Text, str], ...]
    until_at: datetime | None


@dataclass(frozen=True)
class PostTracking:
    """The postal item; `state` "sending" until the post has taken the order."""

    tracking_number: str | None
    state: str
    text: Text


@dataclass(frozen=True)
class FeeView:
    """The frozen quote and what has been paid of it."""

    quote: Quote | None
    total_vnd: int
    paid_vnd: int
    receipt_number: str | None


@dataclass(frozen=True)
class DossierView:
    """`can`: the verbs this actor may use now (save_draft, submit, answer_supplement, confirm_draft, withdraw, …)."""

    id: str
    code: str | None
    procedure: Procedure
    procedure_version_id: str
    state: str
    status: int
    status_label: Text
    plain: Text
    channel: str
    applicant: Mapping[str, str]
    owner: Mapping[str, str]
    owner_is_applicant: bool
    form: Mapping[str, str]
    delivery: Mapping[str, str]
    draft_step: str
    version: int
    slots: tuple[SlotView, ...]
    fee: FeeView
    timeline: tuple[TimelineEntry, ...]
    who_holds_it: Text
    next_step: Text
    supplement: SupplementView | None
    to_confirm: DraftToConfirm | None
    documents: tuple[DocumentView, ...]
    tracking: PostTracking | None
    can: frozenset[str]
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    due_trace: tuple[Text, ...]
    finished_at: datetime | None
    overdue: bool
    submit_key: str | None
