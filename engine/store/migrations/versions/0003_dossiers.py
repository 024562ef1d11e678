"""Draw the tables of dossiers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.schema.columns import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, each after those it points to."""
    _dossier()
    _document()
    _dossier_file()
    _fee_payment()
    _fee_quote()
    _notice()
    _supplement_request()


def downgrade() -> None:
    """Take the tables away again, with all they hold."""
    op.drop_table("supplement_request")
    op.drop_table("notice")
    op.drop_table("fee_quote")
    op.drop_table("fee_payment")
    op.drop_table("dossier_file")
    op.drop_table("document")
    op.drop_table("dossier")


def _dossier() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("procedure_version_id", sa.String(length=26), nullable=False),
        sa.Column("procedure_code", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("filed_by_staff_id", sa.String(length=26), nullable=True),
        sa.Column("unit_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("applicant", sa.JSON(), nullable=False),
        sa.Column("owner", sa.JSON(), nullable=False),
        sa.Column("owner_is_applicant", sa.Integer(), server_default="0", nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("delivery", sa.JSON(), nullable=False),
        sa.Column("draft_step", sa.String(length=20), server_default="applicant", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submit_key", sa.String(length=64), nullable=True),
        sa.Column("search_text", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.Column("submitted_at", Instant(), nullable=True),
        sa.Column("accepted_at", Instant(), nullable=True),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("deadline_trace", sa.JSON(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("delivered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["filed_by_staff_id"], ["staff.id"], name="fk_dossier_filed_by_staff_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_dossier_person_id"),
        sa.ForeignKeyConstraint(
            ["procedure_version_id"], ["procedure_version.id"], name="fk_dossier_procedure_version_id"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_dossier_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dossier"),
        sa.UniqueConstraint("code", name="uq_dossier_code"),
        sa.UniqueConstraint("submit_key", name="uq_dossier_submit_key"),
    )
    op.create_index("ix_dossier_person_updated", "dossier", ["person_id", "updated_at"], unique=False)
    op.create_index("ix_dossier_unit_status", "dossier", ["unit_id", "status"], unique=False)


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("dossier_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("title_vi", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_document_dossier_id"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("dossier_id", "kind", "number", name="uq_document_dossier_id_kind_number"),
    )
    op.create_index("ix_document_dossier_id", "document", ["dossier_id"], unique=False)


def _dossier_file() -> None:
    op.create_table(
        "dossier_file",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("dossier_id", sa.String(length=26), nullable=False),
        sa.Column("component_code", sa.String(length=60), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reject_reason", sa.Text(), nullable=True),
        sa.Column("attached_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_dossier_file_dossier_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dossier_file"),
    )
    op.create_index("ix_dossier_file_dossier_id", "dossier_file", ["dossier_id"], unique=False)


def _fee_payment() -> None:
    op.create_table(
        "fee_payment",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("dossier_id", sa.String(length=26), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("receipt_number", sa.String(length=60), nullable=False),
        sa.Column("collected_by", sa.String(length=200), nullable=False),
        sa.Column("collected_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_fee_payment_dossier_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fee_payment"),
        sa.UniqueConstraint("receipt_number", name="uq_fee_payment_receipt_number"),
    )
    op.create_index("ix_fee_payment_dossier_id", "fee_payment", ["dossier_id"], unique=False)


def _fee_quote() -> None:
    op.create_table(
        "fee_quote",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("dossier_id", sa.String(length=26), nullable=False),
        sa.Column("total_vnd", sa.BigInteger(), nullable=False),
        sa.Column("quote", sa.JSON(), nullable=False),
        sa.Column("schedule_hash", sa.String(length=64), nullable=False),
        sa.Column("quoted_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_fee_quote_dossier_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fee_quote"),
    )
    op.create_index("ix_fee_quote_dossier_id", "fee_quote", ["dossier_id"], unique=False)


def _notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("dossier_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text_vi", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_notice_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_notice_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
    )
    op.create_index("ix_notice_dossier_id", "notice", ["dossier_id"], unique=False)
    op.create_index("ix_notice_person_id", "notice", ["person_id"], unique=False)


def _supplement_request() -> None:
    op.create_table(
        "supplement_request",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("dossier_id", sa.String(length=26), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("components", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answer_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_supplement_request_dossier_id"),
        sa.PrimaryKeyConstraint("id", name="pk_supplement_request"),
    )
    op.create_index("ix_supplement_request_dossier_id", "supplement_request", ["dossier_id"], unique=False)
