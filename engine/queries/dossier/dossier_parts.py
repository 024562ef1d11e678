"""The parts of a dossier's page: papers and their slots, fee, documents, supplement, draft, post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.clock import local_day
from engine.domain.dossier import DECIDED_STATUSES, DossierState
from engine.domain.fee_by_hand import ELEMENT
from engine.domain.filing import paper_facts
from engine.domain.meanings import Meaning
from engine.domain.procedures import Procedure
from engine.domain.text import Text
from engine.domain.texts import installed, office_text
from engine.domain.vocabulary import (
    DRAWN_BY_BROWSERS,
    DeliveryMethod,
    FileState,
    JobKind,
    PaymentState,
)
from engine.papers import TITLES, form_of_step
from engine.queries.dossier.dossier_access import readable_dossier
from engine.queries.dossier.dossier_rows import DossierRows
from engine.store.connection import Tx
from engine.store.dossiers import documents as document_store
from engine.store.dossiers import dossiers
from engine.store.process import jobs, timers
from engine.store.records import DocumentCard, DossierRow, FileRow, SupplementRow
from rules.fees import Quote

# What an official writes for the office, not for the draft that the citizen is asked about.
_OURS: Final = (Meaning.DECISION, Meaning.REASON, Meaning.REFUSAL_REASON, Meaning.INTERNAL_NOTE)


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

    @property
    def replaced(self) -> bool:
        """Whether a newer paper stands in its place."""
        return self.state == FileState.REPLACED

    @property
    def can_be_shown(self) -> bool:
        """Whether a browser can show it beside the work; anything else can only be kept."""
        return self.content_type in DRAWN_BY_BROWSERS

    @property
    def rejected(self) -> bool:
        """Whether the office found it not good enough."""
        return self.state == FileState.REJECTED


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
class DocumentView:
    """A paper the office issued; fetched with document_bytes."""

    id: str
    kind: str
    number: str | None
    title: Text
    content_type: str
    issued_at: datetime
    voided_at: datetime | None = None  # it does not count any more

    @property
    def is_result(self) -> bool:
        """Whether this is what the citizen came for, not a slip on the way."""
        return self.kind not in TITLES  # whatever the pack calls it; the office's own papers are known by name


@dataclass(frozen=True)
class DraftToConfirm:
    """The draft of the result the citizen is asked to check; silence until `until_at` counts as agreement."""

    fields: tuple[tuple[Text, str], ...]
    until_at: datetime | None


@dataclass(frozen=True)
class PostTracking:
    """The postal item; `state`: "sending" until the post has taken the order, at last "delivered"."""

    tracking_number: str | None
    state: str
    text: Text


@dataclass(frozen=True)
class FeeView:
    """The frozen quote and what has been paid of it, in đồng; `left_vnd` is still due.

    `waived`: why nothing is asked any more. `later`: why there is no quote yet, when an official has to set it.
    """

    quote: Quote | None
    total_vnd: int
    paid_vnd: int
    left_vnd: int
    receipt_number: str | None
    waived: str | None = None
    later: Text | None = None


def slots(tx: Tx, procedure: Procedure, dossier: DossierRow, requests: Sequence[SupplementRow]) -> tuple[SlotView, ...]:
    """Every paper that matters for this dossier, and any other that has a file."""
    asked_at = requests[-1]["asked_at"] if requests and requests[-1]["answered_at"] is None else None
    because = {one["component_code"]: one["reason"] for one in requests[-1]["components"]} if asked_at else {}
    files = [_file(row, dossier, asked_at) for row in dossiers.files(tx, dossier["id"])]
    facts = paper_facts(procedure, dict(dossier), local_day(dossier["submitted_at"] or tx.now))
    shown = {component.code: required for component, required in procedure.slots(facts)}
    with_files = {one.component_code for one in files} | set(because)
    return tuple(
        SlotView(
            code=component.code,
            name=component.name,
            note=component.note,
            required=shown.get(component.code, False) or component.code in because,
            accept=component.accept,
            max_mb=component.max_mb,
            template=component.template,
            files=tuple(one for one in files if one.component_code == component.code),
            rejected_because=because.get(component.code),
        )
        for component in procedure.components
        if component.code in shown or component.code in with_files
    )


def _file(row: FileRow, dossier: DossierRow, asked_at: datetime | None) -> FileView:
    judged = row["state"] != FileState.ATTACHED  # rejected or replaced: the office has had it in its hands
    sent = dossier["submitted_at"] is not None and (judged or asked_at is None or row["attached_at"] < asked_at)
    return FileView(
        id=row["id"],
        component_code=row["component_code"],
        name=row["file_name"],
        content_type=row["content_type"],
        size_bytes=row["size_bytes"],
        state=row["state"],
        reject_reason=row["reject_reason"],
        attached_at=row["attached_at"],
        sent=sent,
    )


def fee(rows: DossierRows) -> FeeView:
    """The frozen quote; a draft has none yet (see draft_view.preview_quote)."""
    row = dossiers.quote(rows.tx, rows.id)
    paid = dossiers.settled_payments(rows.tx, rows.id)
    waived = next((one for one in paid if one["state"] == PaymentState.WAIVED), None)
    total, taken = row["total_vnd"] if row else 0, sum(one["amount_vnd"] for one in paid)
    return FeeView(
        quote=Quote.from_dict(row["quote"]) if row else None,
        total_vnd=total,
        paid_vnd=taken,
        left_vnd=0 if waived else max(0, total - taken),
        receipt_number=next((one["receipt_number"] for one in reversed(paid) if one["receipt_number"]), None),
        waived=waived["reason"] if waived else None,
        later=office_text("notice.fee.later") if row is None and _is_to_be_set(rows) else None,
    )


def _is_to_be_set(rows: DossierRows) -> bool:
    return any(one["element_id"] == ELEMENT for one in rows.opened)


def documents(tx: Tx, dossier_id: str) -> tuple[DocumentView, ...]:
    """What the office issued, oldest first."""
    return tuple(_document(row) for row in document_store.of_dossier(tx, dossier_id))


def issued_by_this_act(tx: Tx, actor: Actor, dossier_id: str) -> tuple[DocumentView, ...]:
    """The papers that the transaction under way has issued: what an official may want to print right now."""
    readable_dossier(tx, actor, dossier_id)
    issued = (row for row in document_store.of_dossier(tx, dossier_id) if row["issued_at"] == tx.now)
    return tuple(_document(row) for row in issued)


def _document(row: DocumentCard) -> DocumentView:
    return DocumentView(
        id=row["id"],
        kind=row["kind"],
        number=row["number"],
        title=Text(row["title_vi"], row["title_en"]),
        content_type=row["content_type"],
        issued_at=row["issued_at"],
        voided_at=row["voided_at"],
    )


def to_confirm(rows: DossierRows, office: OfficeContext, last: str | None) -> DraftToConfirm | None:
    """What the case officer drafted last, as labels and words, and until when an answer is awaited."""
    if rows.instance is None:
        return None
    waiting = timers.of_instance(rows.tx, rows.instance["id"])
    versions = (rows.instance["procedure_version_id"], rows.dossier["procedure_version_id"])
    drafted = _drafted(rows, office, versions, last)
    return DraftToConfirm(drafted, waiting[0]["due_at"] if waiting else None)


def _drafted(
    rows: DossierRows, office: OfficeContext, versions: Sequence[str], last: str | None
) -> tuple[tuple[Text, str], ...]:
    """The outputs of the step completed last, without the decision itself and what is for officials only.

    `versions`: the one the process follows; should a migration have taken the step away, the one filed under.
    """
    done = [row for row in rows.tasks if row["element_id"] == last and row["outputs"]]
    if not done:
        return ()
    form = form_of_step(rows.tx, office, versions, str(last))
    if form is None:
        return ()
    written = max(done, key=lambda row: row["completed_at"])["outputs"]
    return form.show(written, without={entry.key for entry in form.fields_with(*_OURS)})


def tracking(tx: Tx, dossier: DossierRow) -> PostTracking | None:
    """The postal item of a dossier whose result goes by post."""
    if dossier["delivery"].get("method") != DeliveryMethod.POST or dossier["status"] not in DECIDED_STATUSES:
        return None
    sent = next((row for row in jobs.of_dossier(tx, dossier["id"]) if row["kind"] == JobKind.POST_DELIVER), None)
    if sent is None:
        return None
    number = (sent["result"] or {}).get("tracking_number")
    if dossier["state"] == DossierState.DELIVERED:
        return PostTracking(number, "delivered", office_text("page.post.delivered"))
    if number:
        return PostTracking(number, "taken", office_text("page.post.taken"))
    known = f"page.post.{sent['state']}" in installed()
    text = office_text(f"page.post.{sent['state']}") if known else office_text("page.post.pending")
    return PostTracking(None, "sending", text)
