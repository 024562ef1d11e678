"""Find the few failed calls among all that ever were: every view of a queue counts them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FAILED = sa.text("state in ('failed', 'unknown')")


def upgrade() -> None:
    """One partial index; the old code runs on it."""
    op.create_index(
        "ix_connector_job_failed", "connector_job", ["dossier_id"], postgresql_where=_FAILED, sqlite_where=_FAILED
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_index("ix_connector_job_failed", "connector_job")
