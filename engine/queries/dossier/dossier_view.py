"""One dossier as the person who asks may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.context import OfficeContext
from engine.domain.actor import Actor, Role
from engine.domain.clock import local, local_day
from engine.domain.dossier import FINAL_STATES, NO_DATE_AWAITED, NOTHING_DUE, DossierState, plain_words, status_label
from engine.domain.filing import identity_sentence
from engine.domain.history import EventKind
from engine.domain.procedures import Procedure
from engine.domain.text import Text
from engine.domain.texts import installed, office_text
from engine.domain.vocabulary import Audience, DeliveryMethod
from engine.queries.dossier import dossier_parts as parts
from engine.queries.dossier.asked_for import SupplementView, open_supplement
from engine.queries.dossier.dossier_parts import (
    DocumentView,
    DraftToConfirm,
    FeeView,
    FileView,
    PostTracking,
    SlotView,
)
from engine.queries.dossier.dossier_rows import DossierRows, readable_rows
from engine.queries.dossier.timeline import TimelineEntry, timeline
from engine.queries.dossier.withdrawal import can_be_withdrawn
from engine.store.connection import Row, Tx
from engine.store.history import events
from engine.store.records import DossierRow
from rules.money import Money

__all__ = [
    "DocumentView",
    "DossierView",
    "DraftToConfirm",
    "FeeView",
    "FileView",
    "PostTracking",
    "SlotView",
    "SupplementView",
    "TimelineEntry",
    "dossier_view",
]

S = DossierState


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
    applicant: Mapping[str, Any]
    identity: Text  # which of the applicant's fields are verified, and by whom
    owner: Mapping[str, Any]
    owner_is_applicant: bool
    form: Mapping[str, Any]
    delivery: Mapping[str, Any]
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

    @property
    def awaits_due_date(self) -> bool:
        """Whether the promised date still lies ahead of somebody: not after the result, a refusal or a stop."""
        return self.due_at is not None and self.state not in NO_DATE_AWAITED

    @property
    def fee_due(self) -> bool:
        """Whether money is still to be paid."""
        return _fee_due(S(self.state), self.fee)

    @property
    def refused_because(self) -> str:
        """The reason of a refusal, as the official wrote it; empty for a dossier that was not refused."""
        told = (entry.detail for entry in reversed(self.timeline) if entry.kind == EventKind.DOSSIER_REFUSED)
        return next(told, "")

    @property
    def result_held(self) -> bool:
        """Whether the result, once there, waits for the fee."""
        return _is_held(self.procedure, S(self.state), self.fee)

    @property
    def by_post(self) -> bool:
        """Whether the result goes by post."""
        return self.delivery.get("method") == DeliveryMethod.POST


def dossier_view(tx: Tx, office: OfficeContext, actor: Actor, dossier_id: str) -> DossierView:
    """The dossier with all that belongs to it; raises NotFound for what is not the actor's to see."""
    return dossier_shown(readable_rows(tx, actor, dossier_id), office, actor)


def dossier_shown(rows: DossierRows, office: OfficeContext, actor: Actor) -> DossierView:
    """The same out of rows that a larger page reads anyway."""
    tx, row = rows.tx, rows.dossier
    procedure = office.procedure_cache.procedure(tx, row["procedure_version_id"])
    state = S(row["state"])
    happened = events.of_chain(tx, rows.id, public_only=True) if actor.is_citizen else rows.history.links
    fee = parts.fee(rows)
    held = state is S.RESULT_READY and _is_held(procedure, state, fee)
    withdrawable = actor.is_citizen and can_be_withdrawn(rows, office)
    return DossierView(
        **_as_kept(row),
        procedure=procedure,
        status_label=status_label(row["status"]),
        plain=office_text("page.held") if held else _plain(row),
        identity=identity_sentence(row["applicant"], row["channel"]),
        owner_is_applicant=bool(row["owner_is_applicant"]),
        slots=parts.slots(tx, procedure, row, rows.requests),
        fee=fee,
        timeline=timeline(happened),
        who_holds_it=_who_holds_it(state, rows.opened),
        next_step=_pay_first(fee) if held else _next_step(row, state, rows.opened),
        supplement=open_supplement(procedure, rows, local_day(tx.now)) if state is S.SUPPLEMENT_ASKED else None,
        to_confirm=parts.to_confirm(rows, office, _last_done(happened)) if state is S.WAITING_CITIZEN else None,
        documents=parts.documents(tx, rows.id),
        tracking=parts.tracking(tx, row),
        can=_can(actor, state, fee) | ({"withdraw"} if withdrawable else set()),
        due_trace=tuple(Text(one["vi"], one["en"]) for one in row["deadline_trace"] or ()),
        overdue=is_overdue(row, tx.now),
    )


def is_overdue(row: Mapping[str, Any], now: datetime) -> bool:
    """Past its day and still in work."""
    return bool(row["due_at"] is not None and row["finished_at"] is None and row["due_at"] < now)


_KEPT = (
    "id",
    "code",
    "procedure_version_id",
    "state",
    "status",
    "channel",
    "applicant",
    "owner",
    "form",
    "delivery",
    "draft_step",
    "version",
    "created_at",
    "updated_at",
    "submitted_at",
    "accepted_at",
    "due_at",
    "finished_at",
    "submit_key",
)


def _as_kept(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in _KEPT}


def _last_done(happened: list[Row]) -> str | None:
    """The step completed last, by the history: the draft that the citizen is asked about."""
    done = (one["data"]["element"] for one in reversed(happened) if one["kind"] == EventKind.TASK_COMPLETED)
    return next(done, None)


def _plain(row: DossierRow) -> Text:
    if row["state"] == S.WITHDRAWN and row["code"] is None:
        return office_text("page.discarded")
    return plain_words(S(row["state"]))


def _fee_due(state: DossierState, fee: FeeView) -> bool:
    return state not in NOTHING_DUE and fee.left_vnd > 0


def _is_held(procedure: Procedure, state: DossierState, fee: FeeView) -> bool:
    return _fee_due(state, fee) and not procedure.fee_after_result


def _can(actor: Actor, state: DossierState, fee: parts.FeeView) -> frozenset[str]:
    if not actor.is_citizen:
        collects = _fee_due(state, fee) and actor.has_role(Role.RECEPTION, Role.RETURN_OFFICER)
        verbs = {"collect_fee"} if collects else set()
        if actor.has_role(Role.UNIT_HEAD):
            verbs |= {"waive_fee"} if _fee_due(state, fee) else set()
            verbs |= {"void_payment"} if fee.receipt_number else set()
        return frozenset(verbs)
    if state is S.DRAFT:
        return frozenset({"save_draft", "attach_file", "remove_file", "submit", "withdraw"})
    verbs = set()
    if state is S.SUPPLEMENT_ASKED:
        verbs |= {"answer_supplement", "attach_file", "remove_file"}
    if state is S.WAITING_CITIZEN:
        verbs.add("confirm_draft")
    return frozenset(verbs)


def _who_holds_it(state: DossierState, opened: list[Row]) -> Text:
    """Whose turn it is, in the citizen's words; the official's name stays in the office."""
    if state is S.DRAFT or any(task["audience"] == Audience.APPLICANT for task in opened):
        return office_text("page.holder.you")
    if opened and f"page.holder.role.{opened[0]['role']}" in installed():
        return office_text(f"page.holder.role.{opened[0]['role']}")
    if opened:
        return office_text("page.holder.office")
    return office_text("page.holder.post") if state is S.DELIVERING else Text("", "")


def _pay_first(fee: FeeView) -> Text:
    left = Money(fee.left_vnd)
    return office_text("page.next.pay", amount=Text(left.format("vi"), left.format("en")))


def _next_step(row: DossierRow, state: DossierState, opened: list[Row]) -> Text:
    """What happens next, and until when where a time is promised."""
    if state is S.DRAFT:
        return office_text("page.next.complete")
    if state in FINAL_STATES or not opened:
        return Text("", "")
    name = Text(opened[0]["name_vi"], opened[0]["name_en"])
    if row["due_at"] is None:
        return name
    return office_text("page.next.due", step=name, at=f"{local(row['due_at']):%H:%M %d/%m/%Y}")
