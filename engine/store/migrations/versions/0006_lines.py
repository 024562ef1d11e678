"""Remember when a call began, and which lines to the other sides are cut."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.schema.columns import Instant

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column, one table; the old code runs on them."""
    op.add_column("connector_job", sa.Column("called_at", Instant()))
    op.create_table(
        "connector_circuit",
        sa.Column("kind", sa.String(40), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("open_until", Instant()),
        sa.Column("reason", sa.String(200)),
        sa.Column("changed_at", Instant(), nullable=False),
    )


def downgrade() -> None:
    """Forget both."""
    op.drop_table("connector_circuit")
    op.drop_column("connector_job", "called_at")
