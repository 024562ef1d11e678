"""Remember when a call began, which lines to the other sides are cut, and what others told us."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.schema.columns import Instant

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column, two tables; the old code runs on them."""
    op.add_column("connector_job", sa.Column("called_at", Instant()))
    op.create_table(
        "connector_circuit",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("open_until", Instant(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name="pk_connector_circuit"),
    )
    op.create_table(
        "inbound_message",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("dossier_id", sa.String(length=26), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_inbound_message_dossier_id"),
        sa.PrimaryKeyConstraint("id", name="pk_inbound_message"),
        sa.UniqueConstraint("source", "nonce", name="uq_inbound_message_source_nonce"),
    )
    op.create_index("ix_inbound_message_dossier_id", "inbound_message", ["dossier_id"], unique=False)


def downgrade() -> None:
    """Forget all three."""
    op.drop_table("inbound_message")
    op.drop_table("connector_circuit")
    op.drop_column("connector_job", "called_at")
