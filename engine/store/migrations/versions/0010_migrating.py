"""Draw the tables of migrations of running instances."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.schema.columns import Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

AT_WORK = "state in ('canary', 'watching', 'moving', 'reverting')"


def upgrade() -> None:
    """Make the tables, the run before its moves."""
    _run()
    _move()


def downgrade() -> None:
    """Take the tables away again, with all they hold."""
    op.drop_table("migration_move")
    op.drop_table("migration_run")


def _run() -> None:
    op.create_table(
        "migration_run",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("procedure_code", sa.String(length=20), nullable=False),
        sa.Column("target_id", sa.String(length=26), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("selection", sa.JSON(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.String(length=26), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("canary", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=12), nullable=False),
        sa.Column("watch_minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("note_vi", sa.Text(), server_default="", nullable=False),
        sa.Column("note_en", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_back", sa.JSON(), nullable=True),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["target_id"], ["procedure_version.id"], name="fk_migration_run_target_id"),
        sa.PrimaryKeyConstraint("id", name="pk_migration_run"),
    )
    op.create_index("ix_migration_run_procedure_code", "migration_run", ["procedure_code"], unique=False)
    op.create_index(
        "ix_migration_run_due",
        "migration_run",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text(AT_WORK),
        sqlite_where=sa.text(AT_WORK),
    )


def _move() -> None:
    op.create_table(
        "migration_move",
        sa.Column("run_id", sa.String(length=26), nullable=False),
        sa.Column("instance_id", sa.String(length=26), nullable=False),
        sa.Column("dossier_id", sa.String(length=26), nullable=False),
        sa.Column("from_id", sa.String(length=26), nullable=False),
        sa.Column("canary", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=200), server_default="", nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=True),
        sa.Column("moved_version", sa.Integer(), nullable=True),
        sa.Column("snapshot", sa.LargeBinary(), nullable=True),
        sa.Column("restore", sa.JSON(), nullable=True),
        sa.Column("at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["migration_run.id"], name="fk_migration_move_run_id"),
        sa.ForeignKeyConstraint(["instance_id"], ["process_instance.id"], name="fk_migration_move_instance_id"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name="fk_migration_move_dossier_id"),
        sa.ForeignKeyConstraint(["from_id"], ["procedure_version.id"], name="fk_migration_move_from_id"),
        sa.PrimaryKeyConstraint("run_id", "instance_id", name="pk_migration_move"),
    )
    op.create_index("ix_migration_move_instance_id", "migration_move", ["instance_id"], unique=False)
    op.create_index("ix_migration_move_state", "migration_move", ["run_id", "state", "instance_id"], unique=False)
