"""The dossier and everything that belongs to it."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from engine.domain.dossier import DossierState, NationalStatus
from engine.domain.filing import DraftStep
from engine.domain.procedures import KINDS
from engine.domain.vocabulary import RECEIPTED, Channel, FileState, PaymentMethod, PaymentState
from engine.store.schema.columns import Bytes, Day, Instant, Json, LongText, among, code, key, metadata, word

dossier = Table(
    "dossier",
    metadata,
    key(),
    Column("code", String(60), unique=True),  # null while a draft
    Column("procedure_version_id", String(26), ForeignKey("procedure_version.id"), nullable=False),
    Column("procedure_code", String(20), nullable=False),
    Column("person_id", String(26), ForeignKey("person.id")),  # the account that filed; null when filed at the counter
    Column("filed_by_staff_id", String(26), ForeignKey("staff.id")),
    Column("unit_id", String(26), ForeignKey("unit.id"), nullable=False),
    word("state", DossierState, 24),
    code("status", NationalStatus),
    word("channel", Channel, 16),
    Column("applicant", Json, nullable=False),
    Column("owner", Json, nullable=False),
    Column("owner_is_applicant", Integer, nullable=False, server_default="0"),
    Column("form", Json, nullable=False),
    Column("delivery", Json, nullable=False),  # {"method": engine.domain.vocabulary.DeliveryMethod, receiver…}
    word("draft_step", DraftStep, 20, default=DraftStep.APPLICANT),
    Column("version", Integer, nullable=False),  # optimistic; every save raises it
    Column("submit_key", String(64), unique=True),  # the producer's key: a double click finds its first result
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("submitted_at", Instant),
    Column("accepted_at", Instant),
    Column("due_at", Instant),
    Column("deadline_trace", Json),
    Column("finished_at", Instant),
    Column("delivered_at", Instant),
    Column("hold_reason", LongText),  # a legal hold: retention leaves the dossier alone while this stands
    Column("content_cleared_at", Instant),  # when retention removed it: domain.procedures.retention
    Column("files_cleared_at", Instant),
    Column("documents_cleared_at", Instant),
    Column("notices_cleared_at", Instant),
    Index("ix_dossier_person_updated", "person_id", "updated_at"),
    Index("ix_dossier_unit_status", "unit_id", "status"),
    Index("ix_dossier_unit_submitted", "unit_id", "submitted_at", "id"),
    Index("ix_dossier_submitted", "submitted_at", "id"),
)
# What retention still has to look at, oldest first: a dossier leaves the index when its data are removed, so that a
# batch costs the same among a thousand dossiers and among a hundred million.
for _kind in KINDS:
    _kept = text(f"finished_at IS NOT NULL AND hold_reason IS NULL AND {_kind}_cleared_at IS NULL")
    Index(
        f"ix_dossier_keep_{_kind}",
        dossier.c.procedure_code,
        dossier.c.finished_at,
        postgresql_where=_kept,
        sqlite_where=_kept,
    )
_UNSENT: Final = text("submitted_at IS NULL AND hold_reason IS NULL AND content_cleared_at IS NULL")
Index("ix_dossier_unsent", dossier.c.updated_at, postgresql_where=_UNSENT, sqlite_where=_UNSENT)

# What the desk finds a dossier by: every word of its names, numbers and procedure, as search sees it. Compared sign by
# sign ("C"), so that the beginning of a word is a range of the key.
dossier_word = Table(
    "dossier_word",
    metadata,
    Column("word", String(60).with_variant(String(60, collation="C"), "postgresql"), primary_key=True),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), primary_key=True, index=True),
)

dossier_file = Table(
    "dossier_file",
    metadata,
    key(),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), nullable=False, index=True),
    Column("component_code", String(60), nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("content_type", String(100), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("storage_key", String(200), nullable=False, index=True),
    word("state", FileState, 12),
    Column("reject_reason", LongText),
    Column("attached_at", Instant, nullable=False),
)
BYTES_REMAIN: Final = f"state = '{FileState.REMOVED}' AND storage_key <> ''"  # of a removed file
_REMOVED: Final = text(BYTES_REMAIN)
Index("ix_dossier_file_removed", dossier_file.c.id, postgresql_where=_REMOVED, sqlite_where=_REMOVED)

supplement_request = Table(
    "supplement_request",
    metadata,
    key(),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), nullable=False, index=True),
    Column("reason", LongText, nullable=False),
    Column("components", Json, nullable=False),  # [{component_code, reason}]
    Column("fields", Json, nullable=False),  # keys of the declaration that may be changed
    Column("answer_by", Day),  # the last day for the answer
    Column("asked_by", String(200), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("answer_note", LongText),
    Column("changes", Json),  # {answers: [{key, before, after}], fee_vnd: [before, after] or null}
)

fee_quote = Table(
    "fee_quote",
    metadata,
    key(),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), nullable=False, index=True),
    Column("total_vnd", BigInteger, nullable=False),
    Column("quote", Json, nullable=False),  # rules.Quote.to_dict(), trace and legal basis included
    Column("schedule_hash", String(64), nullable=False),
    Column("quoted_at", Instant, nullable=False),
)

fee_payment = Table(
    "fee_payment",
    metadata,
    key(),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), nullable=False, index=True),
    word("state", PaymentState, 10),
    Column("amount_vnd", BigInteger, CheckConstraint("amount_vnd >= 0", name="amount"), nullable=False),
    word("method", PaymentMethod, 20, nullable=True),
    Column("receipt_number", String(60), unique=True),
    Column("reference", String(100)),  # of a transfer, as the bank gives it
    Column("reason", LongText),  # why it was waived, or voided
    Column("collected_by", String(200), nullable=False),
    Column("collected_at", Instant, nullable=False),
    CheckConstraint(
        f"NOT {among('state', RECEIPTED)} OR (method IS NOT NULL AND receipt_number IS NOT NULL)", name="receipt"
    ),
)

# Papers the administration makes: slips, requests, refusals, results. Small PDFs kept in the record itself, so
# that the paper and the decision it carries are one transaction.
document = Table(
    "document",
    metadata,
    key(),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), nullable=False, index=True),
    Column("kind", String(40), nullable=False),  # DocumentKind, or a result of the procedure
    Column("number", String(60)),
    Column("title_vi", String(300), nullable=False),
    Column("title_en", String(300), nullable=False),
    Column("content_type", String(100), nullable=False),
    Column("content", Bytes, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("voided_at", Instant),  # a receipt of a payment that was entered by mistake
    UniqueConstraint("dossier_id", "kind", "number"),
)

notice = Table(
    "notice",
    metadata,
    key(),
    Column("dossier_id", String(26), ForeignKey("dossier.id"), nullable=False, index=True),
    Column("person_id", String(26), ForeignKey("person.id"), index=True),
    Column("kind", String(40), nullable=False),
    Column("text_vi", LongText, nullable=False),
    Column("text_en", LongText, nullable=False),
    Column("at", Instant, nullable=False),
    Column("read_at", Instant),
)
