"""Mark what practice entered, seal second factors, count wrong guesses by account, device and place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.schema.columns import Instant

revision = "0002_locked_doors"
down_revision = "0001_baseline"
branch_labels = None
depends_on = None

SAMPLED = ("person", "unit", "staff", "article", "poll")


def upgrade() -> None:
    """Add the marks and the table of guesses; the old lock of accounts goes, with what it held."""
    for table in SAMPLED:
        op.add_column(table, sa.Column("sample", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("staff", sa.Column("totp_sealed", sa.String(length=200), nullable=True))
    op.add_column("staff", sa.Column("must_change_password", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_column("staff", "locked_until")
    op.drop_column("staff", "failed_count")
    op.create_table(
        "sign_in_throttle",
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.Column("closed_until", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("subject", name="pk_sign_in_throttle"),
    )
    op.create_index("ix_sign_in_throttle_last_at", "sign_in_throttle", ["last_at"], unique=False)


def downgrade() -> None:
    """Take the marks away; sealed second factors are lost and set up anew."""
    op.drop_table("sign_in_throttle")
    op.add_column("staff", sa.Column("failed_count", sa.Integer(), server_default="0", nullable=False))
    op.add_column("staff", sa.Column("locked_until", Instant(), nullable=True))
    op.drop_column("staff", "must_change_password")
    op.drop_column("staff", "totp_sealed")
    for table in SAMPLED:
        op.drop_column(table, "sample")
